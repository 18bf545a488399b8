#include "engine/plan/PlanChannels.h"

#include "engine/plan/PlanRows.h"

#include <algorithm>
#include <cmath>

namespace n2m::plan {

namespace {

constexpr double beatWidth = 0.02, sectionWidth = 0.1; // seconds, standard deviation of the bumps

} // namespace

std::vector<float> planChannels(const Plan& plan, int frames, double frameRate, double startSeconds) {
    PlanRows writer(planChannelCount, frames, frameRate, startSeconds, plan.seconds);
    std::vector<double> beats, downbeats;
    beats.reserve(plan.beats.size());
    for (const Beat& beat : plan.beats) {
        beats.push_back(beat.time);
        if (beat.downbeat) downbeats.push_back(beat.time);
    }
    const double beatPeriod = 60.0 / plan.bpm;
    writer.phase(BeatSine, beats, beatPeriod);
    writer.phase(BarSine, downbeats, beatPeriod * plan.beatsPerBar);
    for (const double time : beats)
        writer.bump(BeatBump, time, beatWidth);
    for (const double time : downbeats)
        writer.bump(DownbeatBump, time, beatWidth);

    for (const ChordSpan& span : plan.chords) {
        if (span.chord.tones == 0) continue;
        for (int p = 0; p < 12; ++p) {
            if (span.chord.tones >> p & 1) writer.fill(ChordTones + p, span.start, span.end, 1.0f);
        }
        writer.fill(ChordRoot + span.chord.root, span.start, span.end, 1.0f);
    }

    for (const Section& section : plan.sections) {
        writer.fill(SectionEnergy, section.start, section.end, section.energy);
        writer.bump(SectionBump, section.start, sectionWidth);
        const int last = std::min(writer.frameAt(section.end), writer.end());
        for (int frame = writer.frameAt(section.start); frame < last; ++frame) {
            writer.row(SectionPlace)[frame] =
                static_cast<float>((writer.timeOf(frame) - section.start) / (section.end - section.start));
        }
    }
    return writer.take();
}

std::vector<float> noPlanChannels(int frames) {
    PlanRows rows(planChannelCount, frames, 1.0, 0.0, frames);
    rows.fill(NoPlan, 0.0, frames, 1.0f);
    return rows.take();
}

} // namespace n2m::plan
