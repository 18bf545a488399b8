#pragma once

#include "engine/audio/BatchFft.h"

#include <cstddef>
#include <cstdint>

/// Loops over the frames of a spectrogram side by side, as BatchFft has them: row n has value n of all frames of a
/// batch, one in each lane. Every row is `lanes` floats; a spectrum's bin is two rows, real and imaginary parts.
/// Pointers are to whole batches and do not overlap, except where a parameter is changed in place. Any thread.
namespace n2m::audio::kernels {

inline constexpr std::size_t lanes = BatchFft::lanes;

/// rows [length, lanes] from columns [lanes, length].
void toRows(const float* columns, float* rows, std::size_t length);
/// columns [lanes, length] from rows [length, lanes].
void toColumns(const float* rows, float* columns, std::size_t length);

/// Throws a spectrum ahead by `momentum` times its difference from the previous one, which it then becomes itself, and
/// gives it the magnitudes, for `bins` bins.
void improve(float* spectrum, float* previous, const float* magnitudes, std::size_t bins, float momentum);

/// |X|² of each bin, at least `smallest`.
void powers(const float* spectrum, float* power, std::size_t bins, float smallest);
/// Square roots, in place.
void roots(float* values, std::size_t rows);

/// A band of a filter bank: its weights begin at the bin `first`.
struct Band {
    const float* weights;
    std::size_t first, count;
};

/// The at most two bands of a bin and their weights over the sum of the weights.
struct BinShares {
    std::uint32_t one, other;
    float oneShare, otherShare;
};

/// One multiplicative update of powers [bins, lanes] for the bins from `begin` to `end`: power ← power · Wᵀ(wanted / W
/// power) / Wᵀ1. `ratios` [bands, lanes] is scratch space.
void approachBands(float* power, const float* wanted, float* ratios, const Band* bands, std::size_t bandCount,
                   const BinShares* shares, std::size_t begin, std::size_t end);

} // namespace n2m::audio::kernels
