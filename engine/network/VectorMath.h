#pragma once

#include "engine/base/VectorClones.h"
#include "engine/network/NormKernels.h"

#include <bit>
#include <cstdint>

/// \file
/// Scalar arithmetic written so that GCC turns loops over it into vector code; for the .cpp files of kernels.

namespace n2m::network::kernels {

N2M_INLINE float load(float x) {
    return x;
}
N2M_INLINE float load(Bfloat16 x) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(x.bits) << 16);
}

N2M_INLINE void store(float value, float& to) {
    to = value;
}
/// Rounds to the nearest, ties to even; a NaN stays a NaN.
N2M_INLINE void store(float value, Bfloat16& to) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    to.bits = static_cast<std::uint16_t>(value != value ? 0x7fc0u : rounded);
}

/// e^x to about 2e-7 relative, for x clamped to ±87 (Cephes' expf: range reduction by ln 2, polynomial of degree 6).
N2M_INLINE float exponential(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 87.0f ? 87.0f : x;
    const float power = (x * 1.44269504f + 12582912.0f) - 12582912.0f; // to the nearest integer
    const float rest = (x - power * 0.693359375f) + power * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * rest + 1.3981999507e-3f;
    p = p * rest + 8.3334519073e-3f;
    p = p * rest + 4.1665795894e-2f;
    p = p * rest + 1.6666665459e-1f;
    p = p * rest + 5.0000001201e-1f;
    p = p * rest * rest + rest + 1.0f;
    const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(power) + 127) << 23;
    return p * std::bit_cast<float>(exponent);
}

N2M_INLINE float sigmoid(float x) {
    return 1.0f / (1.0f + exponential(-x));
}
N2M_INLINE float swish(float x) {
    return x * sigmoid(x);
}
N2M_INLINE float swishSlope(float x) {
    const float s = sigmoid(x);
    return s * (1.0f + x * (1.0f - s));
}

} // namespace n2m::network::kernels
