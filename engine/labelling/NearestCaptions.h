#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A caption, by its place in a list, and its similarity to a clip.
struct ScoredCaption {
    std::size_t caption = 0;
    float similarity = 0.0F;
    bool operator==(const ScoredCaption&) const = default;
};

/// The captions that are nearest to each clip, found in batches: the vectors of all captions need not fit into memory.
/// One thread at a time.
class NearestCaptions {
public:
    /// `clips`: their vectors, all of one size. `keep`: captions per clip.
    NearestCaptions(std::vector<std::vector<float>> clips, std::size_t keep);

    /// Scores the next captions, whose places follow those of the captions before. Vectors as long as the clips'.
    void add(std::span<const std::vector<float>> captions);

    /// For each clip its nearest captions, the nearest first; of equal ones the earlier.
    std::vector<std::vector<ScoredCaption>> result() const;

private:
    std::vector<std::vector<float>> m_clips;
    std::size_t m_keep;
    std::size_t m_captions = 0;
    std::vector<std::vector<ScoredCaption>> m_nearest; ///< heaps, the worst on top
};

/// Draws `count` different captions for each clip from its nearest ones, with a probability in inverse proportion to
/// how many clips have the caption among their nearest, which balances the labels over the set (Noise2Music, §4.2). The
/// draws of a clip depend on the seed, on its name and on those numbers alone. The nearest come first in the result.
std::vector<std::vector<ScoredCaption>> drawRareCaptions(const std::vector<std::vector<ScoredCaption>>& nearest,
                                                         const std::vector<std::string>& names, std::size_t count,
                                                         std::uint64_t seed);

} // namespace n2m::labelling
