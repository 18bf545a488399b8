#pragma once

#include "engine/embedding/EmbeddingConfig.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>

#include <map>
#include <string>

namespace n2m::embedding {

/// The sound of windows of one length as the audio tower takes it.
struct SoundBatch {
    torch::Tensor pictures; ///< float32 [windows, 3, 80, steps of 80 ms]: mean, maximum and rise of the log-mel levels
    torch::Tensor rhythm;   ///< float32 [windows, rhythmSize]: autocorrelation of the onsets in four ranges of bands
};

/// The audio tower: convolutions over a picture of a log-mel window, the mean and the maximum over time of their
/// features, and beside them the autocorrelation of the onsets, which holds the tempo that pooling would lose.
/// One thread may train it; several may call forward() in evaluation mode.
class AudioTower : public torch::nn::Module {
public:
    static constexpr std::int64_t bands = 80;
    static constexpr std::int64_t windowFrames = 1000;  ///< 10 s at 100 frames/s
    static constexpr std::int64_t shortestFrames = 256; ///< shorter sound is followed by silence
    static constexpr std::int64_t rhythmSize = 4 * 200; ///< lags of up to 2 s

    explicit AudioTower(const EmbeddingConfig& config);

    /// From log-mel levels in [−1, 1], float32 [windows, 80, frames ≥ shortestFrames].
    static SoundBatch batchOf(const torch::Tensor& logMel);

    /// Takes over the convolutions of trained detectors (their tensors by name; engine/evaluation/AttributeClassifier
    /// sees the same pictures), and keeps them as they are: training no longer changes them. Throws base::Failure where
    /// one is missing or of another shape.
    void hearAs(const std::map<std::string, torch::Tensor>& detectors);

    void train(bool on = true) override;

    /// Unit vectors [windows, dimensions].
    torch::Tensor forward(const SoundBatch& batch);

private:
    torch::nn::ModuleList m_convolutions, m_norms;
    torch::nn::ModuleHolder<torch::nn::LinearImpl> m_bands{nullptr}, m_rhythm{nullptr}, m_hidden{nullptr},
        m_exit{nullptr};
    double m_dropout = 0.2;
    bool m_hearingIsFixed = false;
};

} // namespace n2m::embedding
