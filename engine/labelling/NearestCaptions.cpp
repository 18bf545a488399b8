#include "engine/labelling/NearestCaptions.h"

#include "engine/base/Random.h"

#include <algorithm>
#include <array>
#include <map>

namespace n2m::labelling {

namespace {

bool isNearer(const ScoredCaption& a, const ScoredCaption& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.caption < b.caption;
}

/// The scalar product in eight sums, which the compiler keeps in one register; always in the same order.
float product(const std::vector<float>& a, const std::vector<float>& b) {
    std::array<float, 8> sums{};
    const std::size_t size = std::min(a.size(), b.size()), whole = size / 8 * 8;
    for (std::size_t n = 0; n < whole; n += 8) {
        for (std::size_t lane = 0; lane < 8; ++lane)
            sums[lane] += a[n + lane] * b[n + lane];
    }
    for (std::size_t n = whole; n < size; ++n)
        sums[n - whole] += a[n] * b[n];
    float total = 0.0F;
    for (const float sum : sums)
        total += sum;
    return total;
}

} // namespace

NearestCaptions::NearestCaptions(std::vector<std::vector<float>> clips, std::size_t keep)
    : m_clips(std::move(clips))
    , m_keep(keep)
    , m_nearest(m_clips.size()) {}

void NearestCaptions::add(std::span<const std::vector<float>> captions) {
    for (std::size_t clip = 0; clip < m_clips.size(); ++clip) {
        std::vector<ScoredCaption>& heap = m_nearest[clip];
        for (std::size_t n = 0; n < captions.size(); ++n) {
            const ScoredCaption scored{m_captions + n, product(m_clips[clip], captions[n])};
            if (heap.size() == m_keep) {
                if (m_keep == 0 || !isNearer(scored, heap.front())) continue;
                std::pop_heap(heap.begin(), heap.end(), isNearer);
                heap.pop_back();
            }
            heap.push_back(scored);
            std::push_heap(heap.begin(), heap.end(), isNearer);
        }
    }
    m_captions += captions.size();
}

std::vector<std::vector<ScoredCaption>> NearestCaptions::result() const {
    std::vector<std::vector<ScoredCaption>> sorted = m_nearest;
    for (auto& list : sorted)
        std::sort(list.begin(), list.end(), isNearer);
    return sorted;
}

std::vector<std::vector<ScoredCaption>> drawRareCaptions(const std::vector<std::vector<ScoredCaption>>& nearest,
                                                         const std::vector<std::string>& names, std::size_t count,
                                                         std::uint64_t seed) {
    std::map<std::size_t, double> chosen;
    for (const auto& list : nearest) {
        for (const ScoredCaption& scored : list)
            chosen[scored.caption] += 1.0;
    }
    std::vector<std::vector<ScoredCaption>> drawn(nearest.size());
    for (std::size_t clip = 0; clip < nearest.size(); ++clip) {
        base::Random random = base::Random(seed).stream(names.at(clip));
        std::vector<ScoredCaption> left = nearest[clip];
        std::vector<double> weights;
        for (const ScoredCaption& scored : left)
            weights.push_back(1.0 / chosen.at(scored.caption));
        while (drawn[clip].size() < count && !left.empty()) {
            const auto place = static_cast<std::ptrdiff_t>(random.weighted(weights));
            drawn[clip].push_back(left[static_cast<std::size_t>(place)]);
            left.erase(left.begin() + place);
            weights.erase(weights.begin() + place);
        }
        std::sort(drawn[clip].begin(), drawn[clip].end(), isNearer);
    }
    return drawn;
}

} // namespace n2m::labelling
