#pragma once

#include "engine/evaluation/Spectrogram.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include <map>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// An attribute and the values it may take.
struct Head {
    std::string name; ///< as in a clip's attributes: "genre", "lead"
    std::vector<std::string> labels;
    bool operator==(const Head&) const = default;
};

/// The answers of a classifier about a clip.
struct HeardAttributes {
    std::map<std::string, std::map<std::string, double>> logProbabilities; ///< head → label → natural logarithm
    torch::Tensor features; ///< [windows of ten seconds, AttributeClassifier::featureCount], from which answers follow

    /// The likeliest label; empty if the classifier has no such head.
    std::string best(const std::string& head) const;
};

/// A small convolutional network that hears attributes in a log-mel spectrogram. The bands × time picture, at 12.5
/// steps/s with mean, maximum and rise of each eighty milliseconds as its three channels, passes four 3 × 3
/// convolutions with batch norm, ReLU and 2 × 2 maxima; then one convolution over the remaining bands, and mean and
/// maximum over time. Each attribute has a linear head. It hears windows of ten seconds; the clip's answer is the mean
/// of their logarithms. Not for several threads at once.
class AttributeClassifier : public torch::nn::Module {
public:
    static constexpr std::int64_t featureCount = 256, window = 125, framesPerStep = 8;

    explicit AttributeClassifier(std::vector<Head> heads);
    const std::vector<Head>& heads() const { return m_heads; }

    /// The picture of a whole clip, half precision [3, bands, steps].
    static torch::Tensor picture(const Spectrogram& spectrogram);

    /// Pictures [batch, 3, bands, steps] → [batch, featureCount].
    torch::Tensor features(torch::Tensor pictures);
    /// Returns one tensor [batch, labels] per head, unnormalised.
    std::vector<torch::Tensor> answers(const torch::Tensor& features);

    /// Throws base::InvalidInput for a clip of less than 2.6 seconds or another number of bands than 80.
    HeardAttributes hear(const Spectrogram& spectrogram);

private:
    std::vector<Head> m_heads;
    torch::nn::ModuleList m_convolutions, m_norms, m_answers;
    torch::nn::Conv1d m_bands{nullptr};
    torch::nn::BatchNorm1d m_bandNorm{nullptr};
};

} // namespace n2m::evaluation
