#include "engine/audio/SpectralDistance.h"

#include "engine/audio/Stft.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr int windows[] = {256, 512, 1024, 2048, 4096};
constexpr float smallestPower = 1e-7f; // as in the authors' own programs and those of others

ResolutionDistance distanceAt(int window, std::span<const float> original, std::span<const float> reconstruction) {
    const Stft stft(window, window / 4);
    const std::vector<std::complex<float>> left = stft.forward(original);
    double difference = 0.0, energy = 0.0, logarithmic = 0.0;
    stft.forward(reconstruction, [&](std::size_t frame, std::span<const std::complex<float>> right) {
        const std::complex<float>* other = left.data() + frame * right.size();
        for (std::size_t bin = 0; bin < right.size(); ++bin) {
            const float powerX = std::max(std::norm(other[bin]), smallestPower);
            const float powerY = std::max(std::norm(right[bin]), smallestPower);
            const double gap = std::sqrt(powerX) - std::sqrt(powerY);
            difference += gap * gap;
            energy += powerX;
            logarithmic += std::abs(0.5f * std::log(powerX / powerY));
        }
    });
    return {window, std::sqrt(difference / energy), logarithmic / static_cast<double>(left.size())};
}

} // namespace

SpectralDistance spectralDistance(std::span<const float> original, std::span<const float> reconstruction) {
    if (original.size() != reconstruction.size())
        throw std::invalid_argument("two sounds of different lengths cannot be compared");
    if (original.size() < 1024) throw std::invalid_argument("sounds of fewer than 1,024 samples cannot be compared");
    SpectralDistance result;
    for (const int window : windows) {
        result.resolutions.push_back(distanceAt(window, original, reconstruction));
        result.convergence += result.resolutions.back().convergence / std::size(windows);
        result.logarithmic += result.resolutions.back().logarithmic / std::size(windows);
    }
    return result;
}

SpectralStatistics spectralStatistics(std::span<const float> samples, int sampleRate) {
    if (sampleRate < 1 || samples.size() < 512)
        throw std::invalid_argument("the statistics of a sound need a sample rate and at least 512 samples");
    SpectralStatistics result;
    double energy = 0.0;
    for (const float sample : samples) {
        result.dc += sample;
        result.peak = std::max(result.peak, std::abs(static_cast<double>(sample)));
        energy += static_cast<double>(sample) * sample;
    }
    result.dc /= static_cast<double>(samples.size());
    if (energy == 0.0) return result;
    result.crest = 20.0 * std::log10(result.peak / std::sqrt(energy / static_cast<double>(samples.size())));

    const Stft stft(2048, 512);
    std::vector<double> power(static_cast<std::size_t>(stft.bins()), 0.0);
    stft.forward(samples, [&](std::size_t, std::span<const std::complex<float>> spectrum) {
        for (std::size_t bin = 0; bin < power.size(); ++bin)
            power[bin] += std::norm(spectrum[bin]);
    });
    double sum = 0.0, logarithms = 0.0;
    const double binWidth = static_cast<double>(sampleRate) / stft.window();
    for (std::size_t bin = 0; bin < power.size(); ++bin) {
        sum += power[bin];
        result.centroid += power[bin] * static_cast<double>(bin) * binWidth;
        logarithms += std::log(std::max(power[bin], 1e-300));
    }
    result.centroid /= sum;
    const auto count = static_cast<double>(power.size());
    result.flatness = std::exp(logarithms / count) / (sum / count);
    double below = 0.0;
    for (std::size_t bin = 0; bin < power.size() && below < 0.95 * sum; ++bin) {
        below += power[bin];
        result.rolloff = static_cast<double>(bin) * binWidth;
    }
    return result;
}

} // namespace n2m::audio
