#pragma once

#include <cstdint>
#include <vector>

namespace n2m::evaluation {

/// Where the true value lies with 95% confidence.
struct Interval {
    double low = 0.0, high = 0.0;
};

/// How many of how many: a rate that knows how sure it is.
struct Share {
    int hits = 0, count = 0;
    void add(bool hit) {
        hits += hit ? 1 : 0;
        ++count;
    }
    double rate() const { return count > 0 ? static_cast<double>(hits) / count : 0.0; }
    /// Wilson's score interval (Wilson, 1927), which holds for few clips and rates near 0 and 1 as well. [0, 1] for
    /// none.
    Interval interval() const;
};

/// Values whose mean matters.
struct Sample {
    std::vector<double> values;
    void add(double value) { values.push_back(value); }
    double mean() const;
    /// Percentile bootstrap of the mean with 2,000 resamples (Efron, 1979), from a fixed seed: the same values give the
    /// same interval. [0, 0] for none.
    Interval interval() const;
};

} // namespace n2m::evaluation
