#pragma once

#include "engine/sampling/NoiseSchedule.h"

#include <string>
#include <vector>

namespace n2m::sampling {

/// The times of a sampler's steps from noise (t = 1) to data (t = 0). A value; safe to use from any thread.
///
/// The paper's lists (Noise2Music, appendix: sizes δ counted from t = 0) have the name of their model. The lists of the
/// ablation and their reverses have the model's name and "-front-heavy" or "-back-heavy"; "front-heavy" and
/// "back-heavy" alone are the 0.05/400, 0.15/200, 0.3/150, 0.5/50 that two models share. For any number of steps, a
/// list is read as a curve (share of the steps → time) at equal distances; with its own number it is the list itself.
///
/// For few steps: "uniform" (equal in t), "lambda" (equal in λ) and "karras" (equal in (σ/α)^(1/7): Karras et al.,
/// 2022, eq. 5); the last two start at t = 1, go from σ/α = 80 down to 0.002 (their table 1; less where the noise
/// schedule does not reach so far) and end at t = 0.
class StepSchedule {
public:
    /// Throws base::InvalidInput, one line that lists the names.
    explicit StepSchedule(const std::string& name);

    static const std::vector<std::string>& names();

    const std::string& name() const { return m_name; }
    /// The number of steps of the paper's list; 0 for the schedules for few steps, which have no list.
    int ownSteps() const;

    /// The steps + 1 times, falling strictly from 1 to 0. Throws base::InvalidInput if steps < 1.
    std::vector<double> times(int steps, const NoiseSchedule& noise) const;

    /// The step sizes δ_1 … δ_N counted from t = 0, as the paper lists them; they sum to 1.
    std::vector<double> sizes(int steps, const NoiseSchedule& noise) const;

private:
    struct Segment {
        double time; ///< the length of the segment in t
        int steps;   ///< equal steps in it
    };
    std::vector<double> fromSegments(int steps) const;
    std::vector<double> fromNoise(int steps, const NoiseSchedule& noise) const;

    std::string m_name;
    std::vector<Segment> m_segments; ///< from t = 0; empty for schedules without a list
};

} // namespace n2m::sampling
