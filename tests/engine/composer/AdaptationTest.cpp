#include "engine/composer/Adaptation.h"

#include "engine/composer/Arranger.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace n2m;
using namespace n2m::composer;
using Role = plan::Part::Role;

namespace {

// Twenty seconds of quarters over four chords, played by a program.
plan::Plan melodyOf(int program) {
    plan::PlanSketch sketch;
    sketch.bpm = 96.0;
    sketch.key = plan::parseKey("A minor");
    sketch.progressions = {plan::parseProgression("Am F C G")};
    plan::Plan plan = plan::buildPlan(sketch, 20.0);
    plan.parts = {{Role::Lead, program, {}}};
    for (int n = 0; n < 30; ++n)
        plan.parts[0].notes.push_back({n * 0.625, n * 0.625 + 0.6, 69 + n % 5, 90});
    return plan;
}

Style jazz() {
    Style style;
    style.genre = "jazz";
    style.lead = "saxophone";
    style.mood = "calm";
    style.drums = style.bass = true;
    return style;
}

std::set<Role> rolesOf(const plan::Plan& plan) {
    std::set<Role> roles;
    for (const plan::Part& part : plan.parts)
        roles.insert(part.role);
    return roles;
}

} // namespace

class AdaptationTest : public QObject {
    Q_OBJECT

    const Vocabulary m_vocabulary;

private Q_SLOTS:
    void aMelodyIsCompletedAndKept() {
        const plan::Plan melody = melodyOf(73);
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            const plan::Plan plan = adapted(m_vocabulary, melody, jazz(), false, seed);
            QVERIFY(plan.parts.front() == melody.parts.front());
            QCOMPARE(rolesOf(plan), (std::set<Role>{Role::Lead, Role::Accompaniment, Role::Bass, Role::Drums}));
            QCOMPARE(std::count_if(plan.parts.begin(), plan.parts.end(),
                                   [](const plan::Part& p) { return p.role == Role::Lead; }),
                     1);
            QVERIFY(plan.chords == melody.chords && plan.beats == melody.beats);
            plan::planFromJson(plan::toJson(plan));
            QVERIFY(adapted(m_vocabulary, melody, jazz(), false, seed) == plan);
        }
    }

    void thePromptNamesTheInstruments() {
        const std::vector<int>& saxophones = m_vocabulary.instrument("saxophone").programs;
        const auto isSaxophone = [&](const plan::Plan& plan) {
            return std::find(saxophones.begin(), saxophones.end(), plan.parts.front().program) != saxophones.end();
        };
        QVERIFY(isSaxophone(adapted(m_vocabulary, melodyOf(0), jazz(), false, 1))); // the file names none
        QVERIFY(isSaxophone(adapted(m_vocabulary, melodyOf(73), jazz(), true, 1))); // the prompt names one
        QVERIFY(!isSaxophone(adapted(m_vocabulary, melodyOf(73), jazz(), false, 1)));
    }

    // A song in which nobody chose instruments: its notes stay, its bass is one.
    void aScoreWithoutInstrumentsIsCast() {
        plan::Plan song = melodyOf(0);
        song.parts.push_back({Role::Bass, 0, {{0.0, 2.0, 33, 90}, {2.5, 4.0, 29, 90}}});
        const plan::Plan plan = adapted(m_vocabulary, song, jazz(), false, 3);
        QCOMPARE(plan.parts.size(), std::size_t(2));
        QVERIFY(plan.parts[1].notes == song.parts[1].notes);
        QVERIFY2(plan.parts[1].program >= 32 && plan.parts[1].program <= 43,
                 qPrintable(QString::number(plan.parts[1].program)));
        song.parts[1].program = 38;
        QVERIFY(adapted(m_vocabulary, song, jazz(), false, 3) == song);
    }

    // Beats that slow down from 0.5 to 1 s: the kicks and snares that the rules put on beats are on these.
    void unevenBeatsAreFollowed() {
        plan::Plan melody = melodyOf(73);
        melody.beats.clear();
        double time = 0.7;
        for (int n = 0; time < 19.0; ++n, time += 0.5 + 0.02 * n)
            melody.beats.push_back({time, n % 4 == 1}); // a beat before the first bar
        melody.chords = {{0.7, 20.0, plan::parseChord("Am")}};
        const plan::Plan plan = adapted(m_vocabulary, melody, jazz(), false, 5);
        const auto drums = std::find_if(plan.parts.begin(), plan.parts.end(),
                                        [](const plan::Part& p) { return p.role == Role::Drums; });
        QVERIFY(drums != plan.parts.end());
        int onBeats = 0;
        for (const plan::Beat& beat : melody.beats)
            onBeats += std::any_of(drums->notes.begin(), drums->notes.end(),
                                   [&](const plan::Note& note) { return std::abs(note.start - beat.time) < 0.03; })
                           ? 1
                           : 0;
        QVERIFY2(onBeats > static_cast<int>(melody.beats.size()) * 2 / 3, qPrintable(QString::number(onBeats)));
        for (const plan::Note& note : drums->notes)
            QVERIFY(note.start >= melody.beats[1].time - 0.05 && note.end <= plan.seconds);
    }

    void whatIsExcludedDoesNotPlay() {
        Style alone = jazz();
        alone.only = true;
        alone.accompaniment = false;
        alone.drums = alone.bass = false;
        QCOMPARE(adapted(m_vocabulary, melodyOf(73), alone, false, 1).parts.size(), std::size_t(1));
        Style without = jazz();
        without.drums = false;
        QVERIFY(!rolesOf(adapted(m_vocabulary, melodyOf(73), without, false, 1)).contains(Role::Drums));
    }

    void chordsOrTwoPartsAreNoMelody() {
        QVERIFY(isOnlyMelody(melodyOf(0)));
        plan::Plan two = melodyOf(0);
        two.parts.push_back(two.parts.front());
        QVERIFY(!isOnlyMelody(two));
        plan::Plan chords = melodyOf(0);
        for (int n = 0; n < 30; ++n)
            chords.parts[0].notes.insert(chords.parts[0].notes.begin() + 2 * n, {n * 0.625, n * 0.625 + 0.6, 60, 90});
        QVERIFY(!isOnlyMelody(chords));
        QVERIFY(!isOnlyMelody({}));
    }
};

QTEST_GUILESS_MAIN(AdaptationTest)
#include "AdaptationTest.moc"
