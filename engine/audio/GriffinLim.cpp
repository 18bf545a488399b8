#include "engine/audio/GriffinLim.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>
#include <thread>

namespace n2m::audio {

namespace {

constexpr float momentum = 0.99f;
// Measured on the six reference clips (see GriffinLim.h) with 32 iterations: 0, 3, 10, 30, 100 updates leave a mean
// spectral convergence of .628, .514, .461, .443, .438. Lee and Seung's other rule, for the Euclidean distance, leaves
// .628, .565, .522, .489, .467: loud bins crowd out the quiet ones.
constexpr int melUpdates = 30;
constexpr float smallestPower = 1e-20f; // of a start: multiplications do not bring zeros back

/// What the threads of one reconstruction share; every one has its own frames. A plain value but for the references.
class Reconstruction {
public:
    Reconstruction(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed, int threads)
        : m_stft(stft)
        , m_magnitudes(magnitudes)
        , m_bins(static_cast<std::size_t>(stft.bins()))
        , m_frames(magnitudes.size() / m_bins)
        , m_spectrum(magnitudes.size())
        , m_previous(magnitudes.size())
        , m_samples(m_frames * static_cast<std::size_t>(stft.hop()))
        , m_overlap(stft.overlap(m_frames)) {
        const auto parts = static_cast<std::size_t>(std::max(1, threads));
        for (std::size_t part = 0; part < parts; ++part)
            m_parts.push_back({m_frames * part / parts, m_frames * (part + 1) / parts, RealFft(stft.window()),
                               std::vector<float>(static_cast<std::size_t>(stft.window())),
                               std::vector<std::complex<float>>(m_bins)});
        std::mt19937_64 generator(seed);
        for (std::size_t i = 0; i < m_spectrum.size(); ++i) {
            // 53 random bits; std::uniform_real_distribution may differ between libraries.
            const double turn = static_cast<double>(generator() >> 11) * 0x1p-53;
            m_spectrum[i] = std::polar(m_magnitudes[i], static_cast<float>(2.0 * std::numbers::pi * turn));
        }
    }

    void synthesise() {
        inParallel([this](Part& part) { synthesise(part); });
    }
    void improve() {
        inParallel([this](Part& part) { improve(part); });
    }
    std::vector<float> takeSamples() { return std::move(m_samples); }

private:
    struct Part {
        std::size_t first, last; ///< frames, and the samples in the middle of them
        RealFft fft;
        std::vector<float> frame;
        std::vector<std::complex<float>> spectrum;
    };

    template <class Work> void inParallel(const Work& work) {
        std::vector<std::jthread> others;
        for (std::size_t part = 1; part < m_parts.size(); ++part)
            others.emplace_back([&work, &mine = m_parts[part]] { work(mine); });
        work(m_parts.front());
    }

    /// Signal from spectrum: Stft::inverse, for the part's samples. Frames at its seams are transformed by both sides.
    void synthesise(Part& part) {
        const auto hop = static_cast<std::ptrdiff_t>(m_stft.hop()),
                   window = static_cast<std::ptrdiff_t>(m_stft.window());
        const auto from = static_cast<std::ptrdiff_t>(part.first) * hop,
                   to = static_cast<std::ptrdiff_t>(part.last) * hop;
        std::fill(m_samples.begin() + from, m_samples.begin() + to, 0.0f);
        const auto reach = static_cast<std::size_t>(window / hop + 1);
        for (std::size_t frame = part.first > reach ? part.first - reach : 0;
             frame < std::min(m_frames, part.last + reach); ++frame) {
            const std::ptrdiff_t begin = m_stft.begin(frame);
            const std::ptrdiff_t start = std::max(begin, from), end = std::min(begin + window, to);
            if (start >= end) continue;
            part.fft.inverse(std::span(m_spectrum).subspan(frame * m_bins, m_bins), part.frame);
            const float* source = part.frame.data() + (start - begin);
            const float* weight = m_stft.hann().data() + (start - begin);
            float* target = m_samples.data() + start;
            for (std::ptrdiff_t i = 0; i < end - start; ++i)
                target[i] += source[i] * weight[i];
        }
        for (std::ptrdiff_t i = from; i < to; ++i)
            m_samples[static_cast<std::size_t>(i)] /= m_overlap[static_cast<std::size_t>(i)];
    }

    /// Spectrum from signal, thrown ahead by the momentum and given its magnitudes back.
    void improve(Part& part) {
        for (std::size_t frame = part.first; frame < part.last; ++frame) {
            m_stft.cut(m_samples, frame, part.frame);
            part.fft.forward(part.frame, part.spectrum);
            const float* magnitude = m_magnitudes.data() + frame * m_bins;
            std::complex<float>* previous = m_previous.data() + frame * m_bins;
            std::complex<float>* next = m_spectrum.data() + frame * m_bins;
            for (std::size_t bin = 0; bin < m_bins; ++bin) {
                const std::complex<float> now = part.spectrum[bin];
                const float real = now.real() + momentum * (now.real() - previous[bin].real());
                const float imaginary = now.imag() + momentum * (now.imag() - previous[bin].imag());
                previous[bin] = now;
                const float power = real * real + imaginary * imaginary;
                const float scale = power > 0.0f ? magnitude[bin] / std::sqrt(power) : 0.0f;
                next[bin] = {real * scale, imaginary * scale};
            }
        }
    }

    const Stft& m_stft;
    std::span<const float> m_magnitudes;
    std::size_t m_bins, m_frames;
    std::vector<std::complex<float>> m_spectrum, m_previous;
    std::vector<float> m_samples, m_overlap;
    std::vector<Part> m_parts;
};

} // namespace

std::vector<float> magnitudesFromLogMel(std::span<const float> logMel, const LogMel& analysis,
                                        std::span<const float> start) {
    const MelFilters& filters = analysis.filters();
    const auto bands = static_cast<std::size_t>(filters.bands()), bins = static_cast<std::size_t>(filters.bins());
    if (logMel.size() % bands != 0) throw std::invalid_argument("a log-mel spectrogram is no whole number of frames");
    const std::size_t frames = logMel.size() / bands;
    if (!start.empty() && start.size() != frames * bins)
        throw std::invalid_argument("the magnitudes to start from do not belong to the log-mel spectrogram");

    // What a spectrum of ones gives in every band, and what bands of ones give in every bin.
    std::vector<float> bandSums(bands), binSums(bins);
    filters.apply(std::vector<float>(bins, 1.0f), bandSums);
    filters.applyTransposed(std::vector<float>(bands, 1.0f), binSums);

    std::vector<float> result(frames * bins), wanted(bands), mel(bands), power(bins), factor(bins);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (std::size_t band = 0; band < bands; ++band) {
            const float value = logMel[band * frames + frame];
            if (!std::isfinite(value))
                throw std::invalid_argument("a log-mel spectrogram has values that are no numbers");
            const float decibels = analysis.config().decibels(std::clamp(value, -1.0f, 1.0f));
            wanted[band] = std::pow(10.0f, decibels / 10.0f) / analysis.powerScale();
            mel[band] = wanted[band] / bandSums[band];
        }
        if (start.empty()) {
            // From a mean of the bands around each bin; bins outside all bands stay silent.
            filters.applyTransposed(mel, power);
            for (std::size_t bin = 0; bin < bins; ++bin)
                power[bin] = binSums[bin] > 0.0f ? power[bin] / binSums[bin] : 0.0f;
        } else {
            for (std::size_t bin = 0; bin < bins; ++bin)
                power[bin] = std::max(start[frame * bins + bin] * start[frame * bins + bin], smallestPower);
        }
        // power ← power · Wᵀ(wanted / W power) / Wᵀ1, which never raises the Kullback-Leibler divergence.
        for (int update = 0; update < melUpdates; ++update) {
            filters.apply(power, mel);
            for (std::size_t band = 0; band < bands; ++band)
                mel[band] = wanted[band] / mel[band];
            filters.applyTransposed(mel, factor);
            for (std::size_t bin = 0; bin < bins; ++bin)
                if (binSums[bin] > 0.0f) power[bin] *= factor[bin] / binSums[bin];
        }
        for (std::size_t bin = 0; bin < bins; ++bin)
            result[frame * bins + bin] = std::sqrt(power[bin]);
    }
    return result;
}

std::vector<float> griffinLimFromMagnitudes(std::span<const float> magnitudes, const Stft& stft, int iterations,
                                            std::uint64_t seed, int threads,
                                            const std::function<void(int done)>& progress) {
    if (iterations < 0) throw std::invalid_argument("Griffin-Lim cannot do fewer than 0 iterations");
    if (magnitudes.size() % static_cast<std::size_t>(stft.bins()) != 0)
        throw std::invalid_argument("the magnitudes for Griffin-Lim are no whole number of frames");
    Reconstruction reconstruction(magnitudes, stft, seed, threads);
    reconstruction.synthesise();
    for (int done = 0; done < iterations; ++done) {
        if (progress) progress(done);
        reconstruction.improve();
        reconstruction.synthesise();
    }
    if (progress) progress(iterations);
    return reconstruction.takeSamples();
}

std::vector<float> griffinLim(std::span<const float> logMel, const MelConfig& config, int iterations,
                              std::uint64_t seed, int threads, const std::function<void(int done)>& progress) {
    const LogMel analysis(config);
    const std::vector<float> magnitudes = magnitudesFromLogMel(logMel, analysis);
    return griffinLimFromMagnitudes(magnitudes, analysis.stft(), iterations, seed, threads, progress);
}

} // namespace n2m::audio
