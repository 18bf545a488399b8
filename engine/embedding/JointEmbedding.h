#pragma once

#include "engine/audio/Clip.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace n2m::embedding {

/// The joint embedding of words and music: a text and a clip that it describes have similar vectors (in the manner of
/// MuLan, Huang et al., 2022; Noise2Music, §4.1). All vectors have `dimensions()` entries and length 1, so that their
/// scalar product is their similarity. A cheap value; copies share the weights; any number of threads may call its
/// functions. This header needs no LibTorch.
class JointEmbedding {
public:
    /// From a folder with config.json and model.safetensors, or a bundle whose cascade.json names one. Throws
    /// base::Failure that names the file: for one that is missing, damaged or does not fit, or a bundle without.
    static JointEmbedding load(const std::filesystem::path& folder);

    int dimensions() const;

    /// The vector of a text in UTF-8. Words beyond the first 96 are not read. A text without any word has a vector,
    /// too, but it means nothing. Throws base::InvalidInput for one that is not UTF-8.
    std::vector<float> text(const std::string& text) const;
    /// The same for many, faster than one by one.
    std::vector<std::vector<float>> texts(std::span<const std::string> texts) const;

    /// The vector of a clip: the mean over its windows of 10 s, which do not overlap; a rest counts as a window,
    /// aligned with the end, if it is half as long. Any sample rate and number of channels; the loudness does not
    /// matter. Throws base::InvalidInput for a clip without sound samples or sample rate.
    std::vector<float> clip(const audio::Clip& clip) const;
    std::vector<std::vector<float>> clips(std::span<const audio::Clip> clips) const;
    /// The vectors of a clip's windows, in their order; at least one.
    std::vector<std::vector<float>> windows(const audio::Clip& clip) const;

    /// The vector of a log-mel spectrogram as audio::LogMel makes it from sound at −16 LUFS: row-major [80, frames],
    /// 100 frames/s. Throws base::InvalidInput for another number of values.
    std::vector<float> logMel(std::span<const float> levels) const;

    /// The factor that similarities have in the loss's softmax: exp(scale · similarity) is proportional to how much
    /// more often a text and a clip belong together than by chance.
    double scale() const;

    /// The identity of the weights, 16 hexadecimal digits: vectors of different ones cannot be compared.
    const std::string& identity() const;

private:
    struct Shared;
    explicit JointEmbedding(std::shared_ptr<Shared> shared);
    std::shared_ptr<Shared> m_shared;
};

/// The scalar product; for unit vectors the cosine of their angle, −1 to 1. Throws base::InvalidInput for different
/// lengths.
double similarity(std::span<const float> a, std::span<const float> b);

/// The mean of vectors of one length, scaled to length 1. Throws base::InvalidInput for none.
std::vector<float> meanOf(std::span<const std::vector<float>> vectors);

} // namespace n2m::embedding
