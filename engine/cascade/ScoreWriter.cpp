#include "engine/cascade/ScoreWriter.h"

#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/PlanEdits.h"
#include "engine/plan/ScoreRoll.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace n2m::cascade {

using plan::ScoreSlot;
using torch::Tensor;

namespace {

Tensor rollTensor(const plan::Plan& plan, int positions) {
    std::vector<float> values = plan::scoreRoll(plan, positions);
    return torch::from_blob(values.data(), {plan::scoreChannelCount, positions}).clone();
}

// Marks the notes and the loudness of a slot as known at positions [from, until).
void markNotes(Tensor& where, ScoreSlot slot, std::int64_t from, std::int64_t until) {
    if (until <= from) return;
    const plan::ScoreLanes lanes = plan::lanesOf(slot);
    where.narrow(0, lanes.first, lanes.count).narrow(1, from, until - from).fill_(1.0);
    if (slot != ScoreSlot::Drums)
        where.narrow(0, plan::firstLoudnessChannel + static_cast<int>(slot), 1)
            .narrow(1, from, until - from)
            .fill_(1.0);
}

Tensor instrumentRows(Tensor& of, ScoreSlot slot) {
    return of.narrow(0, plan::firstInstrumentChannel + plan::instrumentBits * static_cast<int>(slot),
                     plan::instrumentBits);
}

void setInstrument(Tensor& roll, Tensor& where, ScoreSlot slot, int program) {
    const auto code = plan::instrumentCode(program);
    Tensor rows = instrumentRows(roll, slot);
    for (int bit = 0; bit < plan::instrumentBits; ++bit)
        rows[bit].fill_(plan::instrumentLevel * static_cast<float>(code[static_cast<std::size_t>(bit)]));
    instrumentRows(where, slot).fill_(1.0);
}

// The known region of the whole roll, as the wishes have it.
diffusion::Sampler::KnownRegion knownFor(const plan::Plan& plan, const ScoreWishes& wishes, int positions) {
    diffusion::Sampler::KnownRegion known;
    known.x0 = rollTensor(plan, positions);
    known.where = torch::zeros_like(known.x0);
    const plan::BeatGrid grid(plan);
    const auto positionAt = [&](double seconds) {
        return std::clamp<std::int64_t>(std::llround(grid.beatAt(seconds) * plan::positionsPerBeat), 0, positions);
    };
    for (int index = 0; index < plan::scoreSlotCount; ++index) {
        const auto slot = static_cast<ScoreSlot>(index);
        const auto at = static_cast<std::size_t>(index);
        const plan::Part* part = plan::partOf(plan, slot);
        if (wishes.keep[at]) {
            markNotes(known.where, slot, 0, positions);
        } else if (wishes.to > wishes.from) {
            markNotes(known.where, slot, 0, positionAt(wishes.from));
            markNotes(known.where, slot, positionAt(wishes.to), positions);
        }
        const bool stays = part && (wishes.keep[at] || wishes.to > wishes.from);
        const std::optional<int> program = stays ? std::optional(part->program) : wishes.programs[at];
        if (program) setInstrument(known.x0, known.where, slot, *program);
    }
    return known;
}

} // namespace

ScoreWriter::ScoreWriter(const Stage& stage)
    : m_stage(stage) {}

plan::Plan ScoreWriter::write(plan::Plan plan, const text::EmbeddedText* text, const text::EmbeddedText* negative,
                              const ScoreWishes& wishes, const model::SamplingConfig& sampling,
                              std::uint64_t seed) const {
    const int beats = plan::BeatGrid(plan).beats();
    if (beats < 1) throw base::InvalidInput("a score needs a plan of at least one beat");
    const auto whole = static_cast<int>(m_stage.paddedLength(std::int64_t{beats} * plan::positionsPerBeat));
    diffusion::Sampler::KnownRegion known = knownFor(plan, wishes, whole);
    Tensor roll = torch::zeros({plan::scoreChannelCount, whole});

    StageInput input;
    input.text = text;
    input.negative = negative;
    input.plan = &plan;
    input.guide = wishes.guide;
    const int window = std::min(whole, windowBeats * plan::positionsPerBeat);
    const int step = window - overlapBeats * plan::positionsPerBeat;
    for (int start = 0, number = 0;; start += step, ++number) {
        start = std::min(start, whole - window);
        input.firstBeat = start / plan::positionsPerBeat;
        // Copies, because the network sees each window with what was written before it as known.
        input.kept.x0 = known.x0.narrow(1, start, window).clone();
        input.kept.where = known.where.narrow(1, start, window).clone();
        const Tensor made =
            m_stage.sample(input, window, sampling, base::derivedSeed(seed, static_cast<unsigned>(number)));
        roll.narrow(1, start, window).copy_(made);
        if (start + window >= whole) break;
        known.x0.narrow(1, 0, start + window).copy_(roll.narrow(1, 0, start + window));
        known.where.narrow(1, 0, start + window).fill_(1.0);
        for (int index = 0; index < plan::scoreSlotCount; ++index) { // one player from beginning to end
            const auto slot = static_cast<ScoreSlot>(index);
            instrumentRows(known.x0, slot).copy_(instrumentRows(roll, slot).narrow(1, 0, start + window).mean(1, true));
            instrumentRows(known.where, slot).fill_(1.0);
        }
    }

    const Tensor flat = roll.contiguous();
    auto parts = plan::partsOfRoll({flat.data_ptr<float>(), static_cast<std::size_t>(flat.numel())}, whole, plan, 0,
                                   wishes.choices);
    plan::Plan scored = plan;
    scored.parts.clear();
    for (std::size_t index = 0; index < parts.size(); ++index) {
        const plan::Part* own = plan::partOf(plan, static_cast<ScoreSlot>(index));
        plan::Part& part = parts[index];
        if (wishes.keep[index])
            part = own ? *own : plan::Part{};
        else if (wishes.programs[index])
            part.program = *wishes.programs[index];
        if (!part.notes.empty()) scored.parts.push_back(std::move(part));
    }
    if (wishes.to > wishes.from) return plan::withScoreOf(std::move(plan), scored, wishes.from, wishes.to);
    return scored;
}

} // namespace n2m::cascade
