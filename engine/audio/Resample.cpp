#include "engine/audio/Resample.h"

#include "engine/audio/RealFft.h"
#include "engine/audio/Stft.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace n2m::audio {

namespace {

constexpr std::size_t blockSamples = std::size_t{1} << 16; // fits the cache: 30 s take 23 ms, 95 ms in blocks of 2^20
constexpr std::size_t contextSamples = 4096;               // on each side, at the lower of the two rates
constexpr int largestTerm = 200000, largestPrime = 6000;

int largestPrimeFactor(int number) {
    int largest = 1;
    for (int prime = 2; prime * prime <= number; ++prime)
        for (; number % prime == 0; number /= prime)
            largest = prime;
    return std::max(largest, number);
}

/// Reduces from/to to lowest terms.
struct Ratio {
    std::size_t from, to;
};

Ratio reduced(int from, int to) {
    if (from < 1 || to < 1) throw base::InvalidInput("a sample rate must be positive");
    const int common = std::gcd(from, to);
    for (const int term : {from / common, to / common})
        if (term > largestTerm || largestPrimeFactor(term) > largestPrime)
            throw base::InvalidInput("these two sample rates have no simple enough ratio to convert between them");
    return {static_cast<std::size_t>(from / common), static_cast<std::size_t>(to / common)};
}

/// Resamples one whole period, of an even number of samples at either rate.
class PeriodicResampler {
public:
    PeriodicResampler(std::size_t inputs, std::size_t outputs)
        : m_forward(static_cast<int>(inputs))
        , m_inverse(static_cast<int>(outputs))
        , m_spectrum(static_cast<std::size_t>(std::max(m_forward.bins(), m_inverse.bins()))) {}

    void run(std::span<const float> inputs, std::span<float> outputs) {
        const auto inBins = static_cast<std::size_t>(m_forward.bins());
        const auto outBins = static_cast<std::size_t>(m_inverse.bins());
        const std::span<std::complex<float>> spectrum(m_spectrum);
        m_forward.forward(inputs, spectrum.first(inBins));
        std::fill(spectrum.begin() + static_cast<std::ptrdiff_t>(inBins), spectrum.end(), 0.0f);
        // The bin at the lower Nyquist frequency contains a wave and its mirror image: when the spectrum grows it is
        // divided between the two, when it shrinks the two are added.
        if (outBins > inBins) spectrum[inBins - 1] *= 0.5f;
        if (outBins < inBins) spectrum[outBins - 1] *= 2.0f;
        m_inverse.inverse(spectrum.first(outBins), outputs);
        const float scale = static_cast<float>(m_inverse.length()) / static_cast<float>(m_forward.length());
        for (float& sample : outputs)
            sample *= scale;
    }

private:
    RealFft m_forward, m_inverse;
    std::vector<std::complex<float>> m_spectrum;
};

std::vector<float> resamplePeriodic(std::span<const float> samples, const Ratio& ratio) {
    if (samples.size() * ratio.to % ratio.from != 0)
        throw base::InvalidInput("a period must be a whole number of samples at both rates");
    const std::size_t outputs =
        samples.size() / ratio.from * ratio.to + samples.size() % ratio.from * ratio.to / ratio.from;
    // Twice the period makes both lengths even.
    std::vector<float> doubled(samples.begin(), samples.end());
    doubled.insert(doubled.end(), samples.begin(), samples.end());
    std::vector<float> result(2 * outputs);
    PeriodicResampler(doubled.size(), result.size()).run(doubled, result);
    result.resize(outputs);
    return result;
}

std::vector<float> resampleReflected(std::span<const float> samples, const Ratio& ratio, std::size_t outputs) {
    // Everything is counted in units of `from` input samples, which are `to` output samples.
    const auto units = [&](std::size_t count) { return (count + ratio.from - 1) / ratio.from; };
    const std::size_t context = units(contextSamples * std::max(ratio.from, ratio.to) / ratio.to);
    const std::size_t core = units(std::min(samples.size(), std::max(blockSamples, ratio.from)));
    const auto period = static_cast<std::size_t>(fastLength(static_cast<int>(core + 2 * context)));

    std::vector<float> block(period * ratio.from), resampled(period * ratio.to), result(outputs);
    PeriodicResampler resampler(block.size(), resampled.size());
    const std::size_t fade = context * ratio.from / 2;
    for (std::size_t unit = 0; unit * ratio.to < outputs; unit += core) {
        const auto first =
            static_cast<std::ptrdiff_t>(unit * ratio.from) - static_cast<std::ptrdiff_t>(context * ratio.from);
        for (std::size_t i = 0; i < block.size(); ++i)
            block[i] = samples[reflected(first + static_cast<std::ptrdiff_t>(i), samples.size())];
        // A block repeats itself: it goes to zero at both ends, in the outer half of its context.
        for (std::size_t i = 0; i < fade; ++i) {
            const double turn = std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(fade);
            const auto weight = static_cast<float>(0.5 - 0.5 * std::cos(turn));
            block[i] *= weight;
            block[block.size() - 1 - i] *= weight;
        }
        resampler.run(block, resampled);
        const std::size_t count = std::min(core * ratio.to, outputs - unit * ratio.to);
        std::copy_n(resampled.begin() + static_cast<std::ptrdiff_t>(context * ratio.to), count,
                    result.begin() + static_cast<std::ptrdiff_t>(unit * ratio.to));
    }
    return result;
}

} // namespace

std::size_t resampledLength(std::size_t samples, int from, int to) {
    const auto divisor = static_cast<std::size_t>(from), factor = static_cast<std::size_t>(to);
    return samples / divisor * factor + (samples % divisor * factor + divisor / 2) / divisor;
}

std::vector<float> resampleFourier(std::span<const float> samples, int from, int to, Edges edges) {
    const Ratio ratio = reduced(from, to);
    if (from == to || samples.empty()) return {samples.begin(), samples.end()};
    if (edges == Edges::Periodic) return resamplePeriodic(samples, ratio);
    return resampleReflected(samples, ratio, resampledLength(samples.size(), from, to));
}

Clip resample(const Clip& clip, int sampleRate) {
    if (clip.sampleRate == sampleRate) return clip;
    if (clip.channels < 1) throw base::InvalidInput("a clip without channels cannot be resampled");
    const auto channels = static_cast<std::size_t>(clip.channels);
    Clip result{{}, sampleRate, clip.channels};
    std::vector<float> one(clip.frames());
    for (std::size_t channel = 0; channel < channels; ++channel) {
        for (std::size_t frame = 0; frame < one.size(); ++frame)
            one[frame] = clip.samples[frame * channels + channel];
        const std::vector<float> converted = resampleFourier(one, clip.sampleRate, sampleRate);
        result.samples.resize(converted.size() * channels);
        for (std::size_t frame = 0; frame < converted.size(); ++frame)
            result.samples[frame * channels + channel] = converted[frame];
    }
    return result;
}

} // namespace n2m::audio
