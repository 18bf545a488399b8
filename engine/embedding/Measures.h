#pragma once

#include <span>
#include <vector>

namespace n2m::embedding {

using Vectors = std::vector<std::vector<float>>;

/// The shares of the queries whose own answer, the one of the same index, is among the nearest 1, 5 and 10 answers.
struct Recall {
    double at1 = 0.0, at5 = 0.0, at10 = 0.0;
    int among = 0; ///< answers
};

/// Recall of unit vectors. Throws base::InvalidInput where the numbers differ or there are none. Any thread, as below.
Recall recallOf(std::span<const std::vector<float>> queries, std::span<const std::vector<float>> answers);

/// Spearman's rank correlation of two lists of one length; ties get the mean of their ranks. 0 for fewer than two.
double rankCorrelation(std::span<const double> a, std::span<const double> b);

/// The similarities of all pairs of different vectors, in one order for each number of vectors.
std::vector<double> pairSimilarities(std::span<const std::vector<float>> vectors);

} // namespace n2m::embedding
