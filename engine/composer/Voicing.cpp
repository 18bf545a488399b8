#include "engine/composer/Voicing.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace n2m::composer {

namespace {

bool has(const plan::Chord& chord, int semitones) {
    return (chord.tones >> ((chord.root + semitones) % 12) & 1) != 0;
}

// The tones that `voices` can play: the fifth is left out first, then the root, which the bass plays.
std::vector<int> essential(const plan::Chord& chord, int voices) {
    std::vector<int> tones = chordTones(chord);
    const auto drop = [&](int semitones) {
        if (static_cast<int>(tones.size()) > voices) std::erase(tones, (chord.root + semitones) % 12);
    };
    if (tones.size() > 3) drop(7);
    if (tones.size() > 3) drop(0);
    while (static_cast<int>(tones.size()) > voices)
        tones.pop_back();
    return tones;
}

} // namespace

std::vector<int> chordTones(const plan::Chord& chord) {
    std::vector<int> tones;
    for (int semitones = 0; semitones < 12; ++semitones)
        if (has(chord, semitones)) tones.push_back((chord.root + semitones) % 12);
    return tones;
}

bool isChordTone(const plan::Chord& chord, int pitch) {
    return (chord.tones >> (pitch % 12) & 1) != 0;
}

int pitchFrom(int pitchClass, int low) {
    return low + ((pitchClass - low) % 12 + 12) % 12;
}

int fifthOf(const plan::Chord& chord) {
    return has(chord, 7) ? 7 : has(chord, 6) ? 6 : has(chord, 8) ? 8 : 7;
}

int thirdOf(const plan::Chord& chord) {
    return has(chord, 4) ? 4 : has(chord, 3) ? 3 : has(chord, 5) ? 5 : has(chord, 2) ? 2 : 7;
}

std::vector<int> voiced(const plan::Chord& chord, int low, int high, int voices, const std::vector<int>& before) {
    const std::vector<int> tones = essential(chord, voices);
    if (tones.empty()) return {};
    std::vector<int> best;
    double bestCost = std::numeric_limits<double>::infinity();
    for (int bottom = low; bottom <= high; ++bottom) {
        if (std::find(tones.begin(), tones.end(), bottom % 12) == tones.end()) continue;
        std::vector<int> candidate;
        const auto size = std::max<std::size_t>(tones.size(), static_cast<std::size_t>(std::min(voices, 4)));
        for (int pitch = bottom; pitch <= high && candidate.size() < size; ++pitch)
            if (std::find(tones.begin(), tones.end(), pitch % 12) != tones.end()) candidate.push_back(pitch);
        if (candidate.size() < tones.size()) continue;
        double cost = 0.15 * std::abs(2 * bottom + 8 - low - high);
        for (std::size_t n = 0; n < candidate.size() && !before.empty(); ++n)
            cost += std::abs(candidate[n] - before[std::min(n, before.size() - 1)]);
        // A semitone or tone at the bottom growls.
        if (candidate.size() > 1 && candidate[1] - candidate[0] < 3 && candidate[0] < 55) cost += 4.0;
        if (cost < bestCost) {
            bestCost = cost;
            best = candidate;
        }
    }
    // A range of less than an octave may hold no whole chord: take what there is.
    if (best.empty()) {
        for (const int tone : tones)
            best.push_back(pitchFrom(tone, low));
        std::sort(best.begin(), best.end());
    }
    return best;
}

} // namespace n2m::composer
