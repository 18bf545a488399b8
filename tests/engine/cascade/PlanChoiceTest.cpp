#include "engine/cascade/PlanChoice.h"

#include <QtTest/QtTest>

using namespace n2m;
using namespace n2m::cascade;

namespace {

const text::EmbeddedText anyText{torch::zeros({1, 3}, torch::kLong), torch::zeros({1, 3, 16}),
                                 torch::ones({1, 3}, torch::kBool), 3, false};

std::optional<plan::Plan> chosen(const Request& request) {
    return choosePlan(request, anyText, {}, 8.0, 1);
}

} // namespace

class PlanChoiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAPlannerWishesMakeAPlainPlan() {
        Request request;
        request.prompt = "anything";
        QVERIFY(!chosen(request)); // nothing to go by
        request.bpm = 60.0;
        request.chords = "Am F";
        const auto plan = chosen(request);
        QVERIFY(plan.has_value());
        QCOMPARE(plan->bpm, 60.0);
        QCOMPARE(plan->seconds, 8.0);
        QCOMPARE(plan->beats.size(), std::size_t(8));
        QVERIFY(plan->key == (plan::Key{9, true})); // A minor, from its chords
        // Bars of four seconds: Am, then F.
        QCOMPARE(plan->chords.size(), std::size_t(2));
        QCOMPARE(plan->chords[0].chord.symbol, std::string("Am"));
        QCOMPARE(plan->chords[1].start, 4.0);
        request.key = "E minor";
        QVERIFY(chosen(request)->key == (plan::Key{4, true}));
    }

    void thePromptsFiguresCountAfterTheRequests() {
        Request request;
        request.prompt = "a waltz in 3/4 at 90 bpm in F# minor";
        const auto said = chosen(request);
        QVERIFY(said.has_value());
        QCOMPARE(said->bpm, 90.0);
        QCOMPARE(said->beatsPerBar, 3);
        QVERIFY(said->key == (plan::Key{6, true}));
        request.bpm = 120.0;
        request.chords = "Am F C G |"; // four in a bar, which a bar of three could not hold
        QCOMPARE(chosen(request)->bpm, 120.0);
        QCOMPARE(chosen(request)->beatsPerBar, 4);
    }

    // A composer writes a score over what was chosen or given, in the words of the prompt, and leaves one that is
    // there.
    void scores() {
        const composer::Vocabulary composer;
        const prompt::Lexicon lexicon;
        Request request;
        request.prompt = "lead flute";
        request.bpm = 90.0;
        request.chords = "Am F";
        const auto scored = choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 8.0, 1);
        QVERIFY(scored.has_value() && !scored->parts.empty());
        request.givenPlan = scored;
        request.givenPlan->parts.resize(1);
        QVERIFY(choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 8.0, 2) == request.givenPlan);
        request.givenPlan->parts.clear();
        QVERIFY(choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 8.0, 1)->parts == scored->parts);
        QVERIFY(choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 8.0, 2)->parts != scored->parts);
    }

    // When a sound is extended, its plan is too, and only the range gets a new score.
    void aRangeIsRepainted() {
        const composer::Vocabulary composer;
        const prompt::Lexicon lexicon;
        Request request;
        request.prompt = "lead flute";
        request.bpm = 90.0;
        request.chords = "Am F";
        const auto played = choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 8.0, 1);
        request.bpm.reset();
        request.chords.reset();
        request.repaint = {.file = "x.flac", .from = 4.0, .to = 12.0, .folder = {}};
        const auto chosenFor = [&](std::uint64_t seed) {
            return choosePlan(request, anyText, {nullptr, &composer, &lexicon}, 12.0, seed, played);
        };
        const auto plan = chosenFor(2);
        QCOMPARE(plan->seconds, 12.0);
        QCOMPARE(plan->bpm, 90.0);
        const auto notesBetween = [](const plan::Plan& of, double from, double to) {
            std::vector<double> starts;
            for (const plan::Part& part : of.parts)
                for (const plan::Note& note : part.notes)
                    if (note.start >= from && note.start < to) starts.push_back(note.start + note.pitch * 1000.0);
            std::sort(starts.begin(), starts.end());
            return starts;
        };
        QVERIFY(notesBetween(*plan, 0.0, 4.0) == notesBetween(*played, 0.0, 4.0));
        QVERIFY(notesBetween(*plan, 4.0, 8.0) != notesBetween(*played, 4.0, 8.0));
        QVERIFY(!notesBetween(*plan, 8.5, 12.0).empty());
        QVERIFY(notesBetween(*chosenFor(3), 4.0, 12.0) != notesBetween(*plan, 4.0, 12.0));
        // The plan of a finished clip, given back with the same seed, is that plan: the same clip again.
        request.givenPlan = plan;
        QVERIFY(chosenFor(2) == plan);
        // The user's wishes take precedence over the plan of the sound.
        request.givenPlan.reset();
        request.bpm = 60.0;
        QCOMPARE(chosenFor(2)->bpm, 60.0);
    }

    void noPlanAndGivenPlan() {
        Request request;
        request.plan = false;
        QVERIFY(!chosen(request));
        request.plan = true;
        request.givenPlan.emplace();
        request.givenPlan->bpm = 77.0;
        QVERIFY(chosen(request) == request.givenPlan);
    }
};

QTEST_GUILESS_MAIN(PlanChoiceTest)
#include "PlanChoiceTest.moc"
