#include "engine/evaluation/Reconstruction.h"

#include "engine/audio/SoundFile.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace n2m::evaluation;
using n2m::audio::Clip;

class ReconstructionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        std::mt19937 random(1);
        std::normal_distribution<float> noise;
        for (const char* name : {"a.wav", "b.flac"}) {
            Clip clip;
            clip.sampleRate = 24000;
            for (int n = 0; n < 24000; ++n)
                clip.samples.push_back(0.2f * std::sin(static_cast<float>(n) * 0.2f) + 0.05f * noise(random));
            n2m::audio::writeSoundFile(path() / name, clip);
        }
    }

    void ranksWays() {
        Reconstructor silence{"silence", Reconstructor::From::LogMel, {}, {}};
        silence.fromLogMel = [](const std::vector<float>& logMel) {
            return Clip{std::vector<float>(logMel.size() / 80 * 160 + 7, 0.0f), 16000, 1}; // a stage may round up
        };
        const auto report = reconstruct(path(), {griffinLimReconstructor(4), silence, fourierReconstructor()});
        QCOMPARE(report.scores.size(), std::size_t(2 * 3 + 3));
        const auto& griffinLim = report.scores[6];
        const auto& nothing = report.scores[7];
        const auto& fourier = report.scores[8];
        QVERIFY(griffinLim.file.empty());
        QCOMPARE(report.scores[0].file, std::string("a.wav"));
        QVERIFY(std::abs(griffinLim.distance.logarithmic -
                         (report.scores[0].distance.logarithmic + report.scores[3].distance.logarithmic) / 2) < 1e-9);
        QVERIFY(griffinLim.distance.convergence < 0.8);
        QVERIFY(std::abs(griffinLim.level) < 3.0);
        QVERIFY(griffinLim.logMelError < 5.0);
        QVERIFY(std::abs(nothing.distance.convergence - 1.0) < 0.01); // its definition, but for the floor of magnitudes
        QVERIFY(nothing.distance.logarithmic > griffinLim.distance.logarithmic);
        QVERIFY(nothing.logMelError > 20.0);
        // Nothing above 8 kHz, and below it all: of the noise a third is lost, of the tone nothing.
        QVERIFY(fourier.distance.convergence < 0.5);
        QVERIFY(fourier.logMelError < 0.5);
        QCOMPARE(nlohmann::json::parse(report.json()).size(), std::size_t(9));
    }

    void refusesFoldersWithoutSound() {
        QTemporaryDir empty;
        QVERIFY_EXCEPTION_THROWN(reconstruct(empty.path().toStdString(), {fourierReconstructor()}),
                                 std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(reconstruct(path() / "nothing", {fourierReconstructor()}), std::invalid_argument);
    }

private:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ReconstructionTest)
#include "ReconstructionTest.moc"
