#include "engine/cascade/PlanTensors.h"

#include "engine/plan/PlanChannels.h"
#include "engine/plan/ScoreSpectrogram.h"

#include <QtTest/QtTest>

#include <torch/types.h>

using namespace n2m::cascade;
using namespace n2m::plan;

namespace {

constexpr int frames = 200;

NoteSpectra spectra() {
    NoteSpectra::Instrument instrument{60, 100.0f, {}};
    instrument.levels.assign(NoteSpectra::ages.size() * NoteSpectra::bands, 120);
    return NoteSpectra({{0, instrument}});
}

Plan scored() {
    Plan plan;
    plan.seconds = 2.0;
    plan.beats = {{0.0, true}, {1.0, false}};
    plan.parts = {{Part::Role::Lead, 0, {{0.5, 1.5, 60, 100}}}};
    return plan;
}

torch::Tensor planRows(const torch::Tensor& stacked) {
    return stacked.narrow(0, 0, planChannelCount);
}
torch::Tensor scoreRows(const torch::Tensor& stacked) {
    return stacked.narrow(0, planChannelCount, scoreSpectrogramChannelCount);
}

} // namespace

class PlanTensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void planAndScoreAreStacked() {
        const Plan plan = scored();
        const NoteSpectra notes = spectra();
        const torch::Tensor both = stackedPlan({&plan, &plan, frames, 100.0, 0.25}, &notes, 0.5f);
        QCOMPARE(both.size(0), std::int64_t(stackedPlanChannels(true)));
        QCOMPARE(both.size(1), std::int64_t(frames));
        std::vector<float> channels = planChannels(plan, frames, 100.0, 0.25);
        QVERIFY(planRows(both).equal(torch::tensor(channels).reshape({planChannelCount, frames})));
        std::vector<float> score = scoreSpectrogram(plan, notes, frames, 0.25);
        QVERIFY(scoreRows(both).equal(torch::tensor(score).reshape({scoreSpectrogramChannelCount, frames}) / 0.5f));
    }

    void whatIsHiddenIsNotTold() {
        const Plan plan = scored();
        const NoteSpectra notes = spectra();
        const torch::Tensor hidden = stackedPlan({nullptr, nullptr, frames}, &notes, 0.5f);
        QCOMPARE(hidden[NoPlan].min().item<float>(), 1.0f);
        QCOMPARE(scoreRows(hidden).abs().max().item<float>(), 0.0f);
        const torch::Tensor noScore = stackedPlan({&plan, nullptr, frames}, &notes, 0.5f);
        QCOMPARE(noScore[NoPlan].max().item<float>(), 0.0f);
        QCOMPARE(scoreRows(noScore).abs().max().item<float>(), 0.0f);
        Plan unwritten = plan;
        unwritten.parts.clear();
        QVERIFY(stackedPlan({&unwritten, &unwritten, frames}, &notes, 0.5f).equal(noScore));
    }

    void withoutSpectraThereIsThePlanAlone() {
        const Plan plan = scored();
        QCOMPARE(stackedPlan({&plan, &plan, frames}, nullptr, 0.5f).size(0), std::int64_t(planChannelCount));
        QCOMPARE(stackedPlanChannels(false), planChannelCount);
    }
};

QTEST_GUILESS_MAIN(PlanTensorsTest)
#include "PlanTensorsTest.moc"
