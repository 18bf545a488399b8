#include "engine/embedding/Measures.h"

#include "engine/base/Error.h"
#include "engine/embedding/JointEmbedding.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace n2m::embedding {

namespace {

std::vector<double> ranksOf(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from + 1;
        while (to < order.size() && values[order[to]] == values[order[from]])
            ++to;
        for (std::size_t n = from; n < to; ++n)
            ranks[order[n]] = static_cast<double>(from + to - 1) / 2.0;
        from = to;
    }
    return ranks;
}

} // namespace

Recall recallOf(std::span<const std::vector<float>> queries, std::span<const std::vector<float>> answers) {
    if (queries.empty() || queries.size() != answers.size())
        throw base::InvalidInput("recall needs as many answers as queries, and at least one");
    int first = 0, five = 0, ten = 0;
    for (std::size_t query = 0; query < queries.size(); ++query) {
        const double own = similarity(queries[query], answers[query]);
        int nearer = 0;
        for (const std::vector<float>& answer : answers)
            nearer += similarity(queries[query], answer) > own ? 1 : 0;
        first += nearer < 1 ? 1 : 0;
        five += nearer < 5 ? 1 : 0;
        ten += nearer < 10 ? 1 : 0;
    }
    const auto count = static_cast<double>(queries.size());
    return {first / count, five / count, ten / count, static_cast<int>(answers.size())};
}

double rankCorrelation(std::span<const double> a, std::span<const double> b) {
    if (a.size() != b.size()) throw base::InvalidInput("a correlation needs two lists of one length");
    if (a.size() < 2) return 0.0;
    const std::vector<double> first = ranksOf(a), second = ranksOf(b);
    const double mean = static_cast<double>(a.size() - 1) / 2.0;
    double both = 0.0, squareA = 0.0, squareB = 0.0;
    for (std::size_t n = 0; n < first.size(); ++n) {
        both += (first[n] - mean) * (second[n] - mean);
        squareA += (first[n] - mean) * (first[n] - mean);
        squareB += (second[n] - mean) * (second[n] - mean);
    }
    return squareA > 0.0 && squareB > 0.0 ? both / std::sqrt(squareA * squareB) : 0.0;
}

std::vector<double> pairSimilarities(std::span<const std::vector<float>> vectors) {
    std::vector<double> result;
    for (std::size_t a = 0; a < vectors.size(); ++a)
        for (std::size_t b = a + 1; b < vectors.size(); ++b)
            result.push_back(similarity(vectors[a], vectors[b]));
    return result;
}

} // namespace n2m::embedding
