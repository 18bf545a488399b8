#include "engine/midi/MidiWriter.h"

#include "engine/base/Error.h"
#include "engine/composer/Composer.h"
#include "engine/midi/MidiReader.h"
#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <tuple>

using namespace n2m;
using namespace n2m::midi;
using plan::Part;

namespace {

// Notes in one order, as those of a plan may begin together in any.
std::vector<plan::Note> sorted(std::vector<plan::Note> notes) {
    std::stable_sort(notes.begin(), notes.end(), [](const plan::Note& a, const plan::Note& b) {
        return std::tie(a.start, a.pitch, a.end) < std::tie(b.start, b.pitch, b.end);
    });
    return notes;
}

// Empty if `read` has the same parts, each note within a millisecond.
std::string differenceOf(const plan::Plan& written, const plan::Plan& read) {
    if (written.parts.size() != read.parts.size()) return fmt::format("{} parts", read.parts.size());
    for (std::size_t p = 0; p < read.parts.size(); ++p) {
        Part a = written.parts[p], b = read.parts[p];
        a.notes = sorted(a.notes);
        b.notes = sorted(b.notes);
        if (a.role != b.role || a.program != b.program || a.notes.size() != b.notes.size())
            return fmt::format("part {}: role {}, program {}, {} notes", p, static_cast<int>(b.role), b.program,
                               b.notes.size());
        for (std::size_t n = 0; n < a.notes.size(); ++n)
            if (a.notes[n].pitch != b.notes[n].pitch || a.notes[n].velocity != b.notes[n].velocity ||
                std::abs(a.notes[n].start - b.notes[n].start) > 1e-3 ||
                std::abs(a.notes[n].end - b.notes[n].end) > 1e-3)
                return fmt::format("part {}, note {}: {} at {} … {} instead of {} at {} … {}", p, n, b.notes[n].pitch,
                                   b.notes[n].start, b.notes[n].end, a.notes[n].pitch, a.notes[n].start,
                                   a.notes[n].end);
    }
    return {};
}

std::string chordsOf(const plan::Plan& plan) {
    std::string line;
    for (const plan::ChordSpan& span : plan.chords)
        line += fmt::format("{:.2f}-{:.2f} {} ", span.start, span.end, span.chord.symbol);
    return line;
}

plan::Plan planWith(std::vector<plan::Beat> beats, std::vector<plan::Note> notes, double seconds, double bpm = 120.0) {
    plan::Plan plan;
    plan.seconds = seconds;
    plan.bpm = bpm;
    plan.beats = std::move(beats);
    plan.parts = {{Part::Role::Lead, 40, std::move(notes)}};
    return plan;
}

} // namespace

class MidiWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Sixty pieces of all genres, with what people read off the file: tempo, metre, key, chords, sections.
    void composedScoresComeBack() {
        const composer::Vocabulary vocabulary;
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const plan::Plan plan = composer::compose(vocabulary, composer::drawSketch(vocabulary, seed)).plan;
            const ReadScore score = readMidi(writeMidi(plan));
            const plan::Plan& read = score.plan;
            QVERIFY2(score.remarks.empty(), "");
            const std::string difference = differenceOf(plan, read);
            QVERIFY2(difference.empty(), fmt::format("seed {}: {}", seed, difference).c_str());
            QCOMPARE(read.bpm, plan.bpm);
            QCOMPARE(read.beatsPerBar, plan.beatsPerBar);
            QVERIFY(read.key == plan.key);
            QCOMPARE(read.beats.size(), plan.beats.size());
            for (std::size_t n = 0; n < plan.beats.size(); ++n) {
                QVERIFY(std::abs(read.beats[n].time - plan.beats[n].time) < 1e-3);
                QCOMPARE(read.beats[n].downbeat, plan.beats[n].downbeat);
            }
            QVERIFY(std::abs(read.seconds - plan.seconds) < 1e-3);
            QCOMPARE(chordsOf(read), chordsOf(plan));
            QCOMPARE(read.sections.size(), plan.sections.size());
            for (std::size_t n = 0; n < plan.sections.size(); ++n) {
                QCOMPARE(read.sections[n].name, plan.sections[n].name);
                QVERIFY(std::abs(read.sections[n].energy - plan.sections[n].energy) < 1e-5f);
                QVERIFY(std::abs(read.sections[n].start - plan.sections[n].start) < 1e-3);
            }
        }
    }

    void everyTempoKeepsTheNotesWithinAMillisecond() {
        for (const double bpm : {20.0, 33.3, 61.7, 97.0, 150.123, 399.9}) {
            std::vector<plan::Beat> beats;
            std::vector<plan::Note> notes;
            for (int n = 0; n * 60.0 / bpm < 100.0; ++n)
                beats.push_back({n * 60.0 / bpm, n % 4 == 0});
            for (int n = 0; n < 300; ++n)
                notes.push_back({n * 0.3137, n * 0.3137 + 0.2, 60 + n % 5, 1 + n % 127});
            const plan::Plan plan = planWith(beats, notes, 100.0, bpm);
            const plan::Plan read = readMidi(writeMidi(plan)).plan;
            const std::string difference = differenceOf(plan, read);
            QVERIFY2(difference.empty(), fmt::format("{} bpm: {}", bpm, difference).c_str());
        }
    }

    // A pick-up of two beats, a player's uneven beats, a bar of three among bars of four.
    void unevenBeatsComeBack() {
        const std::vector<plan::Beat> beats{{0.0, false}, {0.52, false}, {1.0, true},  {1.49, false}, {2.0, false},
                                            {2.6, false}, {3.1, true},   {3.6, false}, {4.1, false},  {4.63, true},
                                            {5.1, false}, {5.5, false},  {6.2, false}, {7.0, true},   {7.7, false}};
        const plan::Plan plan = planWith(beats, {{0.011, 0.4, 60, 90}, {6.789, 7.9, 62, 80}}, 8.0);
        const plan::Plan read = readMidi(writeMidi(plan)).plan;
        QCOMPARE(differenceOf(plan, read), std::string());
        QCOMPARE(read.beats.size(), beats.size());
        for (std::size_t n = 0; n < beats.size(); ++n)
            QVERIFY2(std::abs(read.beats[n].time - beats[n].time) < 1e-3, fmt::format("{}", n).c_str());
        for (std::size_t n = 1; n < beats.size(); ++n) // a file's first beat is a downbeat
            QCOMPARE(read.beats[n].downbeat, beats[n].downbeat);
    }

    // A first beat at 1.3 s: the file has three more before it, as its bars begin at its start.
    void aLateFirstBeatIsLedIn() {
        const plan::Plan plan =
            planWith({{1.3, true}, {1.8, false}, {2.3, false}, {2.8, false}, {3.3, true}}, {{1.3, 1.7, 60, 90}}, 4.0);
        const plan::Plan read = readMidi(writeMidi(plan)).plan;
        QCOMPARE(differenceOf(plan, read), std::string());
        QCOMPARE(read.beats.size(), std::size_t(9)); // and one after the last
        QVERIFY(std::abs(read.beats[3].time - 1.3) < 1e-3 && read.beats[3].downbeat);
        QVERIFY(std::abs(read.beats[7].time - 3.3) < 1e-3 && read.beats[7].downbeat);
    }

    void withoutBeatsTheTempoCounts() {
        const plan::Plan read = readMidi(writeMidi(planWith({}, {{0.0, 1.0, 60, 90}}, 3.0, 90.0))).plan;
        QCOMPARE(read.bpm, 90.0);
        QVERIFY(std::abs(read.seconds - 3.0) < 1e-3);
    }

    // One after the other, one inside the other, and two inside that begin or end together.
    void overlappingEqualNotesComeBack() {
        plan::Plan plan = planWith({}, {{0.0, 1.0, 60, 90}, {0.5, 1.5, 60, 70}}, 3.0);
        QCOMPARE(differenceOf(plan, readMidi(writeMidi(plan)).plan), std::string());
        plan.parts[0].notes = {
            {0.0, 2.0, 60, 90}, {0.5, 1.0, 60, 70}, {0.5, 1.2, 60, 71}, {0.7, 1.2, 60, 72}, {1.2, 2.5, 60, 73}};
        QCOMPARE(differenceOf(plan, readMidi(writeMidi(plan)).plan), std::string());
    }

    void manyPartsAndBanksComeBack() {
        plan::Plan plan;
        plan.seconds = 4.0;
        for (int n = 0; n < 40; ++n)
            plan.parts.push_back({n == 3 ? Part::Role::Bass : Part::Role::Accompaniment,
                                  (n % 9) * 1000 + n,
                                  {{n * 0.05, 3.0, 40 + n, 90}}});
        plan.parts.push_back({Part::Role::Drums, 25, {{0.0, 0.1, 36, 90}}});
        QCOMPARE(differenceOf(plan, readMidi(writeMidi(plan)).plan), std::string());
    }

    // The chord pauses from 2 to 3 s, and the last section ends before the clip does.
    void gapsBetweenChordsAndSectionsComeBack() {
        plan::Plan plan = planWith({}, {{0.0, 5.9, 60, 90}}, 6.0);
        plan.chords = {{0.0, 2.0, plan::parseChord("Am7")}, {3.0, 5.0, plan::parseChord("D/F#")}};
        plan.sections = {{1.0, 3.0, "verse [loud]", 0.25f}, {3.0, 4.0, "chorus", 1.0f}};
        const plan::Plan read = readMidi(writeMidi(plan)).plan;
        QCOMPARE(chordsOf(read), std::string("0.00-2.00 Am7 2.00-3.00  3.00-5.00 D/F# "));
        QCOMPARE(read.sections.size(), std::size_t(2));
        QCOMPARE(read.sections[0].name, std::string("verse [loud]"));
        QVERIFY(std::abs(read.sections[1].end - 4.0) < 1e-3);
    }

    void aPlanWithoutAScoreIsRefused() {
        QVERIFY_EXCEPTION_THROWN(writeMidi(plan::buildPlan({}, 10.0)), base::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(MidiWriterTest)
#include "MidiWriterTest.moc"
