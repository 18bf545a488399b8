#pragma once

#include "engine/cascade/Windows.h"
#include "engine/diffusion/Guidance.h"
#include "engine/diffusion/Sampler.h"
#include "engine/model/StageConfig.h"
#include "engine/network/UNet.h"
#include "engine/plan/NoteSpectra.h"
#include "engine/plan/Plan.h"
#include "engine/plan/ScoreGuide.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace n2m::cascade {

/// The conditioning of a stage. Pointers are borrowed for the call; null and undefined mean "not given".
struct StageInput {
    const text::EmbeddedText* text = nullptr;
    const text::EmbeddedText* negative = nullptr; ///< takes the hidden text's place in guidance
    const plan::Plan* plan = nullptr;
    torch::Tensor sound; ///< [1, time] at the stage's own rate: up-sampled low-rate audio, or a Griffin-Lim estimate
    torch::Tensor spectrogram; ///< [bands, frames], log-mel in [-1, 1]; a whole number of samples per frame
    plan::ScoreGuide guide;    ///< of a score generator: the facts of the plan that it is shown
    int firstBeat = 0;         ///< likewise: the plan's beat at which the roll begins
    /// The part that stays in a repaint: x0 [channels, time] in the data's own units, where [1 or channels, time]. May
    /// be shorter than the result.
    diffusion::Sampler::KnownRegion kept;
};

/// The bundle's defaults, replaced where a request sets a value.
model::SamplingConfig resolved(const model::SamplingConfig& defaults, const StageSettings& settings);

/// One model of a cascade, ready to sample: its configuration, its network on a device, and the sampler. Shares the
/// network; lives on one thread.
///
/// Memory: networks without self-attention see a long signal in overlapping windows at every step, whose outputs are
/// faded into each other (as in MultiDiffusion, Bar-Tal et al., 2023), so that x_t and its noise stay one piece
/// without seams. The window's length keeps an activation at the network's entry below `mostElements` numbers.
class Stage {
public:
    static constexpr std::int64_t mostElements = std::int64_t(1) << 25;

    /// `noteSpectra` draw the score spectrogram of a stage that stacks it; others ignore them. Throws base::Failure,
    /// one line that names the stage, where the configuration contradicts itself.
    Stage(const model::StageConfig& config, std::shared_ptr<network::UNet> network, torch::Device device,
          std::shared_ptr<const plan::NoteSpectra> noteSpectra = nullptr,
          std::int64_t mostWindowElements = mostElements);

    const model::StageConfig& config() const { return m_config; }
    /// Whether it takes a plan's score in addition to the plan itself.
    bool takesScore() const { return m_noteSpectra != nullptr; }

    /// `length` samples (or frames), rounded up to the next length that the network takes.
    std::int64_t paddedLength(std::int64_t length) const;

    /// The passes through the network that one step takes.
    std::vector<diffusion::GuidanceBranch> branches(const StageInput& input,
                                                    const model::SamplingConfig& settings) const;

    /// Multiply-adds of one step.
    double costPerStep(const StageInput& input, const model::SamplingConfig& settings, std::int64_t length) const;

    /// Denoises to [channels, paddedLength(length)] on the CPU, in the data's own units. Shorter input is padded with
    /// silence. The same arguments give the same result on the same machine and number of threads. Throws
    /// base::Failure, one line that names the stage, for a result that is not finite, and what `observer` throws.
    torch::Tensor sample(const StageInput& input, std::int64_t length, const model::SamplingConfig& settings,
                         std::uint64_t seed, const diffusion::Sampler::StepObserver& observer = {}) const;

private:
    torch::Tensor predict(const torch::Tensor& noisy, double t, const std::vector<diffusion::GuidanceBranch>& branches,
                          const std::vector<network::Conditioning>& conditionings) const;
    network::Conditioning conditioning(const StageInput& input, const std::vector<diffusion::GuidanceBranch>& branches,
                                       std::int64_t length) const;
    void addText(network::Conditioning& conditioning, const StageInput& input,
                 const std::vector<diffusion::GuidanceBranch>& branches) const;
    torch::Tensor stacked(const StageInput& input, const std::vector<diffusion::GuidanceBranch>& branches,
                          std::int64_t length) const;
    torch::Tensor shownPlan(const StageInput& input, bool shown, std::int64_t length) const;
    std::vector<Window> windows(std::int64_t length, std::size_t branches) const;
    std::int64_t samplesPerFrame() const;

    model::StageConfig m_config;
    std::shared_ptr<network::UNet> m_network;
    torch::Device m_device;
    std::shared_ptr<const plan::NoteSpectra> m_noteSpectra; ///< null where the score spectrogram is not stacked
    std::int64_t m_mostWindowElements;
};

} // namespace n2m::cascade
