#include "engine/network/CostModel.h"

#include <fmt/format.h>

#include <stdexcept>

namespace n2m::network {

namespace {

/// Adds up layers, with the number of positions at which each is applied.
class Count {
public:
    void linear(std::int64_t in, std::int64_t out, std::int64_t positions, bool bias = true) {
        m_cost.parameters += in * out + (bias ? out : 0);
        m_cost.multiplyAdds += in * out * positions;
    }

    void convolution(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t positions) {
        m_cost.parameters += in * kernel * out + out;
        m_cost.multiplyAdds += in * kernel * out * positions;
    }

    /// UpConvolution computes kernel 2 to stride · out channels at positions + 1, with one bias for all of a stride.
    void upConvolution(std::int64_t in, std::int64_t out, std::int64_t stride, std::int64_t positions) {
        m_cost.parameters += in * 2 * stride * out + out;
        m_cost.multiplyAdds += in * 2 * stride * out * (positions + 1);
    }

    void norm(std::int64_t channels) { m_cost.parameters += 2 * channels; }

    /// Counts the scores and the weighted sum.
    void attend(std::int64_t channels, std::int64_t queries, std::int64_t keys) {
        m_cost.multiplyAdds += 2 * channels * queries * keys;
    }

    const Cost& cost() const { return m_cost; }

private:
    Cost m_cost;
};

void addFeedForward(Count& count, std::int64_t channels, std::int64_t positions) {
    count.norm(channels);
    count.linear(channels, 2 * channels, positions);
    count.linear(2 * channels, channels, positions);
}

void addBlock(Count& count, const UNetConfig& config, std::size_t depth, std::int64_t channels, std::int64_t positions,
              std::int64_t textTokens) {
    count.linear(config.base, 2 * channels, 1);  // scale and bias from the time
    count.linear(channels, channels, positions); // the skip
    for (int i = 0; i < 2; ++i) {
        count.norm(channels);
        count.convolution(channels, channels, config.kernels[depth], positions);
    }
    if (config.selfAttention[depth]) {
        count.norm(channels);
        count.linear(channels, 3 * channels, positions);
        count.attend(channels, positions, positions);
        count.linear(channels, channels, positions);
        addFeedForward(count, channels, positions);
    }
    if (config.crossAttention[depth]) {
        count.norm(channels);
        count.linear(channels, channels, positions);
        count.linear(config.textWidth, 2 * channels, 0); // once per clip
        count.attend(channels, positions, textTokens);
        count.linear(channels, channels, positions, false);
        addFeedForward(count, channels, positions);
    }
}

} // namespace

Cost costOf(const UNetConfig& config, std::int64_t length, int textTokens) {
    config.validate();
    if (length < 0 || length % config.lengthMultiple() != 0 || textTokens < 0)
        throw std::invalid_argument(fmt::format("cost of a network: {} time steps, must be a multiple of {}; {} tokens",
                                                length, config.lengthMultiple(), textTokens));
    Count count;
    std::int64_t positions = length / config.patch;
    count.convolution(config.patch * (config.dataChannels + config.stackedChannels), config.base, 3, positions);
    count.linear(config.base, config.base, 1); // the time
    if (config.pooledText) count.linear(config.textWidth, config.base, 0, false);
    for (int level = 0; level <= config.depth() && config.alignedChannels > 0; ++level)
        if (config.alignedAt == AlignedAt::EveryLevel || level == config.depth())
            count.linear(config.alignedChannels, config.channelsAt(level), 0);
    for (int level = 1; level <= config.depth(); ++level) {
        const auto depth = static_cast<std::size_t>(level - 1);
        const int stride = config.strides[depth], above = config.channelsAt(level - 1), here = config.channelsAt(level);
        const std::int64_t below = positions / stride;
        count.convolution(above, here, 2 * stride, below);
        count.upConvolution(here, above, stride, below);
        for (int block = 0; block < config.blocks[depth]; ++block) {
            addBlock(count, config, depth, here, below, textTokens);      // on the way down
            addBlock(count, config, depth, above, positions, textTokens); // on the way up
        }
        positions = below;
    }
    count.convolution(config.base, config.patch * config.dataChannels, 3, length / config.patch);
    if (const int channels = config.refinementChannels; channels > 0) {
        count.convolution(2 * config.dataChannels + config.stackedChannels, channels, 3, length);
        count.linear(config.base, 2 * channels, 1);
        count.linear(config.base, 2 * config.dataChannels, 1);
        count.convolution(channels, channels, 3, length);
        count.convolution(channels, config.dataChannels, 3, length);
    }
    return count.cost();
}

} // namespace n2m::network
