#include "engine/sampling/StepSchedule.h"

#include "engine/base/Error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace n2m::sampling {

namespace {

struct PaperList {
    const char* name;
    std::vector<std::pair<double, int>> segments; // total time and number of steps, from t = 0
};

const std::vector<PaperList>& paperLists() {
    static const std::vector<PaperList> lists{
        {"waveform-generator", {{0.01, 200}, {0.04, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        {"waveform-cascader", {{0.05, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        {"spectrogram-generator", {{0.3, 50}, {0.3, 150}, {0.2, 300}, {0.2, 500}}},
        {"vocoder", {{0.05, 50}, {0.15, 30}, {0.3, 15}, {0.5, 5}}},
        {"super-resolution", {{0.05, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        // The two directions of the ablation; "-back-heavy" is derived by reversing.
        {"waveform-generator-front-heavy", {{0.01, 200}, {0.04, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        {"waveform-cascader-front-heavy", {{0.05, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        {"spectrogram-generator-front-heavy", {{0.01, 400}, {0.04, 800}, {0.15, 400}, {0.3, 300}, {0.5, 100}}},
        {"vocoder-front-heavy", {{0.05, 50}, {0.15, 30}, {0.3, 15}, {0.5, 5}}},
        {"super-resolution-front-heavy", {{0.05, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
        {"front-heavy", {{0.05, 400}, {0.15, 200}, {0.3, 150}, {0.5, 50}}},
    };
    return lists;
}

const std::string frontHeavy = "front-heavy", backHeavy = "back-heavy";

// Bounds of the noise-to-signal ratio σ/α in few-step schedules, for data of about unit variance (Karras et al., 2022).
constexpr double mostNoise = 80.0, leastNoise = 0.002;
constexpr double karrasExponent = 7.0;

} // namespace

StepSchedule::StepSchedule(const std::string& name)
    : m_name(name) {
    if (std::find(names().begin(), names().end(), name) == names().end()) {
        throw base::InvalidInput("there is no step schedule \"{}\"; there are {}", name,
                                 fmt::format("{}", fmt::join(names(), ", ")));
    }
    const bool reversed = name.ends_with(backHeavy);
    const std::string listed = reversed ? name.substr(0, name.size() - backHeavy.size()) + frontHeavy : name;
    for (const PaperList& list : paperLists()) {
        if (list.name != listed) continue;
        for (const auto& [time, steps] : list.segments)
            m_segments.push_back({time, steps});
        if (reversed) std::reverse(m_segments.begin(), m_segments.end());
    }
}

const std::vector<std::string>& StepSchedule::names() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> result{"uniform", "lambda", "karras"};
        for (const PaperList& list : paperLists()) {
            std::string name = list.name;
            result.push_back(name);
            if (name.ends_with(frontHeavy))
                result.push_back(name.substr(0, name.size() - frontHeavy.size()) + backHeavy);
        }
        return result;
    }();
    return all;
}

int StepSchedule::ownSteps() const {
    int steps = 0;
    for (const Segment& segment : m_segments)
        steps += segment.steps;
    return steps;
}

std::vector<double> StepSchedule::times(int steps, const NoiseSchedule& noise) const {
    if (steps < 1) throw base::InvalidInput("{} steps: at least 1 is needed", steps);
    if (!m_segments.empty()) return fromSegments(steps);
    if (m_name != "uniform") return fromNoise(steps, noise);
    std::vector<double> result;
    for (int step = 0; step <= steps; ++step)
        result.push_back(static_cast<double>(steps - step) / steps);
    return result;
}

std::vector<double> StepSchedule::sizes(int steps, const NoiseSchedule& noise) const {
    const std::vector<double> walk = times(steps, noise);
    std::vector<double> result;
    for (std::size_t step = walk.size() - 1; step > 0; --step)
        result.push_back(walk[step - 1] - walk[step]);
    return result;
}

std::vector<double> StepSchedule::fromSegments(int steps) const {
    // Reads the list, a piecewise linear curve over the number of its own steps, at equal distances.
    const double own = ownSteps();
    std::vector<double> result;
    for (int step = steps; step >= 0; --step) {
        const double position = own * step / steps;
        double time = 0.0, before = 0.0;
        for (const Segment& segment : m_segments) {
            time += segment.time * std::clamp((position - before) / segment.steps, 0.0, 1.0);
            before += segment.steps;
        }
        result.push_back(time);
    }
    result.front() = 1.0; // not 1 − 1e-16
    return result;
}

std::vector<double> StepSchedule::fromNoise(int steps, const NoiseSchedule& noise) const {
    const double mostLambda = std::min(noise.lambda(0.0), -2.0 * std::log(leastNoise));
    const double leastLambda = std::max(noise.lambda(1.0), -2.0 * std::log(mostNoise));
    std::vector<double> result{1.0};
    for (int step = 1; step < steps; ++step) {
        const double share = static_cast<double>(step) / (steps - 1);
        double lambda = leastLambda + share * (mostLambda - leastLambda);
        if (m_name == "karras") {
            const double most = std::exp(-leastLambda / 2.0 / karrasExponent),
                         least = std::exp(-mostLambda / 2.0 / karrasExponent);
            lambda = -2.0 * karrasExponent * std::log(most + share * (least - most));
        }
        result.push_back(noise.time(lambda));
    }
    result.push_back(0.0);
    return result;
}

} // namespace n2m::sampling
