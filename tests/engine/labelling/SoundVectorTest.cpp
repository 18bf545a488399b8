#include "tests/engine/labelling/ToyEmbedder.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/base/Error.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m::labelling;
using n2m::test::toyEmbedder;
using n2m::test::writeTone;

/// The embedding of a sound file, window by window.
class SoundVectorTest : public QObject {
    Q_OBJECT

    const n2m::audio::LogMel m_analysis;

private Q_SLOTS:
    void cutsWindows_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<int>("windows");
        QTest::newRow("short") << 1.0 << 1;
        QTest::newRow("one") << 10.0 << 1;
        QTest::newRow("a short rest is left out") << 14.9 << 1;
        QTest::newRow("half a window counts") << 15.0 << 2;
        QTest::newRow("three") << 30.0 << 3;
    }

    void cutsWindows() {
        QFETCH(double, seconds);
        QFETCH(int, windows);
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("tone.flac").toStdString();
        writeTone(file, 2, seconds, 0.3F, 22050);
        Embedder embedder = toyEmbedder();
        std::vector<std::size_t> frames;
        embedder.sound = [&, sound = embedder.sound](std::span<const float> levels) {
            frames.push_back(levels.size() / 80);
            return sound(levels);
        };
        const SoundVector result = soundVector(file, m_analysis, embedder);
        QCOMPARE(result.windows, windows);
        QCOMPARE(result.seconds, seconds);
        QCOMPARE(frames, std::vector<std::size_t>(static_cast<std::size_t>(windows), seconds < 10.0 ? 100 : 1000));
        QVERIFY(result.vector[2] > 0.99F);
    }

    void isTheSameAsOfTheWholeClip() {
        // Two channels, another rate, a loud and a soft half of different pitches, and a rest of six seconds.
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("halves.wav").toStdString();
        n2m::audio::Clip clip{{}, 32000, 2};
        for (std::size_t n = 0; n < 26U * 32000U; ++n) {
            const double time = static_cast<double>(n) / 32000.0;
            const auto left = static_cast<float>(0.2 * std::sin(time * (time < 13.0 ? 2000.0 : 12000.0)));
            clip.samples.push_back(left);
            clip.samples.push_back(time < 13.0 ? left : 0.0F);
        }
        n2m::audio::writeSoundFile(file, clip, n2m::audio::SampleFormat::Float32);
        const SoundVector streamed = soundVector(file, m_analysis, toyEmbedder());
        QCOMPARE(streamed.windows, 3);

        n2m::audio::Clip mono = clip.mono();
        n2m::audio::normaliseLoudness(mono, n2m::audio::modelLoudness, n2m::audio::anyPeak);
        const auto samples = n2m::audio::resample(mono, 16000).samples;
        std::vector<float> sum(8);
        for (const std::size_t from : {0U, 160000U, 256000U}) {
            const auto levels = m_analysis.analyse(std::span(samples).subspan(from, 160000));
            const auto vector = toyEmbedder().sound(levels);
            for (std::size_t n = 0; n < 8; ++n)
                sum[n] += vector[n];
        }
        double square = 0.0, product = 0.0;
        for (std::size_t n = 0; n < 8; ++n) {
            square += static_cast<double>(sum[n]) * sum[n];
            product += static_cast<double>(sum[n]) * streamed.vector[n];
        }
        QVERIFY2(product / std::sqrt(square) > 0.9999, qPrintable(QString::number(product / std::sqrt(square))));
    }

    void loudnessDoesNotMatter() {
        const QTemporaryDir folder;
        const std::filesystem::path loud = folder.filePath("loud.wav").toStdString(),
                                    soft = folder.filePath("soft.wav").toStdString();
        writeTone(loud, 4, 3.0, 0.8F);
        writeTone(soft, 4, 3.0, 0.02F);
        const auto a = soundVector(loud, m_analysis, toyEmbedder()), b = soundVector(soft, m_analysis, toyEmbedder());
        for (std::size_t n = 0; n < 8; ++n)
            QVERIFY(std::abs(a.vector[n] - b.vector[n]) < 0.01F);
    }

    void refusesFilesWithoutSound() {
        const QTemporaryDir folder;
        const auto errorOf = [&](const char* name) {
            try {
                soundVector(folder.filePath(name).toStdString(), m_analysis, toyEmbedder());
            } catch (const n2m::base::Failure& failure) {
                return QString(failure.what());
            }
            return QString();
        };
        writeTone(folder.filePath("silence.wav").toStdString(), 1, 5.0, 0.0F);
        writeTone(folder.filePath("click.wav").toStdString(), 1, 0.2);
        QVERIFY(errorOf("silence.wav").contains("is silent, or shorter than 0.4 s"));
        QVERIFY(errorOf("click.wav").contains("is silent, or shorter than 0.4 s"));
        QVERIFY(errorOf("missing.wav").contains("there is no such file"));

        writeTone(folder.filePath("cut.flac").toStdString(), 1, 20.0);
        QFile cut(folder.filePath("cut.flac"));
        QVERIFY(cut.resize(cut.size() / 2));
        QVERIFY2(errorOf("cut.flac").contains("cut.flac: "), qPrintable(errorOf("cut.flac")));
        QVERIFY2(errorOf("cut.flac").contains("damaged"), qPrintable(errorOf("cut.flac")));
    }

    void canBeStopped() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("tone.wav").toStdString();
        writeTone(file, 1, 3.0);
        struct Stop {};
        QVERIFY_EXCEPTION_THROWN(soundVector(file, m_analysis, toyEmbedder(), [] { throw Stop(); }), Stop);
    }
};

QTEST_GUILESS_MAIN(SoundVectorTest)
#include "SoundVectorTest.moc"
