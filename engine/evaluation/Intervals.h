#pragma once

#include <cstdint>
#include <vector>

namespace n2m::evaluation {

/// The bounds of the true value with 95% confidence.
struct Interval {
    double low = 0.0, high = 0.0;
};

/// A rate with its confidence interval: hits of a count.
struct Share {
    int hits = 0, count = 0;
    void add(bool hit) {
        hits += hit ? 1 : 0;
        ++count;
    }
    double rate() const { return count > 0 ? static_cast<double>(hits) / count : 0.0; }
    /// Wilson's score interval (Wilson, 1927), which is also valid for few clips and rates near 0 and 1. [0, 1] for a
    /// count of 0.
    Interval interval() const;
};

/// A sample of values: its mean with a confidence interval.
struct Sample {
    std::vector<double> values;
    void add(double value) { values.push_back(value); }
    double mean() const;
    /// Percentile bootstrap of the mean with 2,000 resamples (Efron, 1979), from a fixed seed: the same values give the
    /// same interval. [0, 0] without values.
    Interval interval() const;
};

} // namespace n2m::evaluation
