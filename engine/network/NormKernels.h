#pragma once

#include <cstdint>

/// \file
/// The loops under FusedNorm: rows of `channels` contiguous values, in fp32 or bf16, no torch and no threads of their
/// own. Compiled for several instruction sets, the processor's best is taken when the program starts. A row is one
/// moment in time of one sample. Nothing here allocates or throws.

namespace n2m::network::kernels {

/// The upper half of a float.
struct Bfloat16 {
    std::uint16_t bits;
};

/// sum[c] += Σ x[r][c], squares[c] += Σ x[r][c]².
void addMoments(const float* x, std::int64_t rows, std::int64_t channels, float* sum, float* squares);
void addMoments(const Bfloat16* x, std::int64_t rows, std::int64_t channels, float* sum, float* squares);

/// Per channel: combined = x·scale + shift, unless `combined` is null; y = swish(x·slope + offset).
void scaleSwish(const float* x, std::int64_t rows, std::int64_t channels, const float* scale, const float* shift,
                float* combined, const float* slope, const float* offset, float* y);
void scaleSwish(const Bfloat16* x, std::int64_t rows, std::int64_t channels, const float* scale, const float* shift,
                Bfloat16* combined, const float* slope, const float* offset, Bfloat16* y);

/// With z = x·slope + offset and dz = dy·swish'(z): sums = four rows of `channels` to which Σ dz, Σ dz·x and, where
/// `extra` is not null, Σ extra and Σ extra·x are added.
void addGradientMoments(const float* x, const float* dy, const float* extra, std::int64_t rows, std::int64_t channels,
                        const float* slope, const float* offset, float* sums);
void addGradientMoments(const Bfloat16* x, const Bfloat16* dy, const Bfloat16* extra, std::int64_t rows,
                        std::int64_t channels, const float* slope, const float* offset, float* sums);

/// dx = p·dz + q·x + r + s·extra, per channel; dz as above. `extra` may be null.
void scaleSwishGradient(const float* x, const float* dy, const float* extra, std::int64_t rows, std::int64_t channels,
                        const float* slope, const float* offset, const float* p, const float* q, const float* r,
                        const float* s, float* dx);
void scaleSwishGradient(const Bfloat16* x, const Bfloat16* dy, const Bfloat16* extra, std::int64_t rows,
                        std::int64_t channels, const float* slope, const float* offset, const float* p, const float* q,
                        const float* r, const float* s, Bfloat16* dx);

/// total = x + delta + bias (delta and bias may be null; total is then not written); y = norm(total)·weight + offset
/// over each row, ε = 1e-5. mean and deviation (the reciprocal of the standard deviation): one value per row.
void residualNorm(const float* x, const float* delta, const float* bias, std::int64_t rows, std::int64_t channels,
                  const float* weight, const float* offset, float* total, float* y, float* mean, float* deviation);
void residualNorm(const Bfloat16* x, const Bfloat16* delta, const float* bias, std::int64_t rows, std::int64_t channels,
                  const float* weight, const float* offset, Bfloat16* total, Bfloat16* y, float* mean,
                  float* deviation);

/// dx = the gradient of `total` through y, plus `extra` unless that is null. To the three rows of `sums` are added the
/// gradients of weight, offset and bias.
void residualNormGradient(const float* total, const float* dy, const float* extra, std::int64_t rows,
                          std::int64_t channels, const float* weight, const float* mean, const float* deviation,
                          float* dx, float* sums);
void residualNormGradient(const Bfloat16* total, const Bfloat16* dy, const Bfloat16* extra, std::int64_t rows,
                          std::int64_t channels, const float* weight, const float* mean, const float* deviation,
                          Bfloat16* dx, float* sums);

/// total = x + delta + bias.
void addResidual(const float* x, const float* delta, const float* bias, std::int64_t rows, std::int64_t channels,
                 float* total);
void addResidual(const Bfloat16* x, const Bfloat16* delta, const float* bias, std::int64_t rows, std::int64_t channels,
                 Bfloat16* total);

/// y = swish(x + bias).
void biasSwish(const float* x, std::int64_t rows, std::int64_t channels, const float* bias, float* y);
void biasSwish(const Bfloat16* x, std::int64_t rows, std::int64_t channels, const float* bias, Bfloat16* y);

/// dx = dy·swish'(x + bias); its sum over the rows is added to `sums`.
void biasSwishGradient(const float* x, const float* dy, std::int64_t rows, std::int64_t channels, const float* bias,
                       float* dx, float* sums);
void biasSwishGradient(const Bfloat16* x, const Bfloat16* dy, std::int64_t rows, std::int64_t channels,
                       const float* bias, Bfloat16* dx, float* sums);

} // namespace n2m::network::kernels
