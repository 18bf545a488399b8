#include "engine/corpus/NoteSpectraMeasurement.h"

#include "engine/audio/LogMel.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <memory>
#include <numeric>

using namespace n2m;
using namespace n2m::composer;
using namespace n2m::corpus;
using plan::firstDrumKit;
using plan::NoteSpectra;

namespace {

constexpr auto ageCount = NoteSpectra::ages.size();

const std::uint8_t* spectrum(const NoteSpectra::Instrument& instrument, std::size_t pitch, std::size_t age) {
    return instrument.levels.data() + (pitch * ageCount + age) * NoteSpectra::bands;
}

int loudestBand(const std::uint8_t* levels) {
    return static_cast<int>(std::max_element(levels, levels + NoteSpectra::bands) - levels);
}

int sum(const std::uint8_t* levels) {
    return std::accumulate(levels, levels + NoteSpectra::bands, 0);
}

} // namespace

/// No random draws: the values depend on the soundfont alone. MuseScore_General gives a piano release of 69 dB/s, a
/// guitar release of 337 dB/s, the kick in band 1 and the hi-hat in band 65.
class NoteSpectraMeasurementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        // The smaller soundfont loads quickly, and the tests need no particular sound.
        const std::filesystem::path quick = "/usr/share/sounds/sf2/FluidR3_GM.sf2";
        m_renderer = std::make_unique<Renderer>(std::filesystem::exists(quick) ? quick : findSoundfont());
    }

    void notesHaveTheirFrequency() {
        // The loudest part of a flute's sound is its fundamental.
        const auto flute = measureInstrument(m_vocabulary, *m_renderer, 73, 72, 84);
        QCOMPARE(flute.lowest, 72);
        QCOMPARE(flute.pitches(), 13);
        const audio::LogMel mel;
        for (const auto& [pitch, frequency] : {std::pair{0, 523.25}, {12, 1046.5}}) {
            const int band = loudestBand(spectrum(flute, static_cast<std::size_t>(pitch), 5));
            const double below = mel.filters().centre(band - 1), above = mel.filters().centre(band + 1);
            QVERIFY2(below < frequency && frequency < above,
                     qPrintable(QString("band %1, %2 to %3 Hz").arg(band).arg(below).arg(above)));
        }
    }

    void soundsBeginAndFade() {
        const auto piano = measureInstrument(m_vocabulary, *m_renderer, 0, 84, 85);
        const int before = sum(spectrum(piano, 0, 0)), struck = sum(spectrum(piano, 0, 3)),
                  later = sum(spectrum(piano, 0, ageCount - 1));
        QVERIFY(before < struck);
        QVERIFY(later < struck);
        QVERIFY(piano.release > 20.0f && piano.release < 1000.0f);
        // Drums are not held: they ring out by themselves.
        QCOMPARE(measureInstrument(m_vocabulary, *m_renderer, firstDrumKit, 36, 36).release, 0.0f);
    }

    void whatIsDampedAtOnceHasAFastRelease() {
        // The jazz guitar has ended before the fall of others is measured.
        const float guitar = measureInstrument(m_vocabulary, *m_renderer, 26, 55, 60).release;
        QVERIFY2(guitar > 150.0f, qPrintable(QString::number(guitar)));
    }

    void drumsDiffer() {
        const auto kit = measureInstrument(m_vocabulary, *m_renderer, firstDrumKit, 36, 42);
        const int kick = loudestBand(spectrum(kit, 0, 3)), hat = loudestBand(spectrum(kit, 6, 3));
        QVERIFY2(kick < 8 && hat > 50, qPrintable(QString("kick %1, closed hi-hat %2").arg(kick).arg(hat)));
    }

    void levelsAreEvenedOut() {
        // The music box is 10 dB quieter than the mean by the table: its spectra are raised by as much. Two levels of
        // 90 / 255 dB each are rounded, so the difference is exact to 0.36 dB.
        const Vocabulary& words = m_vocabulary;
        const auto box = measureInstrument(words, *m_renderer, 10, 84, 84),
                   unknown = measureInstrument(words, *m_renderer, 1010, 84,
                                               84); // the same sound without a level in the table
        QVERIFY(words.levelOf(10) < -5.0);
        QCOMPARE(words.levelOf(1010), 0.0);
        const int band = loudestBand(spectrum(box, 0, 3));
        const double raised = (spectrum(box, 0, 3)[band] - spectrum(unknown, 0, 3)[band]) * 90.0 / 255.0;
        QVERIFY(std::abs(raised + words.levelOf(10)) < 0.8);
    }

private:
    const Vocabulary m_vocabulary;
    std::unique_ptr<Renderer> m_renderer;
};

QTEST_GUILESS_MAIN(NoteSpectraMeasurementTest)
#include "NoteSpectraMeasurementTest.moc"
