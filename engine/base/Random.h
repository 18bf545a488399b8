#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace n2m::base {

/// A seed for one purpose, such as the number of a stage, of a clip's seed: number `purpose` of the SplitMix64
/// generator (Steele et al., 2014) with state `seed`. Neighbouring seeds and purposes give unrelated results. Any
/// thread.
constexpr std::uint64_t derivedSeed(std::uint64_t seed, std::uint64_t purpose) {
    std::uint64_t x = seed + 0x9e3779b97f4a7c15u * (purpose + 1);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/// A number in [0, 1) from 64 random bits, of which it keeps the upper 53.
constexpr double unitUniform(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

/// Random numbers that are the same on every machine: the standard fixes std::mt19937_64 but not its distributions,
/// so those are our own. Named streams keep one decision from shifting all the later ones. One thread at a time.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : Random(seed, derivedSeed(seed, 0)) {}
    /// The numbers of std::mt19937_64(seed) itself. For results that were fixed before seeds were mixed.
    static Random fromEngineSeed(std::uint64_t seed) { return Random(seed, seed); }
    /// A separate generator for a purpose: Random(seed).stream("melody").
    Random stream(std::string_view purpose) const {
        std::uint64_t hash = m_seed ^ 0x9e3779b97f4a7c15u;
        for (const char c : purpose)
            hash = derivedSeed(hash ^ static_cast<unsigned char>(c), 0);
        return Random(hash);
    }

    /// In [0, 1).
    double uniform() { return unitUniform(m_engine()); }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    /// In [low, high], both included.
    int integer(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }
    bool chance(double probability) { return uniform() < probability; }
    /// Nearly a normal distribution of unit variance, within ±3.5: a sum of twelve, free of libm's rounding.
    double bell() {
        double sum = -6.0;
        for (int n = 0; n < 12; ++n)
            sum += uniform();
        return sum < -3.5 ? -3.5 : sum > 3.5 ? 3.5 : sum;
    }
    template <typename T> const T& pick(const std::vector<T>& from) {
        return from[static_cast<std::size_t>(uniform() * static_cast<double>(from.size()))];
    }
    /// An index, with probability in proportion to the weight.
    std::size_t weighted(const std::vector<double>& weights) {
        double total = 0.0;
        for (const double weight : weights)
            total += weight;
        double left = uniform() * total;
        for (std::size_t n = 0; n < weights.size(); ++n) {
            left -= weights[n];
            if (left < 0.0) return n;
        }
        return weights.size() - 1;
    }
    template <typename T> const T& weighted(const std::vector<std::pair<T, double>>& from) {
        std::vector<double> weights;
        weights.reserve(from.size());
        for (const auto& entry : from)
            weights.push_back(entry.second);
        return from[weighted(weights)].first;
    }
    template <typename T> void shuffle(std::vector<T>& values) {
        for (std::size_t n = values.size(); n > 1; --n)
            std::swap(values[n - 1], values[static_cast<std::size_t>(uniform() * static_cast<double>(n))]);
    }

private:
    Random(std::uint64_t seed, std::uint64_t engineSeed)
        : m_seed(seed)
        , m_engine(engineSeed) {}

    std::uint64_t m_seed;
    std::mt19937_64 m_engine;
};

} // namespace n2m::base
