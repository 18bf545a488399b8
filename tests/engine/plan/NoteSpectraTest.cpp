#include "engine/plan/NoteSpectra.h"

#include "engine/model/Safetensors.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <stdexcept>

using namespace n2m;
using namespace n2m::plan;

namespace {

/// `pitches` notes, each of one level throughout: `first`, `first` + 1, …
NoteSpectra::Instrument flat(int lowest, int pitches, std::uint8_t first, float release = 100.0f) {
    NoteSpectra::Instrument instrument{lowest, release, {}};
    for (int pitch = 0; pitch < pitches; ++pitch)
        instrument.levels.insert(instrument.levels.end(), NoteSpectra::ages.size() * NoteSpectra::bands,
                                 static_cast<std::uint8_t>(first + pitch));
    return instrument;
}

int level(const NoteSpectra& spectra, int program, int pitch) {
    return spectra.note(program, pitch).levels[0];
}

} // namespace

class NoteSpectraTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedIsReadBack() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("spectra.safetensors").toStdString();
        const NoteSpectra written(
            {{0, flat(60, 13, 100)}, {8000, flat(40, 2, 7, 55.5f)}, {NoteSpectra::kits + 25, flat(35, 47, 1, 0.0f)}});
        written.save(file);
        QVERIFY(NoteSpectra::load(file).instruments() == written.instruments());
    }

    void pitchesOutsideAreMovedByOctaves() {
        const NoteSpectra spectra({{0, flat(60, 13, 100)}, {1, flat(60, 2, 50)}});
        QCOMPARE(level(spectra, 0, 60), 100);
        QCOMPARE(level(spectra, 0, 72), 112);
        QCOMPARE(level(spectra, 0, 59), 111);
        QCOMPARE(level(spectra, 0, 24), 100);
        QCOMPARE(level(spectra, 0, 73), 101);
        QCOMPARE(level(spectra, 1, 72), 50);
        QCOMPARE(level(spectra, 1, 70), 51); // less than an octave was measured: the nearest of it
        QCOMPARE(spectra.note(0, 127).release, 100.0f);
    }

    void whatIsNotThereIsPlayedByTheNearest() {
        const NoteSpectra spectra({{0, flat(60, 13, 10)},
                                   {24, flat(60, 13, 30)},
                                   {40, flat(60, 13, 50)},
                                   {8024, flat(60, 13, 70)},
                                   {NoteSpectra::kits, flat(60, 13, 90)},
                                   {NoteSpectra::kits + 48, flat(60, 13, 110)}});
        QCOMPARE(level(spectra, 8024, 60), 70);
        QCOMPARE(level(spectra, 8040, 60), 50); // the plain program
        QCOMPARE(level(spectra, 30, 60), 30);
        QCOMPARE(level(spectra, 127, 60), 50);
        QCOMPARE(level(spectra, NoteSpectra::kits + 48, 60), 110);
        QCOMPARE(level(spectra, NoteSpectra::kits + 40, 60), 90); // the first kit
    }

    void powersAreThoseOfAllBands() {
        const NoteSpectra spectra({{0, flat(60, 1, 255)}});
        // The highest level is −5 dB (audio::MelConfig).
        const float all = NoteSpectra::bands * std::pow(10.0f, -0.5f);
        QVERIFY(std::abs(spectra.note(0, 60).powers[3] / all - 1.0f) < 1e-4f);
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(NoteSpectra({}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(NoteSpectra({{0, {60, 100.0f, {1, 2, 3}}}}), std::invalid_argument);
    }

    void damagedFilesAreRefused_data() {
        QTest::addColumn<QVector<int>>("program"); // program, lowest pitch, pitches
        QTest::addColumn<double>("release");
        QTest::newRow("more pitches than levels") << QVector<int>{0, 60, 3} << 1.0;
        QTest::newRow("no pitches") << QVector<int>{0, 60, 0} << 1.0;
        QTest::newRow("pitches beyond 127") << QVector<int>{0, 127, 2} << 1.0;
        QTest::newRow("a negative pitch") << QVector<int>{0, -1, 2} << 1.0;
        QTest::newRow("a negative program") << QVector<int>{-5, 60, 2} << 1.0;
        QTest::newRow("a release that is no number") << QVector<int>{0, 60, 2} << std::nan("");
    }
    void damagedFilesAreRefused() {
        QFETCH(QVector<int>, program);
        QFETCH(double, release);
        const auto load = [&](const torch::Tensor& levels) {
            const QTemporaryDir folder;
            const std::filesystem::path file = folder.filePath("spectra.safetensors").toStdString();
            model::writeSafetensors(
                file, {{"programs", torch::tensor({program[0], program[1], program[2]}, torch::kLong).reshape({1, 3})},
                       {"releases", torch::tensor({static_cast<float>(release)})},
                       {"levels", levels}});
            return NoteSpectra::load(file);
        };
        const auto ages = static_cast<std::int64_t>(NoteSpectra::ages.size());
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, NoteSpectra::bands}, torch::kByte)), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, 79}, torch::kByte)), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(load(torch::ones({2, ages, NoteSpectra::bands})), std::runtime_error);
    }

    void aMissingFileIsNamed() {
        try {
            NoteSpectra::load("/nowhere/spectra.safetensors");
            QFAIL("nothing was thrown");
        } catch (const std::runtime_error& error) {
            QVERIFY(QByteArray(error.what()).contains("/nowhere/spectra.safetensors"));
        }
    }
};

QTEST_GUILESS_MAIN(NoteSpectraTest)
#include "NoteSpectraTest.moc"
