#include "engine/audio/BatchFft.h"

#include "engine/base/VectorClones.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace n2m::audio {

namespace {

constexpr std::size_t lanes = BatchFft::lanes;
constexpr std::size_t row = 2 * lanes; // of a complex value: real parts, imaginary parts

struct Complex {
    float re, im;
};

N2M_INLINE Complex operator+(Complex a, Complex b) {
    return {a.re + b.re, a.im + b.im};
}
N2M_INLINE Complex operator-(Complex a, Complex b) {
    return {a.re - b.re, a.im - b.im};
}
N2M_INLINE Complex operator*(Complex a, Complex b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
N2M_INLINE Complex operator*(float a, Complex b) {
    return {a * b.re, a * b.im};
}
/// −i times the value.
N2M_INLINE Complex turned(Complex a) {
    return {a.im, -a.re};
}
N2M_INLINE Complex load(const float* from, std::size_t lane) {
    return {from[lane], from[lanes + lane]};
}
N2M_INLINE void store(float* to, std::size_t lane, Complex value) {
    to[lane] = value.re;
    to[lanes + lane] = value.im;
}

/// The transforms of 2, 3, 4 and 5 values, in place.
template <std::size_t radix> N2M_INLINE void butterfly(Complex (&v)[radix]) {
    if constexpr (radix == 2) {
        const Complex a = v[0], b = v[1];
        v[0] = a + b;
        v[1] = a - b;
    } else if constexpr (radix == 3) {
        constexpr float sine = 0.86602540378443864676f;
        const Complex sum = v[1] + v[2], difference = sine * turned(v[1] - v[2]);
        const Complex middle = v[0] - 0.5f * sum;
        v[0] = v[0] + sum;
        v[1] = middle + difference;
        v[2] = middle - difference;
    } else if constexpr (radix == 4) {
        const Complex a = v[0] + v[2], b = v[0] - v[2], c = v[1] + v[3], d = turned(v[1] - v[3]);
        v[0] = a + c;
        v[1] = b + d;
        v[2] = a - c;
        v[3] = b - d;
    } else {
        constexpr float c1 = 0.30901699437494742410f, c2 = -0.80901699437494742410f;
        constexpr float s1 = 0.95105651629515357212f, s2 = 0.58778525229247312917f;
        const Complex a = v[1] + v[4], b = v[2] + v[3], c = turned(v[1] - v[4]), d = turned(v[2] - v[3]);
        const Complex near = v[0] + (c1 * a + c2 * b), far = v[0] + (c2 * a + c1 * b);
        const Complex nearTurn = s1 * c + s2 * d, farTurn = s2 * c - s1 * d;
        v[0] = v[0] + (a + b);
        v[1] = near + nearTurn;
        v[2] = far + farTurn;
        v[3] = far - farTurn;
        v[4] = near - nearTurn;
    }
}

/// One pass: value q + stride·(p + parts·k) of `from`, k < radix, becomes q + stride·(radix·p + k) of `to`.
template <std::size_t radix>
N2M_INLINE void pass(const float* __restrict from, float* __restrict to, const float* twiddles, std::size_t parts,
                     std::size_t stride) {
    for (std::size_t p = 0; p < parts; ++p) {
        Complex factors[radix];
        for (std::size_t k = 0; k < radix; ++k)
            factors[k] = {twiddles[2 * (p * radix + k)], twiddles[2 * (p * radix + k) + 1]};
        for (std::size_t q = 0; q < stride; ++q) {
            const float* in = from + row * (q + stride * p);
            float* out = to + row * (q + stride * radix * p);
#pragma GCC ivdep
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                Complex v[radix];
                for (std::size_t k = 0; k < radix; ++k)
                    v[k] = load(in + row * stride * parts * k, lane);
                butterfly(v);
                store(out, lane, v[0]);
                for (std::size_t k = 1; k < radix; ++k)
                    store(out + row * stride * k, lane, factors[k] * v[k]);
            }
        }
    }
}

N2M_CLONES void pass2(const float* from, float* to, const float* twiddles, std::size_t parts, std::size_t stride) {
    pass<2>(from, to, twiddles, parts, stride);
}
N2M_CLONES void pass3(const float* from, float* to, const float* twiddles, std::size_t parts, std::size_t stride) {
    pass<3>(from, to, twiddles, parts, stride);
}
N2M_CLONES void pass4(const float* from, float* to, const float* twiddles, std::size_t parts, std::size_t stride) {
    pass<4>(from, to, twiddles, parts, stride);
}
N2M_CLONES void pass5(const float* from, float* to, const float* twiddles, std::size_t parts, std::size_t stride) {
    pass<5>(from, to, twiddles, parts, stride);
}

/// A pass of any radix, from the definition of the transform. `roots`: the powers of e^{−2πi/radix}.
N2M_CLONES void passAny(const float* __restrict from, float* __restrict to, const float* twiddles, std::size_t radix,
                        std::size_t parts, std::size_t stride, const float* roots) {
    for (std::size_t p = 0; p < parts; ++p) {
        for (std::size_t q = 0; q < stride; ++q) {
            for (std::size_t k = 0; k < radix; ++k) {
                const Complex factor{twiddles[2 * (p * radix + k)], twiddles[2 * (p * radix + k) + 1]};
                float* out = to + row * (q + stride * (radix * p + k));
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    Complex sum{0.0f, 0.0f};
                    for (std::size_t j = 0; j < radix; ++j) {
                        const std::size_t power = j * k % radix;
                        sum = sum + Complex{roots[2 * power], roots[2 * power + 1]} *
                                        load(from + row * (q + stride * (p + parts * j)), lane);
                    }
                    store(out, lane, factor * sum);
                }
            }
        }
    }
}

/// The spectrum of real values x from Z, the transform of x[2n] + i·x[2n+1]: X[k] = E[k] + e^{−2πi k/length} O[k].
N2M_CLONES void split(const float* __restrict half, float* __restrict spectrum, const float* turns, std::size_t count) {
    for (std::size_t k = 0; k <= count; ++k) {
        const float* one = half + row * (k % count);
        const float* other = half + row * ((count - k) % count);
        float* out = spectrum + row * k;
        const Complex turn{turns[2 * k], turns[2 * k + 1]};
#pragma GCC ivdep
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const Complex z = load(one, lane), mirrored{other[lane], -other[lanes + lane]};
            store(out, lane, 0.5f * (z + mirrored) + turn * (0.5f * turned(z - mirrored)));
        }
    }
}

/// The reverse of split, conjugated and scaled: so a forward transform of it gives the conjugate of the inverse one.
N2M_CLONES void join(const float* __restrict spectrum, float* __restrict half, const float* turns, std::size_t count) {
    const float scale = 0.5f / static_cast<float>(count);
    for (std::size_t k = 0; k < count; ++k) {
        const float* one = spectrum + row * k;
        const float* other = spectrum + row * (count - k);
        float* out = half + row * k;
        const Complex back{turns[2 * k], -turns[2 * k + 1]};
        const float imaginary = k == 0 ? 0.0f : 1.0f; // those of the first and last bin are ignored
#pragma GCC ivdep
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const Complex x{one[lane], imaginary * one[lanes + lane]};
            const Complex mirrored{other[lane], -imaginary * other[lanes + lane]};
            const Complex odd = back * (x - mirrored);
            // E + i·O
            const Complex z = scale * ((x + mirrored) - turned(odd));
            store(out, lane, {z.re, -z.im});
        }
    }
}

std::vector<float> turnsOf(std::size_t count, double length) {
    std::vector<float> turns;
    for (std::size_t k = 0; k < count; ++k) {
        const double angle = -2.0 * std::numbers::pi * static_cast<double>(k) / length;
        turns.push_back(static_cast<float>(std::cos(angle)));
        turns.push_back(static_cast<float>(std::sin(angle)));
    }
    return turns;
}

} // namespace

BatchFft::BatchFft(int length)
    : m_length(length) {
    if (length < 2 || length % 2 != 0) throw std::invalid_argument("a Fourier transform's length must be even");
    const auto half = static_cast<std::size_t>(length / 2);
    std::size_t left = half, stride = 1;
    while (left > 1) {
        std::size_t radix = 4;
        if (left % 4 != 0)
            for (radix = 2; left % radix != 0;)
                ++radix;
        const std::size_t parts = left / radix;
        m_passes.push_back({radix, parts, stride, m_twiddles.size()});
        for (std::size_t p = 0; p < parts; ++p) {
            for (std::size_t k = 0; k < radix; ++k) {
                const double angle =
                    -2.0 * std::numbers::pi * static_cast<double>(p * k) / static_cast<double>(radix * parts);
                m_twiddles.push_back(static_cast<float>(std::cos(angle)));
                m_twiddles.push_back(static_cast<float>(std::sin(angle)));
            }
        }
        left = parts;
        stride *= radix;
    }
    m_halfTurns = turnsOf(half + 1, length);
    for (LaneVector& work : m_work)
        work.resize(half * row);
}

float* BatchFft::transform() {
    float *from = m_work[0].data(), *to = m_work[1].data();
    for (const Pass& pass : m_passes) {
        const float* twiddles = m_twiddles.data() + pass.twiddles;
        switch (pass.radix) {
        case 2:
            pass2(from, to, twiddles, pass.parts, pass.stride);
            break;
        case 3:
            pass3(from, to, twiddles, pass.parts, pass.stride);
            break;
        case 4:
            pass4(from, to, twiddles, pass.parts, pass.stride);
            break;
        case 5:
            pass5(from, to, twiddles, pass.parts, pass.stride);
            break;
        default:
            passAny(from, to, twiddles, pass.radix, pass.parts, pass.stride,
                    turnsOf(pass.radix, static_cast<double>(pass.radix)).data());
        }
        std::swap(from, to);
    }
    return from;
}

void BatchFft::forward(std::span<float> samples, std::span<float> spectrum) {
    if (samples.size() != sampleCount() || spectrum.size() != spectrumCount())
        throw std::invalid_argument("a Fourier transform got the wrong number of values");
    // Rows 2n and 2n+1 of the samples are the two parts of complex value n.
    std::copy(samples.begin(), samples.end(), m_work[0].begin());
    split(transform(), spectrum.data(), m_halfTurns.data(), static_cast<std::size_t>(m_length / 2));
}

void BatchFft::inverse(std::span<const float> spectrum, std::span<float> samples) {
    if (samples.size() != sampleCount() || spectrum.size() != spectrumCount())
        throw std::invalid_argument("an inverse Fourier transform got the wrong number of values");
    join(spectrum.data(), m_work[0].data(), m_halfTurns.data(), static_cast<std::size_t>(m_length / 2));
    const float* found = transform();
    for (std::size_t n = 0; n < samples.size(); n += row) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            samples[n + lane] = found[n + lane];
            samples[n + lanes + lane] = -found[n + lanes + lane];
        }
    }
}

} // namespace n2m::audio
