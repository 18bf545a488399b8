#include "engine/evaluation/TempoDetector.h"

#include "engine/plan/PlanChannels.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace n2m::evaluation {
namespace {

constexpr double slowest = 50.0, fastest = 190.0, step = 1.0025; // bpm; from one candidate to the next
constexpr double preferred = 110.0, octaves = 1.0;
constexpr int beats = 12;
constexpr double rise = 0.03, around = 0.5; // seconds

std::vector<float> lessItsSurroundings(const std::vector<float>& values, std::size_t reach) {
    std::vector<double> sums(values.size() + 1, 0.0);
    for (std::size_t i = 0; i < values.size(); ++i)
        sums[i + 1] = sums[i] + values[i];
    std::vector<float> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t from = i > reach ? i - reach : 0, to = std::min(values.size(), i + reach + 1);
        const double mean = (sums[to] - sums[from]) / static_cast<double>(to - from);
        result[i] = std::max(0.0f, values[i] - static_cast<float>(mean));
    }
    return result;
}

/// The unbiased autocorrelation, 1 at lag 0. Empty if the values are constant.
std::vector<double> autocorrelation(std::span<const float> values, std::size_t lags) {
    double mean = 0.0;
    for (const float value : values)
        mean += value / static_cast<double>(values.size());
    std::vector<float> centred(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        centred[i] = values[i] - static_cast<float>(mean);
    std::vector<double> result(lags + 1);
    for (std::size_t lag = 0; lag <= lags; ++lag) {
        float sum = 0.0f; // a plain loop that the compiler can keep in vector registers
        for (std::size_t i = lag; i < centred.size(); ++i)
            sum += centred[i] * centred[i - lag];
        result[lag] = static_cast<double>(sum) / static_cast<double>(centred.size() - lag);
    }
    const double power = result.front();
    if (!(power > 1e-12)) return {};
    for (double& value : result)
        value /= power;
    return result;
}

double interpolated(const std::vector<double>& values, double place) {
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= values.size()) return values.back();
    const double part = place - static_cast<double>(below);
    return values[below] * (1.0 - part) + values[below + 1] * part;
}

} // namespace

std::vector<std::vector<float>> onsetStrengths(const Spectrogram& spectrogram, int groups) {
    const std::size_t frames = spectrogram.frames(), bands = static_cast<std::size_t>(spectrogram.bands);
    const auto lag = static_cast<std::size_t>(std::lround(rise * spectrogram.frameRate));
    const auto reach = static_cast<std::size_t>(std::lround(around * spectrogram.frameRate));
    const auto count = static_cast<std::size_t>(groups);
    std::vector<std::vector<float>> result;
    for (std::size_t group = 0; group < count; ++group) {
        const std::size_t from = bands * group / count, to = bands * (group + 1) / count;
        std::vector<float> flux(frames, 0.0f);
        for (std::size_t band = from; band < to; ++band)
            for (std::size_t frame = lag; frame < frames; ++frame)
                flux[frame] += std::max(0.0f, spectrogram.at(band, frame) - spectrogram.at(band, frame - lag)) /
                               static_cast<float>(to - from);
        result.push_back(lessItsSurroundings(flux, reach));
    }
    return result;
}

TempoReading detectTempo(const Spectrogram& spectrogram) {
    // Multiples of a beat that leave too little of the clip to compare are ignored.
    const auto lags = static_cast<std::size_t>(
        std::min(0.75 * static_cast<double>(spectrogram.frames()), beats * 60.0 / slowest * spectrogram.frameRate));
    TempoReading best;
    if (static_cast<double>(lags) < 60.0 / slowest * spectrogram.frameRate) return best;
    std::vector<double> mean(lags + 1, 0.0);
    int sounding = 0;
    for (const auto& strength : onsetStrengths(spectrogram)) {
        const auto repetition = autocorrelation(strength, lags);
        if (repetition.empty()) continue;
        ++sounding;
        for (std::size_t lag = 0; lag <= lags; ++lag)
            mean[lag] += repetition[lag];
    }
    if (sounding == 0) return best;

    double bestScore = 0.0;
    for (double bpm = slowest; bpm <= fastest; bpm *= step) {
        const double beat = 60.0 / bpm * spectrogram.frameRate;
        double sum = 0.0;
        int used = 0;
        for (int multiple = 1; multiple <= beats && beat * multiple <= static_cast<double>(lags); ++multiple, ++used)
            sum += interpolated(mean, beat * multiple);
        const double strength = sum / (used * sounding);
        const double distance = std::log2(bpm / preferred) / octaves;
        const double score = strength * std::exp(-0.5 * distance * distance);
        if (score > bestScore) {
            bestScore = score;
            best = {bpm, strength};
        }
    }
    return best;
}

bool sameTempo(double heard, double wanted) {
    return heard > 0.0 && wanted > 0.0 && std::abs(heard / wanted - 1.0) <= 0.05;
}

bool sameTempoOrOctave(double heard, double wanted, int beatsPerBar) {
    if (sameTempo(heard, wanted) || sameTempo(heard, wanted * 2.0) || sameTempo(heard, wanted / 2.0)) return true;
    return beatsPerBar % 3 == 0 && (sameTempo(heard, wanted * 3.0) || sameTempo(heard, wanted / 3.0));
}

std::optional<double> beatAgreement(const Spectrogram& spectrogram, const plan::Plan& plan) {
    const std::size_t frames = spectrogram.frames();
    if (frames == 0) return std::nullopt;
    const auto channels = plan::planChannels(plan, static_cast<int>(frames), spectrogram.frameRate);
    const auto bumps = std::span(channels).subspan(plan::BeatBump * frames, frames);
    const std::vector<float> onsets = onsetStrengths(spectrogram, 1).front();
    double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (std::size_t i = 0; i < frames; ++i) {
        const double x = bumps[i], y = onsets[i];
        sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    }
    const double n = static_cast<double>(frames);
    const double vx = sxx - sx * sx / n, vy = syy - sy * sy / n;
    if (!(vx > 1e-9 && vy > 1e-9)) return std::nullopt;
    return (sxy - sx * sy / n) / std::sqrt(vx * vy);
}

} // namespace n2m::evaluation
