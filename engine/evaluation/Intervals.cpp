#include "engine/evaluation/Intervals.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace n2m::evaluation {
namespace {
constexpr double z = 1.959964; // of 95%
constexpr std::size_t resamples = 2000;
} // namespace

Interval Share::interval() const {
    if (count == 0) return {0.0, 1.0};
    const double n = count, p = rate(), zz = z * z / n;
    const double centre = (p + zz / 2.0) / (1.0 + zz);
    const double reach = z * std::sqrt(p * (1.0 - p) / n + zz / (4.0 * n)) / (1.0 + zz);
    return {std::max(0.0, centre - reach), std::min(1.0, centre + reach)};
}

double Sample::mean() const {
    if (values.empty()) return 0.0;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Interval Sample::interval() const {
    if (values.empty()) return {};
    std::mt19937_64 random(1);
    std::vector<double> means(resamples);
    for (double& drawn : means) {
        double sum = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += values[random() % values.size()];
        drawn = sum / static_cast<double>(values.size());
    }
    std::sort(means.begin(), means.end());
    return {means[resamples / 40], means[resamples - 1 - resamples / 40]};
}

} // namespace n2m::evaluation
