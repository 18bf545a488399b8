#pragma once

#include "engine/network/UNetConfig.h"

#include <cstdint>

namespace n2m::network {

/// The cost of a network. Plain numbers.
struct Cost {
    std::int64_t parameters = 0;
    /// For one pass over one sample; one multiply-add is two floating-point operations. Counts convolutions, linear
    /// layers and attention, but neither norms and element-wise operations (a small share) nor what is computed once
    /// per clip (keys and values of the text, pooled text, the projection of the aligned input).
    std::int64_t multiplyAdds = 0;
};

/// The cost of a UNet of this configuration for an input of `length` time steps and `textTokens` tokens. Makes no
/// network, so that it needs no memory. Mirrors the constructors of UNet, Block and the attention layers.
/// Throws base::InvalidInput for a configuration that cannot be built (UNetConfig::validate), std::invalid_argument for
/// a length that is not a multiple of lengthMultiple().
Cost costOf(const UNetConfig& config, std::int64_t length, int textTokens);

} // namespace n2m::network
