#include "engine/midi/MidiReader.h"

#include "engine/base/Error.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"
#include "tests/engine/midi/MidiBytes.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace n2m;
using namespace n2m::midi;
using Role = plan::Part::Role;

namespace {

// "start-end@pitch " for each note, times in milliseconds.
std::string notesOf(const plan::Part& part) {
    std::string line;
    for (const plan::Note& each : part.notes)
        line += fmt::format("{:.0f}-{:.0f}@{} ", each.start * 1000.0, each.end * 1000.0, each.pitch);
    return line;
}

// The score, which must also be one that plan files may have.
plan::Plan planOf(const std::string& bytes) {
    plan::Plan plan = readMidi(bytes).plan;
    plan::planFromJson(plan::toJson(plan));
    return plan;
}

std::string refusal(const std::string& bytes) {
    try {
        readMidi(bytes);
    } catch (const base::InvalidInput& error) {
        return error.what();
    }
    return "read";
}

} // namespace

class MidiReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 96 ticks to a quarter of half a second; the second note has no status byte, the third begins as the second ends.
    void readsFormat0WithRunningStatus() {
        const std::string events = raw({0, 0x90, 60, 90, 96, 60, 0, 0, 62, 80, 96, 62, 0, 0, 64, 70, 96, 64, 0});
        const plan::Plan plan = planOf(header(0, 1, 96) + track(events));
        QCOMPARE(plan.parts.size(), std::size_t(1));
        QCOMPARE(notesOf(plan.parts[0]), std::string("0-500@60 500-1000@62 1000-1500@64 "));
        QCOMPARE(plan.parts[0].notes[1].velocity, 80);
        QCOMPARE(plan.seconds, 1.5);
        QCOMPARE(plan.bpm, 120.0);
        QCOMPARE(plan.beats.size(), std::size_t(3));
    }

    void separatesChannelsAndProgramsOfOneTrack() {
        const std::string events = raw({0, 0xc0, 73, 0, 0xc1, 33, 0, 0xc9, 25}) + note(0, 96, 76, 0) +
                                   note(0, 96, 40, 1) + note(0, 96, 36, 9) + raw({0, 0xc0, 40}) + note(0, 96, 76, 0);
        const plan::Plan plan = planOf(header(0, 1, 96) + track(events));
        QCOMPARE(plan.parts.size(), std::size_t(4));
        QCOMPARE(plan.parts[0].program, 73);
        QCOMPARE(plan.parts[1].program, 33);
        QCOMPARE(plan.parts[1].role, Role::Bass);
        QCOMPARE(plan.parts[2].role, Role::Drums);
        QCOMPARE(plan.parts[2].program, 25); // the kit
        QCOMPARE(plan.parts[3].program, 40);
    }

    // Bank 8 of Roland's, a program that only another track names, and General MIDI 2's percussion on channel 1.
    void findsBanksAndPrograms() {
        const std::string first = raw({0, 0xb0, 0, 8, 0, 32, 0, 0, 0xc0, 4, 0, 0xc2, 11, 0, 0xb3, 0, 120, 0, 0xc3, 1});
        const plan::Plan plan =
            planOf(header(1, 2, 96) + track(first + note(0, 9, 60) + note(0, 9, 36, 3)) + track(note(0, 9, 72, 2)));
        QCOMPARE(plan.parts[0].program, 8004);
        QCOMPARE(plan.parts[1].role, Role::Drums);
        QCOMPARE(plan.parts[2].program, 11);
    }

    // 25 frames of 40 ticks: a tick is a millisecond, whatever the tempo says.
    void readsSmpteDivision() {
        const plan::Plan plan =
            planOf(header(1, 1, (256 - 25) << 8 | 40) + track(tempo(0, 250000) + note(100, 100, 60)));
        QCOMPARE(notesOf(plan.parts[0]), std::string("100-200@60 "));
    }

    // The tempo track comes last, and its changes apply to the notes before it: 96 ticks at 0.5 s, then at 1 s.
    void followsTempoChangesOfAnyTrack() {
        const plan::Plan plan = planOf(header(1, 2, 96) + track(note(96, 96, 60)) + track(tempo(96, 1000000)));
        QCOMPARE(notesOf(plan.parts[0]), std::string("500-1500@60 "));
    }

    // The last tempo of a tick counts; one of zero does not.
    void ordersMetaEvents() {
        const std::string tempi = tempo(0, 500000) + tempo(0, 1000000) + tempo(0, 0);
        const plan::Plan plan = planOf(header(1, 2, 96) + track(tempi) + track(note(0, 96, 60)));
        QCOMPARE(notesOf(plan.parts[0]), std::string("0-1000@60 "));
    }

    // Begun at 0 and 100 ms, ended at 200 and 300 ms: the first to begin is the first to end.
    void endsOverlappingEqualNotesInTheirOrder() {
        const std::string events = raw({0, 0x90, 60, 90, 100, 0x90, 60, 80, 100, 0x80, 60, 0, 100, 0x80, 60, 0});
        const plan::Plan plan = planOf(header(0, 1, 500) + track(events));
        QCOMPARE(notesOf(plan.parts[0]), std::string("0-200@60 100-300@60 "));
    }

    // A note without an end lasts to the end of its track, but no longer than four quarters.
    void endsNotesThatNobodyEnds() {
        const plan::Plan brief = planOf(header(0, 1, 100) + track(raw({0, 0x90, 60, 90}), 100));
        QCOMPARE(notesOf(brief.parts[0]), std::string("0-500@60 "));
        const plan::Plan longer =
            planOf(header(0, 1, 100) + track(raw({0, 0x90, 60, 90}) + raw({0xa0, 0, 0xb0, 7, 9})));
        QCOMPARE(notesOf(longer.parts[0]), std::string("0-2000@60 "));
    }

    void skipsWhatIsNoNote() {
        const std::string events =
            raw({0, 0xf0, 3, 1, 2, 0xf7, 0, 0xb0, 64, 127, 0, 0xe0, 0, 64, 0, 0xd0, 9, 0, 0xa0, 60, 1}) +
            meta(0, 0x7f, "abc") + meta(0, 0x05, "la") + note(0, 96, 60) + raw({0, 0x80, 61, 0});
        const plan::Plan plan =
            planOf(header(1, 3, 96) + track("") + "XFIH" + number(2, 4) + "ab" + track(events) + track(""));
        QCOMPARE(plan.parts.size(), std::size_t(1));
        QCOMPARE(notesOf(plan.parts[0]), std::string("0-500@60 "));
    }

    void readsTenMegabytesOfControllers() {
        std::string events;
        while (events.size() < 10'000'000)
            events += raw({0, 0xb0, 1, 5, 0, 7, 100, 0, 0xe0, 1, 64});
        const plan::Plan plan = planOf(header(0, 1, 96) + track(events + note(0, 96, 60)));
        QCOMPARE(notesOf(plan.parts[0]), std::string("0-500@60 "));
    }

    void readsRiffFiles() {
        const std::string file = header(0, 1, 96) + track(note(0, 96, 60));
        std::string size = number(static_cast<std::uint32_t>(file.size()), 4);
        std::reverse(size.begin(), size.end()); // RIFF is little-endian
        const std::string riff =
            "RIFF" + number(0, 4) + "RMID" + "disp" + raw({2, 0, 0, 0}) + "ab" + "data" + size + file;
        QVERIFY(looksLikeMidi(riff));
        QCOMPARE(notesOf(planOf(riff).parts[0]), std::string("0-500@60 "));
    }

    void keepsTheNotesBeforeADamage() {
        const std::string good = header(1, 2, 96) + track(note(0, 96, 60));
        const std::string second = track(note(0, 96, 72) + note(0, 96, 74));
        const ReadScore cut = readMidi(good + second.substr(0, second.size() - 10));
        QCOMPARE(cut.remarks.size(), std::size_t(1));
        QCOMPARE(cut.remarks[0].text(),
                 std::string("1 of 2 tracks are damaged or cut off; the notes before that are kept"));
        QCOMPARE(cut.plan.parts.size(), std::size_t(2));
        QCOMPARE(cut.plan.parts[1].notes.front().pitch, 72);
        const ReadScore missing = readMidi(good);
        QCOMPARE(missing.remarks.at(0).text(), std::string("the file ends after 1 of 2 tracks"));
        QVERIFY(readMidi(header(1, 1, 96) + track(note(0, 96, 60))).remarks.empty());
    }

    void saysWhyItCannotRead() {
        QCOMPARE(refusal(""), std::string("this is not a MIDI file: it does not begin with MThd"));
        QCOMPARE(refusal("MThd" + number(6, 4) + number(0, 2)),
                 std::string("the MIDI file ends in its header; get a whole copy"));
        QVERIFY(refusal(header(2, 1, 96) + track(note(0, 96, 60))).starts_with("this MIDI file is of format 2"));
        QCOMPARE(refusal(header(7, 1, 96)), std::string("there is no MIDI file of format 7; there are 0 and 1"));
        QVERIFY(refusal(header(0, 1, 0) + track(note(0, 96, 60))).find("division") != std::string::npos);
        QCOMPARE(refusal(header(1, 1, 96) + track("")), std::string("there are no notes in this MIDI file"));
        std::string many;
        for (int n = 0; n < 50001; ++n)
            many += note(0, 1, 60);
        QVERIFY(refusal(header(0, 1, 96) + track(many)).find("more than 50000 notes") != std::string::npos);
    }

    // Deltas of months, and notes beyond an hour: read up to the hour.
    void cutsAnHour() {
        const std::string far = raw({0xff, 0xff, 0xff, 0x7f});
        std::string events = note(0, 1, 60);
        for (int n = 0; n < 7; ++n)
            events += far + raw({0x90, 62, 90, 1, 62, 0});
        const ReadScore score = readMidi(header(0, 1, 1) + track(events));
        QCOMPARE(score.plan.seconds, 3600.0);
        QCOMPARE(score.plan.parts.at(0).notes.size(), std::size_t(1));
        QVERIFY(score.remarks.at(0).text().find("its first 3600 s are read") != std::string::npos);
    }

    void takesTheKeyOfTheSignatureOrOfTheNotes() {
        const auto keyOf = [](const std::string& signature, std::initializer_list<int> pitches) {
            std::string events = signature;
            for (const int pitch : pitches)
                events += note(0, 96, pitch);
            return plan::toString(planOf(header(0, 1, 96) + track(events)).key);
        };
        const std::initializer_list<int> inD{62, 66, 69, 64, 67, 71, 61, 62, 69, 62, 66, 69, 62};
        const std::initializer_list<int> inC{60, 64, 67, 62, 65, 69, 59, 60, 67, 60, 64, 67, 60};
        QCOMPARE(keyOf("", inD), std::string("D major"));
        QCOMPARE(keyOf(meta(0, 0x59, raw({0, 0})), inD), std::string("D major")); // C major, as programs write it
        QCOMPARE(keyOf(meta(0, 0x59, raw({0, 0})), inC), std::string("C major"));
        QCOMPARE(keyOf(meta(0, 0x59, raw({256 - 3, 1})), inD), std::string("C minor"));
        QCOMPARE(keyOf(meta(0, 0x59, raw({2, 0})), inC), std::string("D major"));
    }

    // Bars of 2 s; a marker 0.1 s early belongs to the next bar.
    void takesSectionsFromMarkers() {
        const std::string events = meta(0, 0x06, "Intro") + meta(100, 0x06, "VERSE 2") + note(0, 100, 60);
        const plan::Plan plan = planOf(header(0, 1, 26) + track(events));
        QCOMPARE(plan.sections.size(), std::size_t(2));
        QCOMPARE(plan.sections[0].name, std::string("intro"));
        QCOMPARE(plan.sections[1].name, std::string("verse"));
        QCOMPARE(plan.sections[0].end, 2.0);
        QCOMPARE(plan.sections[1].start, 2.0);
        QCOMPARE(planOf(header(0, 1, 96) + track(note(0, 96, 60))).sections.size(), std::size_t(1));
    }

    void namesTheFileInErrorsAndRemarks() {
        QTemporaryDir folder;
        const std::string file = folder.filePath("song.mid").toStdString();
        std::ofstream(file, std::ios::binary) << header(1, 2, 96) + track(note(0, 96, 60));
        QCOMPARE(readMidiFile(file).remarks.at(0).text(), std::string("song.mid: the file ends after 1 of 2 tracks"));
        std::ofstream(file, std::ios::binary) << "MThd";
        try {
            readMidiFile(file);
            QFAIL("read");
        } catch (const base::InvalidInput& error) {
            QCOMPARE(std::string(error.what()),
                     std::string("song.mid: the MIDI file ends in its header; get a whole copy"));
        }
        QVERIFY_EXCEPTION_THROWN(readMidiFile(folder.filePath("none.mid").toStdString()), base::Failure);
    }
};

QTEST_GUILESS_MAIN(MidiReaderTest)
#include "MidiReaderTest.moc"
