#include "engine/cascade/ScoreWriter.h"

#include "engine/base/Error.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/ScoreRoll.h"

#include <QtTest/QtTest>

#include <torch/utils.h>

#include <cmath>

using namespace n2m;
using namespace n2m::cascade;
using plan::Part;
using plan::ScoreSlot;

namespace {

model::StageConfig configOf() {
    model::StageConfig config;
    config.name = "score-generator";
    config.kind = model::StageKind::ScoreGenerator;
    config.sampleRate = plan::positionsPerBeat;
    config.plan = true;
    config.textTokens = 16;
    config.network.dataChannels = plan::scoreChannelCount;
    config.network.stackedChannels = plan::scoreGuideChannelCount;
    config.network.patch = 3;
    config.network.base = 16;
    config.network.kernels = {3};
    config.network.strides = {4};
    config.network.multipliers = {1};
    config.network.blocks = {1};
    config.network.selfAttention = {true};
    config.network.crossAttention = {true};
    config.network.heads = 2;
    config.network.textWidth = 16;
    config.diffusion.prediction = diffusion::Prediction::X0;
    config.diffusion.dataDeviation = 0.35f;
    config.sampling.sampler = sampling::SamplerKind::DpmPlusPlus2M;
    config.sampling.steps = 3;
    config.sampling.guidance = config.sampling.planGuidance = 1.0f;
    config.sampling.clipPercentile = 0.0f;
    return config;
}

// A network of random weights: its scores are chance, but depend on all that it is shown.
Stage stageOf() {
    torch::manual_seed(3);
    const model::StageConfig config = configOf();
    auto network = std::make_shared<network::UNet>(config.network);
    const torch::NoGradGuard noGradients;
    for (torch::Tensor& parameter : network->parameters()) {
        if (parameter.abs().max().item<double>() == 0.0) parameter.normal_(0.0, 0.3);
    }
    return Stage(config, network, torch::kCPU);
}

plan::Plan planOf(double seconds) {
    plan::PlanSketch sketch;
    sketch.bpm = 120.0;
    sketch.key = plan::parseKey("C major");
    sketch.progressions = {plan::parseProgression("C | G")};
    return plan::buildPlan(sketch, seconds);
}

Part melody() {
    return {Part::Role::Lead, 40, {{0.0, 1.0, 72, 80}, {1.0, 2.0, 74, 90}, {5.0, 5.75, 67, 70}}};
}

} // namespace

class ScoreWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheSameAgainAndOtherwiseAnother() {
        const plan::Plan first = write(planOf(8.0), {}, 1);
        QVERIFY(!first.parts.empty());
        for (const Part& part : first.parts)
            for (const plan::Note& note : part.notes)
                QVERIFY(note.start >= 0.0 && note.end <= 8.0 && note.end > note.start);
        QVERIFY(first.chords == planOf(8.0).chords && first.beats == planOf(8.0).beats);
        QVERIFY(write(planOf(8.0), {}, 1).parts == first.parts);
        QVERIFY(write(planOf(8.0), {}, 2).parts != first.parts);
        ScoreWishes wishes;
        wishes.guide.chords = false;
        QVERIFY(write(planOf(8.0), wishes, 1).parts != first.parts); // it sees the chords
    }

    void keepsAGivenMelody() {
        plan::Plan plan = planOf(8.0);
        plan.parts = {melody()};
        ScoreWishes wishes;
        wishes.keep[static_cast<std::size_t>(ScoreSlot::Lead)] = true;
        const plan::Plan written = write(plan, wishes, 1);
        QVERIFY(written.parts.front() == melody());
        QVERIFY(written.parts.size() > 1);
        // The rest is written to it: another melody gets another accompaniment.
        for (plan::Note& note : plan.parts.front().notes)
            note.pitch -= 5;
        const plan::Plan other = write(plan, wishes, 1);
        QVERIFY(std::vector<Part>(other.parts.begin() + 1, other.parts.end()) !=
                std::vector<Part>(written.parts.begin() + 1, written.parts.end()));
    }

    void silencesAndChoosesInstruments() {
        ScoreWishes wishes;
        wishes.keep[static_cast<std::size_t>(ScoreSlot::Drums)] = true; // the plan has none
        wishes.programs[static_cast<std::size_t>(ScoreSlot::Lead)] = 8004;
        wishes.choices[static_cast<std::size_t>(ScoreSlot::First)] = {48, 89};
        const plan::Plan written = write(planOf(8.0), wishes, 1);
        QVERIFY(!plan::partOf(written, ScoreSlot::Drums));
        const Part *lead = plan::partOf(written, ScoreSlot::Lead), *first = plan::partOf(written, ScoreSlot::First);
        QVERIFY(lead && first);
        QCOMPARE(lead->program, 8004);
        QVERIFY(first->program == 48 || first->program == 89);
    }

    void rewritesARange() {
        plan::Plan plan = planOf(8.0);
        plan.parts = {melody()};
        ScoreWishes wishes;
        wishes.from = 2.0;
        wishes.to = 4.0;
        const plan::Plan written = write(plan, wishes, 1);
        std::size_t inside = 0;
        for (const Part& part : written.parts) {
            for (const plan::Note& note : part.notes) {
                if (note.start >= 2.0 && note.start < 4.0)
                    ++inside;
                else
                    QVERIFY(std::find(melody().notes.begin(), melody().notes.end(), note) != melody().notes.end());
            }
        }
        QVERIFY(inside > 0);
        std::size_t kept = 0;
        for (const Part& part : written.parts)
            for (const plan::Note& note : melody().notes)
                kept += std::count(part.notes.begin(), part.notes.end(), note);
        QCOMPARE(kept, std::size_t(3));
    }

    // 120 beats are more than a window: the second one continues the first, and players stay.
    void writesLongPieces() {
        const plan::Plan written = write(planOf(60.0), {}, 1);
        double last = 0.0;
        for (const Part& part : written.parts)
            for (const plan::Note& note : part.notes)
                last = std::max(last, note.start);
        QVERIFY(last > 55.0);
        QVERIFY(written.parts.size() <= std::size_t(plan::scoreSlotCount));
    }

    void refusesAPlanWithoutLength() { QVERIFY_THROWS_EXCEPTION(base::InvalidInput, write(plan::Plan(), {}, 1)); }

private:
    static plan::Plan write(const plan::Plan& plan, const ScoreWishes& wishes, std::uint64_t seed) {
        static const Stage stage = stageOf();
        static const text::EmbeddedText text = [] {
            torch::manual_seed(5);
            return text::EmbeddedText{torch::ones({1, 4}, torch::kLong), torch::randn({1, 4, 16}),
                                      torch::ones({1, 4}, torch::kBool), 4, false};
        }();
        return ScoreWriter(stage).write(plan, &text, nullptr, wishes, stage.config().sampling, seed);
    }
};

QTEST_APPLESS_MAIN(ScoreWriterTest)
#include "ScoreWriterTest.moc"
