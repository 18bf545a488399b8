#include "engine/audio/GriffinLim.h"

#include "engine/audio/PhaseIntegration.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

namespace n2m::audio {

namespace {

constexpr float momentum = 0.99f;
// Measured on the six reference clips (see GriffinLim.h) with 32 iterations: 0, 3, 10, 30, 100 updates leave a mean
// spectral convergence of .628, .514, .461, .443, .438. Lee and Seung's other rule, for the Euclidean distance, leaves
// .628, .565, .522, .489, .467: loud bins crowd out the quiet ones.
constexpr int melUpdates = 30;
// Updates in every iteration of jointGriffinLim. Measured with the bundled kind of vocoder on 6 s of each of the
// reference clips (spectral convergence, log-magnitude): 1 update .354, .617; 3 .346, .613; 8 .339, .611; 20 .337,
// .610.
constexpr int jointMelUpdates = 8;
constexpr float smallestPower = 1e-20f; // at the start of updates, which multiply and cannot raise a zero

/// The bands of a log-mel spectrogram as powers of a Stft's bins, and the update that brings a frame to them.
/// Immutable.
class MelBands {
public:
    /// `powerScale` times |X|² of the Stft is in the units of the log-mel spectrogram.
    MelBands(std::span<const float> logMel, const LogMel& analysis, float powerScale)
        : m_filters(analysis.filters())
        , m_bands(static_cast<std::size_t>(m_filters.bands()))
        , m_frames(logMel.size() / m_bands)
        , m_wanted(logMel.size())
        , m_bandSums(m_bands)
        , m_binSums(bins()) {
        if (logMel.size() % m_bands != 0)
            throw base::InvalidInput("a log-mel spectrogram is not a whole number of frames");
        for (std::size_t band = 0; band < m_bands; ++band) {
            for (std::size_t frame = 0; frame < m_frames; ++frame) {
                const float value = logMel[band * m_frames + frame];
                if (!std::isfinite(value))
                    throw base::InvalidInput("a log-mel spectrogram has values that are not numbers");
                const float decibels = analysis.config().decibels(std::clamp(value, -1.0f, 1.0f));
                m_wanted[frame * m_bands + band] = std::pow(10.0f, decibels / 10.0f) / powerScale;
            }
        }
        // A spectrum of ones, filtered to bands, and bands of ones, spread over bins.
        m_filters.apply(std::vector<float>(bins(), 1.0f), m_bandSums);
        m_filters.applyTransposed(std::vector<float>(m_bands, 1.0f), m_binSums);
    }

    std::size_t frames() const { return m_frames; }
    std::size_t bins() const { return static_cast<std::size_t>(m_filters.bins()); }
    /// False for the outermost bins, which are outside all bands.
    bool covers(std::size_t bin) const { return bin < bins() && m_binSums[bin] > 0.0f; }

    struct Scratch {
        std::vector<float> mel, factor;
    };
    Scratch scratch() const { return {std::vector<float>(m_bands), std::vector<float>(bins())}; }

    /// Powers of one frame: a mean of the bands around each bin; bins outside all bands are silent.
    void spread(std::size_t frame, std::span<float> power, Scratch& scratch) const {
        for (std::size_t band = 0; band < m_bands; ++band)
            scratch.mel[band] = wanted(frame)[band] / m_bandSums[band];
        m_filters.applyTransposed(scratch.mel, power);
        for (std::size_t bin = 0; bin < bins(); ++bin)
            power[bin] = m_binSums[bin] > 0.0f ? power[bin] / m_binSums[bin] : 0.0f;
    }

    /// power ← power · Wᵀ(wanted / W power) / Wᵀ1, which never raises the Kullback-Leibler divergence.
    void approach(std::size_t frame, std::span<float> power, Scratch& scratch) const {
        m_filters.apply(power, scratch.mel);
        for (std::size_t band = 0; band < m_bands; ++band)
            scratch.mel[band] = wanted(frame)[band] / scratch.mel[band];
        m_filters.applyTransposed(scratch.mel, scratch.factor);
        for (std::size_t bin = 0; bin < bins(); ++bin)
            if (m_binSums[bin] > 0.0f) power[bin] *= scratch.factor[bin] / m_binSums[bin];
    }

private:
    const float* wanted(std::size_t frame) const { return m_wanted.data() + frame * m_bands; }

    const MelFilters& m_filters;
    std::size_t m_bands, m_frames;
    std::vector<float> m_wanted, m_bandSums, m_binSums;
};

/// The state of one reconstruction, which its threads share; each thread has its own frames.
class Reconstruction {
public:
    Reconstruction(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed, int threads)
        : m_stft(stft)
        , m_magnitudes(magnitudes.begin(), magnitudes.end())
        , m_bins(static_cast<std::size_t>(stft.bins()))
        , m_frames(magnitudes.size() / m_bins)
        , m_spectrum(magnitudes.size())
        , m_previous(magnitudes.size())
        , m_samples(m_frames * static_cast<std::size_t>(stft.hop()))
        , m_overlap(stft.overlap(m_frames)) {
        const auto parts = static_cast<std::size_t>(std::max(1, threads));
        for (std::size_t part = 0; part < parts; ++part)
            m_parts.push_back({m_frames * part / parts,
                               m_frames * (part + 1) / parts,
                               RealFft(stft.window()),
                               std::vector<float>(static_cast<std::size_t>(stft.window())),
                               std::vector<std::complex<float>>(m_bins),
                               {},
                               {}});
        const std::vector<float> phases = integratedPhases(magnitudes, stft, seed, threads);
        for (std::size_t i = 0; i < m_spectrum.size(); ++i)
            m_spectrum[i] = std::polar(m_magnitudes[i], phases[i]);
    }

    void synthesise() {
        inParallel([this](Part& part) { synthesise(part); });
    }
    void improve() {
        inParallel([this](Part& part) { improve(part); });
    }
    /// Makes the magnitudes follow the sound from now on, as far as its bands allow.
    void follow(const MelBands& bands) {
        m_melBands = &bands;
        for (Part& part : m_parts)
            part.scratch = bands.scratch();
    }
    std::span<const float> samples() const { return m_samples; }
    std::vector<float> takeSamples() { return std::move(m_samples); }

private:
    struct Part {
        std::size_t first, last; ///< frames, and the samples in the middle of them
        RealFft fft;
        std::vector<float> frame;
        std::vector<std::complex<float>> spectrum;
        std::vector<float> power;
        MelBands::Scratch scratch;
    };

    template <class Work> void inParallel(const Work& work) {
        std::vector<std::jthread> others;
        for (std::size_t part = 1; part < m_parts.size(); ++part)
            others.emplace_back([&work, &mine = m_parts[part]] { work(mine); });
        work(m_parts.front());
    }

    /// Stft::inverse for the part's samples. Both neighbours transform the frames at their seam.
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

    /// Transforms the signal, adds the momentum to the spectrum and restores the magnitudes.
    void improve(Part& part) {
        for (std::size_t frame = part.first; frame < part.last; ++frame) {
            m_stft.cut(m_samples, frame, part.frame);
            part.fft.forward(part.frame, part.spectrum);
            if (m_melBands) estimateMagnitudes(part, frame);
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

    /// Sets a frame's magnitudes to those of the sound, brought nearer to the bands.
    void estimateMagnitudes(Part& part, std::size_t frame) {
        part.power.resize(m_melBands->bins());
        for (std::size_t bin = 0; bin < part.power.size(); ++bin)
            part.power[bin] = std::max(std::norm(part.spectrum[bin]), smallestPower);
        for (int update = 0; update < jointMelUpdates; ++update)
            m_melBands->approach(frame, part.power, part.scratch);
        float* magnitude = m_magnitudes.data() + frame * m_bins;
        for (std::size_t bin = 0; bin < part.power.size(); ++bin)
            if (m_melBands->covers(bin)) magnitude[bin] = std::sqrt(part.power[bin]);
    }

    const Stft& m_stft;
    const MelBands* m_melBands = nullptr;
    std::vector<float> m_magnitudes;
    std::size_t m_bins, m_frames;
    std::vector<std::complex<float>> m_spectrum, m_previous;
    std::vector<float> m_samples, m_overlap;
    std::vector<Part> m_parts;
};

/// The ratio of |X|² of a sound under the two windows, which have one duration at different rates.
float powerRatio(const Stft& one, const Stft& other) {
    const auto scale = [](const Stft& stft) {
        const auto& window = stft.hann();
        return stft.window() * std::inner_product(window.begin(), window.end(), window.begin(), 0.0);
    };
    return static_cast<float>(scale(one) / scale(other));
}

} // namespace

std::vector<float> magnitudesFromLogMel(std::span<const float> logMel, const LogMel& analysis,
                                        std::span<const float> start) {
    const MelBands bands(logMel, analysis, analysis.powerScale());
    const std::size_t bins = bands.bins();
    if (!start.empty() && start.size() != bands.frames() * bins)
        throw base::InvalidInput("the magnitudes to start from do not belong to the log-mel spectrogram");
    std::vector<float> result(bands.frames() * bins);
    MelBands::Scratch scratch = bands.scratch();
    for (std::size_t frame = 0; frame < bands.frames(); ++frame) {
        const std::span power = std::span(result).subspan(frame * bins, bins);
        if (start.empty()) {
            bands.spread(frame, power, scratch);
        } else {
            for (std::size_t bin = 0; bin < bins; ++bin)
                power[bin] = std::max(start[frame * bins + bin] * start[frame * bins + bin], smallestPower);
        }
        for (int update = 0; update < melUpdates; ++update)
            bands.approach(frame, power, scratch);
        for (float& value : power)
            value = std::sqrt(value);
    }
    return result;
}

std::vector<float> griffinLimFromMagnitudes(std::span<const float> magnitudes, const Stft& stft, int iterations,
                                            std::uint64_t seed, int threads, const GriffinLimObserver& observer) {
    if (iterations < 0) throw base::InvalidInput("Griffin-Lim cannot do fewer than 0 iterations");
    if (magnitudes.size() % static_cast<std::size_t>(stft.bins()) != 0)
        throw base::InvalidInput("the magnitudes for Griffin-Lim are not a whole number of frames");
    Reconstruction reconstruction(magnitudes, stft, seed, threads);
    reconstruction.synthesise();
    for (int done = 0; done < iterations; ++done) {
        if (observer) observer(done, reconstruction.samples());
        reconstruction.improve();
        reconstruction.synthesise();
    }
    if (observer) observer(iterations, reconstruction.samples());
    return reconstruction.takeSamples();
}

std::vector<float> jointGriffinLim(std::span<const float> magnitudes, const Stft& stft, std::span<const float> logMel,
                                   const LogMel& mel, const JointIterations& iterations, std::uint64_t seed,
                                   int threads, const GriffinLimObserver& observer) {
    if (iterations.phases < 0 || iterations.both < 0)
        throw base::InvalidInput("Griffin-Lim cannot do fewer than 0 iterations");
    const MelBands bands(logMel, mel, mel.powerScale() * powerRatio(mel.stft(), stft));
    if (bands.frames() * static_cast<std::size_t>(stft.bins()) != magnitudes.size() ||
        bands.bins() > static_cast<std::size_t>(stft.bins()))
        throw base::InvalidInput("the magnitudes for Griffin-Lim do not belong to the log-mel spectrogram");
    Reconstruction reconstruction(magnitudes, stft, seed, threads);
    reconstruction.synthesise();
    for (int done = 0; done < iterations.phases + iterations.both; ++done) {
        if (observer) observer(done, reconstruction.samples());
        if (done == iterations.phases) reconstruction.follow(bands);
        reconstruction.improve();
        reconstruction.synthesise();
    }
    if (observer) observer(iterations.phases + iterations.both, reconstruction.samples());
    return reconstruction.takeSamples();
}

std::vector<float> griffinLim(std::span<const float> logMel, const MelConfig& config, int iterations,
                              std::uint64_t seed, int threads, const GriffinLimObserver& observer) {
    const LogMel analysis(config);
    const std::vector<float> magnitudes = magnitudesFromLogMel(logMel, analysis);
    return griffinLimFromMagnitudes(magnitudes, analysis.stft(), iterations, seed, threads, observer);
}

} // namespace n2m::audio
