#pragma once

#include "engine/evaluation/Spectrogram.h"
#include "engine/plan/Plan.h"

#include <torch/types.h>

#include <optional>

namespace n2m::evaluation {

/// Hears which pitch classes sound: a linear map from a smoothed log-mel spectrogram to the twelve pitch classes,
/// fitted by ridge regression on the chords of real clips' plans. It is linear and blind to time, so that it cannot
/// learn usual successions of chords and must find the notes. A cheap value; const members may be called from several
/// threads.
class ChordProbe {
public:
    static constexpr double rate = 10.0; ///< steps per second

    /// Gathers clips for a fit, one at a time.
    class Fit {
    public:
        void add(const Spectrogram& spectrogram, const plan::Plan& plan);
        std::int64_t steps() const { return m_steps; }
        /// Throws base::InvalidInput if no clip with chords was added.
        ChordProbe finish(double ridge = 1e-3) const;

    private:
        torch::Tensor m_products, m_targets; ///< XᵀX and XᵀY, double
        std::int64_t m_steps = 0;
    };

    /// Takes weights that weights() gave. Throws base::InvalidInput for another shape.
    explicit ChordProbe(torch::Tensor weights);
    const torch::Tensor& weights() const { return m_weights; } ///< float [features, 12]

    /// The degree to which each pitch class belongs to the chord, [steps, 12], about 0 … 1.
    torch::Tensor hear(const Spectrogram& spectrogram) const;

    /// The correlation (−1 … 1) of hear() with the plan's chord tones, over all steps that have a chord. Empty if the
    /// plan has no chords.
    std::optional<double> agreement(const Spectrogram& spectrogram, const plan::Plan& plan) const;

private:
    torch::Tensor m_weights;
};

} // namespace n2m::evaluation
