#include "engine/midi/KeyEstimate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace n2m::midi {
namespace {

using Profile = std::array<double, 12>;

// Temperley (2007), table 6.1: the chance of each degree in a piece of the mode.
constexpr Profile majorProfile{0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400};
constexpr Profile minorProfile{0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330};

double correlation(const Profile& times, const Profile& profile, int tonic) {
    const double meanTime = std::accumulate(times.begin(), times.end(), 0.0) / 12.0;
    const double meanProfile = std::accumulate(profile.begin(), profile.end(), 0.0) / 12.0;
    double both = 0.0, ofTimes = 0.0, ofProfile = 0.0;
    for (std::size_t n = 0; n < 12; ++n) {
        const double a = times[(n + static_cast<std::size_t>(tonic)) % 12] - meanTime, b = profile[n] - meanProfile;
        both += a * b;
        ofTimes += a * a;
        ofProfile += b * b;
    }
    return both / std::sqrt(std::max(ofTimes * ofProfile, 1e-30));
}

} // namespace

std::array<double, 12> pitchClassTimes(const std::vector<plan::Part>& parts) {
    std::array<double, 12> times{};
    for (const plan::Part& part : parts) {
        if (part.role == plan::Part::Role::Drums) continue;
        for (const plan::Note& note : part.notes)
            times[static_cast<std::size_t>(note.pitch % 12)] += note.end - note.start;
    }
    return times;
}

double shareInKey(const std::array<double, 12>& times, const plan::Key& key) {
    double inside = 0.0;
    for (const int step : {0, 2, 4, 5, 7, 9, 11})
        inside += times[static_cast<std::size_t>((key.tonic + step + (key.minor ? 3 : 0)) % 12)];
    const double all = std::accumulate(times.begin(), times.end(), 0.0);
    return all > 0.0 ? inside / all : 1.0;
}

plan::Key estimateKey(const std::array<double, 12>& times) {
    plan::Key best;
    double highest = 1e-9;
    for (int tonic = 0; tonic < 12; ++tonic)
        for (const bool minor : {false, true}) {
            const double fit = correlation(times, minor ? minorProfile : majorProfile, tonic);
            if (fit <= highest) continue;
            highest = fit;
            best = {tonic, minor};
        }
    return best;
}

} // namespace n2m::midi
