#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>
#include <vector>

namespace n2m::plan {

/// Frames of an excerpt of a plan, and the rows of its channels. Internal to engine/plan.
class PlanRows {
public:
    PlanRows(int channels, int frames, double frameRate, double startSeconds, double planSeconds)
        : m_frames(frames)
        , m_rate(frameRate)
        , m_first(startSeconds * frameRate)
        , m_values(static_cast<std::size_t>(std::max(frames, 0)) * static_cast<std::size_t>(channels), 0.0f) {
        if (frames < 0) throw std::invalid_argument("plan channels: a negative number of frames");
        if (!(frameRate > 0.0) || !std::isfinite(frameRate))
            throw std::invalid_argument("plan channels: the frame rate must be positive");
        if (!std::isfinite(startSeconds)) throw std::invalid_argument("plan channels: the start is not finite");
        // A start on a frame gives that frame's own times, to the last bit.
        if (std::abs(m_first - std::round(m_first)) < 1e-6) m_first = std::round(m_first);
        m_end = frameAt(planSeconds);
    }

    double timeOf(int frame) const { return (m_first + frame + 0.5) / m_rate; }
    /// The first frame at or after a time, within the excerpt.
    int frameAt(double time) const {
        const double frame = std::ceil(time * m_rate - 0.5 - m_first - 1e-7);
        return static_cast<int>(std::clamp(frame, 0.0, static_cast<double>(m_frames)));
    }
    int end() const { return m_end; }
    double rate() const { return m_rate; }
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
    double m_first; // the excerpt's first frame, counted from the plan's start
    int m_end = 0;
    std::vector<float> m_values;
};

} // namespace n2m::plan
