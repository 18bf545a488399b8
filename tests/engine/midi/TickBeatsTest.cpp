#include "engine/midi/TickBeats.h"

#include "tests/engine/midi/MidiBytes.h"

#include <QtTest/QtTest>

using namespace n2m::midi;

namespace {

// A note that lasts as long as the events before it, so that the file is not without notes.
TickBeats beatsIn(const std::string& events, double seconds, int division = 96) {
    return beatsOf(smfFrom(header(0, 1, division) + track(events + note(0, 1, 60))), seconds);
}

std::string metre(int delta, int numerator, int power) {
    return meta(delta, 0x58, raw({numerator, power, 24, 8}));
}

// "|" before a downbeat, times in milliseconds.
std::string lineOf(const TickBeats& beats) {
    std::string line;
    for (const n2m::plan::Beat& beat : beats.beats)
        line += fmt::format("{}{:.0f} ", beat.downbeat ? "|" : "", beat.time * 1000.0);
    return line;
}

} // namespace

class TickBeatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTheUnitsOfTheMetre() {
        QCOMPARE(lineOf(beatsIn("", 2.6)), std::string("|0 500 1000 1500 |2000 2500 "));
        const TickBeats six = beatsIn(metre(0, 6, 3), 2.0);
        QCOMPARE(lineOf(six), std::string("|0 250 500 750 1000 1250 |1500 1750 "));
        QCOMPARE(six.beatsPerBar, 6);
        QCOMPARE(six.bpm, 240.0);
    }

    // The three-four bar begins where it is written, in the middle of a bar of four.
    void beginsABarAtAChangeOfMetre() {
        QCOMPARE(lineOf(beatsIn(metre(0, 4, 2) + raw({96, 0xb0, 1, 1}) + metre(96, 3, 2), 3.0)),
                 std::string("|0 500 |1000 1500 2000 |2500 "));
    }

    // POP909's hundredth song says one-four throughout; a single bar of one is a pick-up.
    void takesBarsOfOneBeatForFour() {
        QCOMPARE(lineOf(beatsIn(metre(0, 1, 2), 2.6)), std::string("|0 500 1000 1500 |2000 2500 "));
        QCOMPARE(lineOf(beatsIn(metre(0, 1, 2) + metre(96, 3, 2), 2.4)), std::string("|0 |500 1000 1500 |2000 "));
    }

    void followsTheTempo() {
        const TickBeats beats = beatsIn(tempo(0, 500000) + tempo(96, 600000), 2.4);
        QCOMPARE(lineOf(beats), std::string("|0 500 1100 1700 |2300 "));
        QCOMPARE(beats.bpm, 100.0);
        QCOMPARE(beatsIn(tempo(0, 618557), 9.0).bpm, 97.0); // 60 s / 97, in whole microseconds
    }

    // Eighths of 12/8 at 200 quarters are 0.15 s and stay; at 300 they become halves of the bar; bars of a millionth
    // of a second are joined; a quarter of 16.7 s is divided.
    void keepsBeatsWithinTheTempiOfPlans() {
        QCOMPARE(beatsIn(metre(0, 12, 3) + tempo(0, 300000), 9.0).beatsPerBar, 12);
        const TickBeats fast = beatsIn(metre(0, 12, 3) + tempo(0, 200000), 9.0);
        QCOMPARE(fast.beatsPerBar, 6);
        QCOMPARE(fast.bpm, 300.0);
        const TickBeats rushed = beatsIn(metre(0, 3, 6) + tempo(0, 1), 3600.0, 1);
        QVERIFY(rushed.beats.size() > 10 && rushed.beats.size() <= 24001);
        QVERIFY(rushed.bpm <= 400.0);
        const TickBeats slow = beatsIn(tempo(0, 0xffffff), 3600.0);
        QVERIFY(slow.bpm >= 20.0 && slow.bpm <= 40.0);
        for (std::size_t n = 1; n < rushed.beats.size(); ++n)
            QVERIFY(rushed.beats[n].time > rushed.beats[n - 1].time);
    }
};

QTEST_GUILESS_MAIN(TickBeatsTest)
#include "TickBeatsTest.moc"
