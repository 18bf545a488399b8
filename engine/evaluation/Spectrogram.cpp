#include "engine/evaluation/Spectrogram.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace n2m::evaluation {

Spectrogram shuffledInTime(const Spectrogram& spectrogram, std::uint64_t seed, double pieceSeconds) {
    const std::size_t frames = spectrogram.frames();
    const auto piece = static_cast<std::size_t>(std::max(1.0, std::round(pieceSeconds * spectrogram.frameRate)));
    std::vector<std::size_t> order(frames / piece); // the rest at the end stays there
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::mt19937_64 random(seed);
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);

    Spectrogram shuffled = spectrogram;
    for (std::size_t band = 0; band < static_cast<std::size_t>(spectrogram.bands); ++band) {
        const auto row = spectrogram.values.begin() + static_cast<std::ptrdiff_t>(band * frames);
        for (std::size_t i = 0; i < order.size(); ++i)
            std::copy_n(row + static_cast<std::ptrdiff_t>(order[i] * piece), piece,
                        shuffled.values.begin() + static_cast<std::ptrdiff_t>(band * frames + i * piece));
    }
    return shuffled;
}

} // namespace n2m::evaluation
