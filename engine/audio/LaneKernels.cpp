#include "engine/audio/LaneKernels.h"

#include "engine/base/VectorClones.h"

#include <cmath>

namespace n2m::audio::kernels {

namespace {

/// One row in a register or several.
using Row = float __attribute__((vector_size(sizeof(float) * lanes), aligned(sizeof(float)), may_alias));

constexpr std::size_t tile = 16; // rows that fit the first cache

} // namespace

N2M_CLONES void toRows(const float* __restrict columns, float* __restrict rows, std::size_t length) {
    for (std::size_t first = 0; first < length; first += tile) {
        const std::size_t count = length - first < tile ? length - first : tile;
        for (std::size_t lane = 0; lane < lanes; ++lane)
            for (std::size_t n = 0; n < count; ++n)
                rows[(first + n) * lanes + lane] = columns[lane * length + first + n];
    }
}

N2M_CLONES void toColumns(const float* __restrict rows, float* __restrict columns, std::size_t length) {
    for (std::size_t first = 0; first < length; first += tile) {
        const std::size_t count = length - first < tile ? length - first : tile;
        for (std::size_t lane = 0; lane < lanes; ++lane)
            for (std::size_t n = 0; n < count; ++n)
                columns[lane * length + first + n] = rows[(first + n) * lanes + lane];
    }
}

N2M_CLONES void improve(float* __restrict spectrum, float* __restrict previous, const float* __restrict magnitudes,
                        std::size_t bins, float momentum) {
    for (std::size_t bin = 0; bin < bins; ++bin) {
        float *now = spectrum + bin * 2 * lanes, *last = previous + bin * 2 * lanes;
        const float* magnitude = magnitudes + bin * lanes;
#pragma GCC ivdep
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const float nowReal = now[lane], nowImaginary = now[lanes + lane];
            const float real = nowReal + momentum * (nowReal - last[lane]);
            const float imaginary = nowImaginary + momentum * (nowImaginary - last[lanes + lane]);
            last[lane] = nowReal;
            last[lanes + lane] = nowImaginary;
            const float power = real * real + imaginary * imaginary;
            const float scale = power > 0.0f ? magnitude[lane] / std::sqrt(power) : 0.0f;
            now[lane] = real * scale;
            now[lanes + lane] = imaginary * scale;
        }
    }
}

N2M_CLONES void powers(const float* __restrict spectrum, float* __restrict power, std::size_t bins, float smallest) {
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const float* now = spectrum + bin * 2 * lanes;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const float value = now[lane] * now[lane] + now[lanes + lane] * now[lanes + lane];
            power[bin * lanes + lane] = value > smallest ? value : smallest;
        }
    }
}

N2M_CLONES void roots(float* values, std::size_t rows) {
    for (std::size_t i = 0; i < rows * lanes; ++i)
        values[i] = std::sqrt(values[i]);
}

N2M_CLONES void approachBands(float* power, const float* wanted, float* ratios, const Band* bands,
                              std::size_t bandCount, const BinShares* shares, std::size_t begin, std::size_t end) {
    auto* powerRows = reinterpret_cast<Row*>(power);
    auto* ratioRows = reinterpret_cast<Row*>(ratios);
    const auto* wantedRows = reinterpret_cast<const Row*>(wanted);
    for (std::size_t band = 0; band < bandCount; ++band) {
        const auto [weights, first, count] = bands[band];
        Row sum = weights[0] * powerRows[first];
        for (std::size_t i = 1; i < count; ++i)
            sum += weights[i] * powerRows[first + i];
        ratioRows[band] = wantedRows[band] / sum;
    }
    for (std::size_t bin = begin; bin < end; ++bin) {
        const auto [one, other, oneShare, otherShare] = shares[bin];
        powerRows[bin] *= oneShare * ratioRows[one] + otherShare * ratioRows[other];
    }
}

} // namespace n2m::audio::kernels
