#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

namespace n2m::base {

/// Random numbers that are the same on every machine: the standard fixes std::mt19937_64 but not its distributions,
/// so those are our own. Named streams keep one decision from shifting all the later ones. One thread at a time.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_seed(seed)
        , m_engine(mixed(seed)) {}
    /// A generator of its own for a purpose: Random(seed).stream("melody").
    Random stream(std::string_view purpose) const {
        std::uint64_t hash = m_seed ^ 0x9e3779b97f4a7c15ull;
        for (const char c : purpose)
            hash = mixed(hash ^ static_cast<unsigned char>(c));
        return Random(hash);
    }

    /// In [0, 1).
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    /// In [low, high], both included.
    int integer(int low, int high) { return low + static_cast<int>(uniform() * (high - low + 1)); }
    bool chance(double probability) { return uniform() < probability; }
    /// Near a normal distribution of unit variance, within ±3.5: a sum of twelve, free of libm's rounding.
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
        for (const auto& entry : from)
            weights.push_back(entry.second);
        return from[weighted(weights)].first;
    }
    template <typename T> void shuffle(std::vector<T>& values) {
        for (std::size_t n = values.size(); n > 1; --n)
            std::swap(values[n - 1], values[static_cast<std::size_t>(uniform() * static_cast<double>(n))]);
    }

private:
    /// SplitMix64's finaliser (Steele et al., 2014): neighbouring seeds give unrelated states.
    static std::uint64_t mixed(std::uint64_t x) {
        x += 0x9e3779b97f4a7c15ull;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
        return x ^ (x >> 31);
    }
    std::uint64_t m_seed;
    std::mt19937_64 m_engine;
};

} // namespace n2m::base
