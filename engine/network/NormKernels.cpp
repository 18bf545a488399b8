#include "engine/network/NormKernels.h"

#include "engine/network/VectorMath.h"

#include <cmath>

namespace n2m::network::kernels {

namespace {

constexpr float epsilon = 1e-5f;

template <class E>
N2M_INLINE void addMomentsOf(const E* x, std::int64_t rows, std::int64_t channels, float* __restrict sum,
                             float* __restrict squares) {
    std::int64_t row = 0;
    for (; row + 4 <= rows; row += 4) { // four at a time: the sums are loaded and stored less often
        const E *a = x + row * channels, *b = a + channels, *c = b + channels, *d = c + channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) {
            const float p = load(a[i]), q = load(b[i]), r = load(c[i]), s = load(d[i]);
            sum[i] += (p + q) + (r + s);
            squares[i] += (p * p + q * q) + (r * r + s * s);
        }
    }
    for (; row < rows; ++row) {
        const E* a = x + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) {
            const float p = load(a[i]);
            sum[i] += p;
            squares[i] += p * p;
        }
    }
}

template <class E>
N2M_INLINE void scaleSwishOf(const E* x, std::int64_t rows, std::int64_t channels, const float* __restrict scale,
                             const float* __restrict shift, E* combined, const float* __restrict slope,
                             const float* __restrict offset, E* y) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict from = x + row * channels;
        E* __restrict to = y + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i)
            store(swish(load(from[i]) * slope[i] + offset[i]), to[i]);
        if (!combined) continue;
        E* __restrict between = combined + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i)
            store(load(from[i]) * scale[i] + shift[i], between[i]);
    }
}

template <class E>
N2M_INLINE void addGradientMomentsOf(const E* x, const E* dy, const E* extra, std::int64_t rows, std::int64_t channels,
                                     const float* __restrict slope, const float* __restrict offset, float* sums) {
    float* __restrict plain = sums;
    float* __restrict weighted = sums + channels;
    float* __restrict extraPlain = sums + 2 * channels;
    float* __restrict extraWeighted = sums + 3 * channels;
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict at = x + row * channels;
        const E* __restrict gradient = dy + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) {
            const float value = load(at[i]);
            const float dz = load(gradient[i]) * swishSlope(value * slope[i] + offset[i]);
            plain[i] += dz;
            weighted[i] += dz * value;
        }
        if (!extra) continue;
        const E* __restrict more = extra + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) {
            const float value = load(more[i]);
            extraPlain[i] += value;
            extraWeighted[i] += value * load(at[i]);
        }
    }
}

template <class E>
N2M_INLINE void scaleSwishGradientOf(const E* x, const E* dy, const E* extra, std::int64_t rows, std::int64_t channels,
                                     const float* __restrict slope, const float* __restrict offset,
                                     const float* __restrict p, const float* __restrict q, const float* __restrict r,
                                     const float* __restrict s, E* dx) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict at = x + row * channels;
        const E* __restrict gradient = dy + row * channels;
        E* __restrict to = dx + row * channels;
        if (extra) {
            const E* __restrict more = extra + row * channels;
#pragma omp simd
            for (std::int64_t i = 0; i < channels; ++i) {
                const float value = load(at[i]);
                const float dz = load(gradient[i]) * swishSlope(value * slope[i] + offset[i]);
                store(p[i] * dz + q[i] * value + r[i] + s[i] * load(more[i]), to[i]);
            }
        } else {
#pragma omp simd
            for (std::int64_t i = 0; i < channels; ++i) {
                const float value = load(at[i]);
                const float dz = load(gradient[i]) * swishSlope(value * slope[i] + offset[i]);
                store(p[i] * dz + q[i] * value + r[i], to[i]);
            }
        }
    }
}

template <class E>
N2M_INLINE void residualNormOf(const E* x, const E* delta, const float* __restrict bias, std::int64_t rows,
                               std::int64_t channels, const float* __restrict weight, const float* __restrict offset,
                               E* total, E* y, float* mean, float* deviation) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* at = x + row * channels;
        if (delta) {
            const E* __restrict more = delta + row * channels;
            E* __restrict to = total + row * channels;
            if (bias) {
#pragma omp simd
                for (std::int64_t i = 0; i < channels; ++i)
                    store(load(at[i]) + (load(more[i]) + bias[i]), to[i]);
            } else {
#pragma omp simd
                for (std::int64_t i = 0; i < channels; ++i)
                    store(load(at[i]) + load(more[i]), to[i]);
            }
            at = to; // the norm uses the rounded sum, as the backward pass will
        }
        float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < channels; ++i)
            sum += load(at[i]);
        const float centre = sum / static_cast<float>(channels);
        float squares = 0.0f;
#pragma omp simd reduction(+ : squares)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float value = load(at[i]) - centre;
            squares += value * value;
        }
        const float inverse = 1.0f / std::sqrt(squares / static_cast<float>(channels) + epsilon);
        E* __restrict to = y + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i)
            store((load(at[i]) - centre) * inverse * weight[i] + offset[i], to[i]);
        mean[row] = centre;
        deviation[row] = inverse;
    }
}

template <class E>
N2M_INLINE void residualNormGradientOf(const E* total, const E* dy, const E* extra, std::int64_t rows,
                                       std::int64_t channels, const float* __restrict weight, const float* mean,
                                       const float* deviation, E* dx, float* sums) {
    float* __restrict forWeight = sums;
    float* __restrict forOffset = sums + channels;
    float* __restrict forBias = sums + 2 * channels;
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict at = total + row * channels;
        const E* __restrict gradient = dy + row * channels;
        E* __restrict to = dx + row * channels;
        const float centre = mean[row], inverse = deviation[row];
        float plain = 0.0f, weighted = 0.0f;
#pragma omp simd reduction(+ : plain, weighted)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float normal = (load(at[i]) - centre) * inverse, g = load(gradient[i]), through = g * weight[i];
            plain += through;
            weighted += through * normal;
            forWeight[i] += g * normal;
            forOffset[i] += g;
        }
        plain /= static_cast<float>(channels);
        weighted /= static_cast<float>(channels);
        if (extra) {
            const E* __restrict more = extra + row * channels;
#pragma omp simd
            for (std::int64_t i = 0; i < channels; ++i) {
                const float normal = (load(at[i]) - centre) * inverse;
                const float value =
                    inverse * (load(gradient[i]) * weight[i] - plain - normal * weighted) + load(more[i]);
                forBias[i] += value;
                store(value, to[i]);
            }
        } else {
#pragma omp simd
            for (std::int64_t i = 0; i < channels; ++i) {
                const float normal = (load(at[i]) - centre) * inverse;
                const float value = inverse * (load(gradient[i]) * weight[i] - plain - normal * weighted);
                forBias[i] += value;
                store(value, to[i]);
            }
        }
    }
}

template <class E>
N2M_INLINE void addResidualOf(const E* x, const E* delta, const float* __restrict bias, std::int64_t rows,
                              std::int64_t channels, E* total) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict at = x + row * channels;
        const E* __restrict more = delta + row * channels;
        E* __restrict to = total + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i)
            store(load(at[i]) + (load(more[i]) + bias[i]), to[i]);
    }
}

template <class E>
N2M_INLINE void biasSwishOf(const E* x, std::int64_t rows, std::int64_t channels, const float* __restrict bias, E* y) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict from = x + row * channels;
        E* __restrict to = y + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i)
            store(swish(load(from[i]) + bias[i]), to[i]);
    }
}

template <class E>
N2M_INLINE void biasSwishGradientOf(const E* x, const E* dy, std::int64_t rows, std::int64_t channels,
                                    const float* __restrict bias, E* dx, float* __restrict sums) {
    for (std::int64_t row = 0; row < rows; ++row) {
        const E* __restrict from = x + row * channels;
        const E* __restrict gradient = dy + row * channels;
        E* __restrict to = dx + row * channels;
#pragma omp simd
        for (std::int64_t i = 0; i < channels; ++i) {
            const float value = load(gradient[i]) * swishSlope(load(from[i]) + bias[i]);
            sums[i] += value;
            store(value, to[i]);
        }
    }
}

} // namespace

// Clones are made of plain functions only, so each template is spelt out for both types here.

N2M_CLONES void addMoments(const float* x, std::int64_t rows, std::int64_t channels, float* sum, float* squares) {
    addMomentsOf(x, rows, channels, sum, squares);
}
N2M_CLONES void addMoments(const Bfloat16* x, std::int64_t rows, std::int64_t channels, float* sum, float* squares) {
    addMomentsOf(x, rows, channels, sum, squares);
}

N2M_CLONES void scaleSwish(const float* x, std::int64_t rows, std::int64_t channels, const float* scale,
                           const float* shift, float* combined, const float* slope, const float* offset, float* y) {
    scaleSwishOf(x, rows, channels, scale, shift, combined, slope, offset, y);
}
N2M_CLONES void scaleSwish(const Bfloat16* x, std::int64_t rows, std::int64_t channels, const float* scale,
                           const float* shift, Bfloat16* combined, const float* slope, const float* offset,
                           Bfloat16* y) {
    scaleSwishOf(x, rows, channels, scale, shift, combined, slope, offset, y);
}

N2M_CLONES void addGradientMoments(const float* x, const float* dy, const float* extra, std::int64_t rows,
                                   std::int64_t channels, const float* slope, const float* offset, float* sums) {
    addGradientMomentsOf(x, dy, extra, rows, channels, slope, offset, sums);
}
N2M_CLONES void addGradientMoments(const Bfloat16* x, const Bfloat16* dy, const Bfloat16* extra, std::int64_t rows,
                                   std::int64_t channels, const float* slope, const float* offset, float* sums) {
    addGradientMomentsOf(x, dy, extra, rows, channels, slope, offset, sums);
}

N2M_CLONES void scaleSwishGradient(const float* x, const float* dy, const float* extra, std::int64_t rows,
                                   std::int64_t channels, const float* slope, const float* offset, const float* p,
                                   const float* q, const float* r, const float* s, float* dx) {
    scaleSwishGradientOf(x, dy, extra, rows, channels, slope, offset, p, q, r, s, dx);
}
N2M_CLONES void scaleSwishGradient(const Bfloat16* x, const Bfloat16* dy, const Bfloat16* extra, std::int64_t rows,
                                   std::int64_t channels, const float* slope, const float* offset, const float* p,
                                   const float* q, const float* r, const float* s, Bfloat16* dx) {
    scaleSwishGradientOf(x, dy, extra, rows, channels, slope, offset, p, q, r, s, dx);
}

N2M_CLONES void residualNorm(const float* x, const float* delta, const float* bias, std::int64_t rows,
                             std::int64_t channels, const float* weight, const float* offset, float* total, float* y,
                             float* mean, float* deviation) {
    residualNormOf(x, delta, bias, rows, channels, weight, offset, total, y, mean, deviation);
}
N2M_CLONES void residualNorm(const Bfloat16* x, const Bfloat16* delta, const float* bias, std::int64_t rows,
                             std::int64_t channels, const float* weight, const float* offset, Bfloat16* total,
                             Bfloat16* y, float* mean, float* deviation) {
    residualNormOf(x, delta, bias, rows, channels, weight, offset, total, y, mean, deviation);
}

N2M_CLONES void residualNormGradient(const float* total, const float* dy, const float* extra, std::int64_t rows,
                                     std::int64_t channels, const float* weight, const float* mean,
                                     const float* deviation, float* dx, float* sums) {
    residualNormGradientOf(total, dy, extra, rows, channels, weight, mean, deviation, dx, sums);
}
N2M_CLONES void residualNormGradient(const Bfloat16* total, const Bfloat16* dy, const Bfloat16* extra,
                                     std::int64_t rows, std::int64_t channels, const float* weight, const float* mean,
                                     const float* deviation, Bfloat16* dx, float* sums) {
    residualNormGradientOf(total, dy, extra, rows, channels, weight, mean, deviation, dx, sums);
}

N2M_CLONES void addResidual(const float* x, const float* delta, const float* bias, std::int64_t rows,
                            std::int64_t channels, float* total) {
    addResidualOf(x, delta, bias, rows, channels, total);
}
N2M_CLONES void addResidual(const Bfloat16* x, const Bfloat16* delta, const float* bias, std::int64_t rows,
                            std::int64_t channels, Bfloat16* total) {
    addResidualOf(x, delta, bias, rows, channels, total);
}

N2M_CLONES void biasSwish(const float* x, std::int64_t rows, std::int64_t channels, const float* bias, float* y) {
    biasSwishOf(x, rows, channels, bias, y);
}
N2M_CLONES void biasSwish(const Bfloat16* x, std::int64_t rows, std::int64_t channels, const float* bias, Bfloat16* y) {
    biasSwishOf(x, rows, channels, bias, y);
}

N2M_CLONES void biasSwishGradient(const float* x, const float* dy, std::int64_t rows, std::int64_t channels,
                                  const float* bias, float* dx, float* sums) {
    biasSwishGradientOf(x, dy, rows, channels, bias, dx, sums);
}
N2M_CLONES void biasSwishGradient(const Bfloat16* x, const Bfloat16* dy, std::int64_t rows, std::int64_t channels,
                                  const float* bias, Bfloat16* dx, float* sums) {
    biasSwishGradientOf(x, dy, rows, channels, bias, dx, sums);
}

} // namespace n2m::network::kernels
