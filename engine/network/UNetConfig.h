#pragma once

#include <string>
#include <vector>

namespace n2m::network {

/// The levels of the U at which the aligned input, for example a spectrogram, enters.
enum class AlignedAt { Bottom, EveryLevel };

/// The shape of a 1D U-Net (Noise2Music, Huang et al., 2023, §3.3 and appendix). A plain value, read from JSON.
/// The per-depth lists (strides, multipliers, kernels, blocks, the attention flags) have one entry per down-sampling.
struct UNetConfig {
    int dataChannels = 1;    ///< channels of x_t, and of the prediction
    int stackedChannels = 0; ///< conditioning channels stacked with x_t at the entry (low-rate audio, plan)
    int alignedChannels = 0; ///< channels of the aligned input; 0 = none
    AlignedAt alignedAt = AlignedAt::Bottom;
    int patch = 1; ///< consecutive time steps folded into channels at the entry and unfolded at the exit; 1 = the paper
    int base = 256;           ///< base dimension: width of the entry, and of the time embedding
    std::vector<int> kernels; ///< kernel size of the blocks' convolutions per depth
    std::vector<int> strides;
    std::vector<int> multipliers; ///< channels = multiplier × base
    std::vector<int> blocks;
    std::vector<bool> selfAttention;
    std::vector<bool> crossAttention;
    int heads = 8;
    int textWidth = 0;            ///< width of the text embeddings; 0 = no text
    bool rotaryPositions = false; ///< rotary positions in self-attention (Su et al., 2021); the paper is silent
    bool pooledText = false;      ///< the mean of the text embeddings is added to the time embedding
    int refinementChannels = 0;   ///< of the Refinement after the exit; 0 = none, as in the paper

    int depth() const { return static_cast<int>(strides.size()); }
    int channelsAt(int level) const {
        return level == 0 ? base : base * multipliers[static_cast<std::size_t>(level - 1)];
    }
    /// Lengths of x_t are multiples of this: patch × the product of the strides.
    int lengthMultiple() const;

    /// Throws base::InvalidInput for a shape that cannot be built: lists of unequal length, even kernels, strides below
    /// 2, channels that do not divide into the heads, cross-attention or pooled text without a textWidth.
    void validate() const;

    bool operator==(const UNetConfig&) const = default;
};

} // namespace n2m::network
