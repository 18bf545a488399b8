#include "engine/plan/NoteSpectra.h"

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
    void pitchesOutsideAreMovedByOctaves() {
        const NoteSpectra spectra({{0, flat(60, 13, 100)}, {1, flat(60, 2, 50)}});
        QCOMPARE(level(spectra, 0, 60), 100);
        QCOMPARE(level(spectra, 0, 72), 112);
        QCOMPARE(level(spectra, 0, 59), 111);
        QCOMPARE(level(spectra, 0, 24), 100);
        QCOMPARE(level(spectra, 0, 73), 101);
        QCOMPARE(level(spectra, 1, 72), 50);
        QCOMPARE(level(spectra, 1, 70), 51); // less than an octave was measured: its nearest pitch
        QCOMPARE(spectra.note(0, 127).release, 100.0f);
    }

    void whatIsNotThereIsPlayedByTheNearest() {
        const NoteSpectra spectra({{0, flat(60, 13, 10)},
                                   {24, flat(60, 13, 30)},
                                   {40, flat(60, 13, 50)},
                                   {8024, flat(60, 13, 70)},
                                   {firstDrumKit, flat(60, 13, 90)},
                                   {firstDrumKit + 48, flat(60, 13, 110)}});
        QCOMPARE(level(spectra, 8024, 60), 70);
        QCOMPARE(level(spectra, 8040, 60), 50); // the plain program
        QCOMPARE(level(spectra, 30, 60), 30);
        QCOMPARE(level(spectra, 127, 60), 50);
        QCOMPARE(level(spectra, firstDrumKit + 48, 60), 110);
        QCOMPARE(level(spectra, firstDrumKit + 40, 60), 90); // the first kit
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
};

QTEST_GUILESS_MAIN(NoteSpectraTest)
#include "NoteSpectraTest.moc"
