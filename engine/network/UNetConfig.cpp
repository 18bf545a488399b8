#include "engine/network/UNetConfig.h"

#include "engine/base/Error.h"

#include <cstdint>

namespace n2m::network {

namespace {

[[noreturn]] void refuse(const base::Message& reason) {
    throw base::InvalidInput("network configuration: {}", reason);
}

/// `name` is that of a field, or a phrase as a base::Message.
void requireRange(const auto& name, int value, int low, int high) {
    if (value < low || value > high) refuse(base::Message("{} is {}, must be {} to {}", name, value, low, high));
}

template <class List> void requireDepth(const char* name, const List& list, int depth) {
    if (static_cast<int>(list.size()) != depth)
        refuse(base::Message("{} has {} entries, but there are {} strides", name, list.size(), depth));
}

} // namespace

int UNetConfig::lengthMultiple() const {
    int product = patch;
    for (const int stride : strides)
        product *= stride;
    return product;
}

void UNetConfig::validate() const {
    constexpr int manyChannels = 1 << 16;
    requireRange("dataChannels", dataChannels, 1, manyChannels);
    requireRange("stackedChannels", stackedChannels, 0, manyChannels);
    requireRange("alignedChannels", alignedChannels, 0, manyChannels);
    requireRange("patch", patch, 1, 1024);
    requireRange("base", base, 2, manyChannels);
    if (base % 2 != 0) refuse(base::Message("base is {}, must be even (sines and cosines of the time)", base));
    requireRange("textWidth", textWidth, 0, manyChannels);
    requireRange("refinementChannels", refinementChannels, 0, manyChannels);
    requireRange(base::Message("number of strides"), depth(), 1, 16);
    requireDepth("kernels", kernels, depth());
    requireDepth("multipliers", multipliers, depth());
    requireDepth("blocks", blocks, depth());
    requireDepth("selfAttention", selfAttention, depth());
    requireDepth("crossAttention", crossAttention, depth());
    std::int64_t product = patch;
    for (int level = 1; level <= depth(); ++level) {
        const auto index = static_cast<std::size_t>(level - 1);
        requireRange(base::Message("a stride"), strides[index], 2, 64);
        requireRange(base::Message("a kernel"), kernels[index], 1, 255);
        if (kernels[index] % 2 == 0) refuse(base::Message("a kernel is {}, must be odd", kernels[index]));
        requireRange(base::Message("a multiplier"), multipliers[index], 1, 64);
        requireRange(base::Message("a number of blocks"), blocks[index], 1, 64);
        requireRange(base::Message("a level's channels"), channelsAt(level), 1, manyChannels);
        product *= strides[index];
        if (product > (1 << 24)) refuse(base::Message("the product of patch and strides is beyond 16777216"));
        if (crossAttention[index] && textWidth == 0) refuse(base::Message("cross-attention needs textWidth"));
        if (!selfAttention[index] && !crossAttention[index]) continue;
        requireRange("heads", heads, 1, 256);
        for (const int channels : {channelsAt(level), channelsAt(level - 1)}) { // the way down, the way up
            if (channels % heads != 0)
                refuse(base::Message("{} channels do not divide into {} heads", channels, heads));
            if (selfAttention[index] && rotaryPositions && (channels / heads) % 2 != 0)
                refuse(base::Message("rotary positions need heads of even width, not {}", channels / heads));
        }
    }
    if (pooledText && textWidth == 0) refuse(base::Message("pooledText needs textWidth"));
}

} // namespace n2m::network
