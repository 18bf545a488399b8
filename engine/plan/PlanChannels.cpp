#include "engine/plan/PlanChannels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace n2m::plan {

namespace {

constexpr double beatWidth = 0.02, sectionWidth = 0.1; // seconds, standard deviation of the bumps

// The frames of a stretch of the plan, and the rows that are written.
class Writer {
public:
    Writer(int frames, double frameRate, double startSeconds, double planSeconds)
        : m_frames(frames)
        , m_rate(frameRate)
        , m_first(startSeconds * frameRate)
        , m_values(static_cast<std::size_t>(frames) * planChannelCount, 0.0f) {
        // A start on a frame means that frame's own times, to the last bit.
        if (std::abs(m_first - std::round(m_first)) < 1e-6) m_first = std::round(m_first);
        m_end = frameAt(planSeconds);
    }

    double timeOf(int frame) const { return (m_first + frame + 0.5) / m_rate; }
    /// The first frame at or after a time, within the stretch.
    int frameAt(double time) const {
        const double frame = std::ceil(time * m_rate - 0.5 - m_first - 1e-7);
        return static_cast<int>(std::clamp(frame, 0.0, static_cast<double>(m_frames)));
    }
    int end() const { return m_end; }
    float* row(int channel) { return m_values.data() + static_cast<std::ptrdiff_t>(channel) * m_frames; }
    std::vector<float> take() { return std::move(m_values); }

    void fill(int channel, double start, double end, float value) {
        const int last = std::min(frameAt(end), m_end);
        for (int frame = frameAt(start); frame < last; ++frame)
            row(channel)[frame] = value;
    }

    void bump(int channel, double centre, double width) {
        const int last = std::min(frameAt(centre + 4.0 * width), m_end);
        for (int frame = frameAt(centre - 4.0 * width); frame < last; ++frame) {
            const double distance = (timeOf(frame) - centre) / width;
            row(channel)[frame] =
                std::max(row(channel)[frame], static_cast<float>(std::exp(-0.5 * distance * distance)));
        }
    }

    /// Sine and cosine of the phase between marks; before the first and after the last it goes on with the last period.
    void phase(int channel, const std::vector<double>& marks, double periodOfOne) {
        if (marks.empty()) return;
        std::size_t next = 0; // the first mark after the frame
        for (int frame = 0; frame < m_end; ++frame) {
            const double time = timeOf(frame);
            while (next < marks.size() && marks[next] <= time)
                ++next;
            const std::size_t from = std::clamp<std::size_t>(next, 1, std::max<std::size_t>(marks.size() - 1, 1)) - 1;
            const double period = marks.size() > 1 ? marks[from + 1] - marks[from] : periodOfOne;
            const float angle =
                static_cast<float>(2.0 * std::numbers::pi * std::fmod((time - marks[from]) / period, 1.0));
            row(channel)[frame] = std::sin(angle);
            row(channel + 1)[frame] = std::cos(angle);
        }
    }

private:
    int m_frames;
    double m_rate;
    double m_first; // the stretch's first frame, counted from the plan's start
    int m_end = 0;
    std::vector<float> m_values;
};

} // namespace

std::vector<float> planChannels(const Plan& plan, int frames, double frameRate, double startSeconds) {
    if (frames < 0) throw std::invalid_argument("plan channels: a negative number of frames");
    if (!(frameRate > 0.0) || !std::isfinite(frameRate))
        throw std::invalid_argument("plan channels: the frame rate must be positive");
    if (!std::isfinite(startSeconds)) throw std::invalid_argument("plan channels: the start is not finite");

    Writer writer(frames, frameRate, startSeconds, plan.seconds);
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
    if (frames < 0) throw std::invalid_argument("plan channels: a negative number of frames");
    std::vector<float> values(static_cast<std::size_t>(frames) * planChannelCount, 0.0f);
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(NoPlan) * frames, values.end(), 1.0f);
    return values;
}

} // namespace n2m::plan
