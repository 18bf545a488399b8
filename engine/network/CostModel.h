#pragma once

#include "engine/network/UNetConfig.h"

#include <cstdint>

namespace n2m::network {

/// What a network costs. Plain numbers.
struct Cost {
    std::int64_t parameters = 0;
    /// Of one pass over one sample. One multiply-add is two floating-point operations. Counted are convolutions, linear
    /// layers and attention; not counted is what is a small share (norms, element-wise operations) and what does not
    /// change from step to step and is computed once per clip (keys and values of the text, pooled text, the projection
    /// of the aligned input).
    std::int64_t multiplyAdds = 0;
};

/// What a UNet of this configuration costs for an input of `length` time steps and `textTokens` tokens, without making
/// one: no memory is needed, however large it is. Mirrors the constructors of UNet, Block and the attention layers.
/// Throws std::invalid_argument for a configuration that cannot be built (UNetConfig::validate), or a length that is
/// not a multiple of lengthMultiple().
Cost costOf(const UNetConfig& config, std::int64_t length, int textTokens);

} // namespace n2m::network
