#include "engine/audio/GriffinLim.h"
#include "engine/audio/SpectralDistance.h"
#include "engine/base/Random.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

using namespace n2m::audio;

namespace {

/// Two seconds of something like music: struck notes of several partials over a quiet glide.
std::vector<float> music(std::size_t count = 32000) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n) {
        const double seconds = static_cast<double>(n) / 16000.0;
        double sum = 0.03 * std::sin(2.0 * std::numbers::pi * (500.0 + 300.0 * seconds) * seconds);
        for (int note = 0; note < 8; ++note) {
            const double since = seconds - 0.25 * note;
            if (since < 0.0) continue;
            const double hertz = 220.0 * std::pow(2.0, (note * 7 % 12) / 12.0);
            for (int partial = 1; partial <= 6; ++partial)
                sum += 0.15 / partial * std::exp(-4.0 * since) *
                       std::sin(2.0 * std::numbers::pi * hertz * partial * since);
        }
        samples[n] = static_cast<float>(sum);
    }
    return samples;
}

std::vector<float> magnitudesOf(std::span<const float> samples, const Stft& stft) {
    const std::vector<std::complex<float>> spectrum = stft.forward(samples);
    std::vector<float> magnitudes(spectrum.size());
    std::transform(spectrum.begin(), spectrum.end(), magnitudes.begin(), [](auto value) { return std::abs(value); });
    return magnitudes;
}

/// The distance of a sound's magnitudes from the ones it was made from, as a share of them.
double inconsistency(std::span<const float> wanted, std::span<const float> samples, const Stft& stft) {
    const std::vector<float> found = magnitudesOf(samples, stft);
    double difference = 0.0, energy = 0.0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        difference += std::pow(static_cast<double>(found[i]) - wanted[i], 2);
        energy += static_cast<double>(wanted[i]) * wanted[i];
    }
    return std::sqrt(difference / energy);
}

} // namespace

/// The seed hardly matters where most phases are integrated: the figures beside the bounds varied by less than 0.002.
class GriffinLimTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Starts from true magnitudes: 0.095 with integrated phases, 0.047 after 4 iterations, 0.022 after 64.
    void iterationsImprove() {
        const Stft stft(1024, 160);
        const std::vector<float> wanted = magnitudesOf(music(), stft);
        double last = 0.15;
        for (const int iterations : {0, 4, 64}) {
            const std::vector<float> sound = griffinLimFromMagnitudes(wanted, stft, iterations, 1);
            QCOMPARE(sound.size(), std::size_t(32000));
            const double now = inconsistency(wanted, sound, stft);
            if (iterations == 64) QVERIFY(now < 0.035);
            QVERIFY(now < 0.7 * last);
            last = now;
        }
    }

    /// The guessed spectrum has the given power in every band.
    void magnitudesHaveTheWantedBands() {
        const LogMel analysis;
        const std::vector<float> logMel = analysis.analyse(music());
        const std::vector<float> magnitudes = magnitudesFromLogMel(logMel, analysis);
        std::vector<float> power(513), mel(80);
        double sum = 0.0;
        std::size_t count = 0;
        for (std::size_t frame = 0; frame < 200; ++frame) {
            std::transform(magnitudes.begin() + static_cast<std::ptrdiff_t>(frame * 513),
                           magnitudes.begin() + static_cast<std::ptrdiff_t>((frame + 1) * 513), power.begin(),
                           [&](float magnitude) { return magnitude * magnitude * analysis.powerScale(); });
            analysis.filters().apply(power, mel);
            for (std::size_t band = 0; band < 80; ++band) {
                const float value = logMel[band * 200 + frame];
                if (value <= -0.99f) continue;
                sum += std::abs(10.0 * std::log10(mel[band]) - analysis.config().decibels(value));
                ++count;
            }
        }
        QVERIFY(count > 8000);
        QVERIFY(sum / static_cast<double>(count) < 0.5);
    }

    /// The whole way back: near in all resolutions, and far nearer than with random phases.
    void logMelBecomesTheSound() {
        const std::vector<float> sound = music(), logMel = LogMel().analyse(sound);
        const LogMel analysis;
        std::vector<std::complex<float>> spectrum;
        n2m::base::Random turns(1);
        for (const float magnitude : magnitudesFromLogMel(logMel, analysis))
            spectrum.push_back(std::polar(magnitude, static_cast<float>(2.0 * std::numbers::pi * turns.uniform())));
        const SpectralDistance random = spectralDistance(sound, analysis.stft().inverse(spectrum));
        const SpectralDistance found = spectralDistance(sound, griffinLim(logMel, {}, 32, 1));
        QVERIFY(found.convergence < 0.6 * random.convergence); // 0.35 of 0.74
        QVERIFY(found.logarithmic < 0.9 * random.logarithmic); // 0.80 of 1.00
    }

    /// The bands describe the sound better than magnitudes that were guessed frame by frame.
    void magnitudesMayFollowTheSound() {
        const LogMel analysis;
        const std::vector<float> sound = music(), logMel = analysis.analyse(sound),
                                 guess = magnitudesFromLogMel(logMel, analysis);
        const auto joint = [&](const JointIterations& iterations, int threads = 1) {
            return jointGriffinLim(guess, analysis.stft(), logMel, analysis, iterations, 1, threads);
        };
        QVERIFY(joint({.phases = 32, .both = 0}) == griffinLim(logMel, {}, 32, 1));
        const std::vector<float> both = joint({.phases = 8, .both = 56});
        QVERIFY(joint({.phases = 8, .both = 56}, 3) == both);
        const SpectralDistance apart = spectralDistance(sound, griffinLim(logMel, {}, 64, 1));
        QVERIFY(spectralDistance(sound, both).convergence < 0.93 * apart.convergence); // 0.82
    }

    /// In sound of a higher rate, the magnitudes above the bands stay as they were.
    void followsOnlyWhereThereAreBands() {
        const LogMel analysis;
        const Stft high(1536, 240);
        const std::vector<float> logMel = analysis.analyse(music());
        std::vector<float> magnitudes(200 * 769, 0.0f);
        for (std::size_t frame = 0; frame < 200; ++frame)
            magnitudes[frame * 769 + 640] = 100.0f; // 10 kHz
        const std::vector<float> made = jointGriffinLim(magnitudes, high, logMel, analysis, {4, 40}, 1);
        QCOMPARE(made.size(), std::size_t(48000));
        const std::vector<float> found = magnitudesOf(made, high);
        std::vector<float> power(513), mel(80);
        double sum = 0.0;
        for (std::size_t frame = 20; frame < 180; ++frame) {
            QVERIFY(found[frame * 769 + 640] > 50.0f); // the least: 64.5 ± 1.3
            for (std::size_t bin = 0; bin < 513; ++bin)
                power[bin] = found[frame * 769 + bin] * found[frame * 769 + bin] * analysis.powerScale() / 2.25f;
            analysis.filters().apply(power, mel);
            for (std::size_t band = 0; band < 60; ++band)
                sum += std::abs(10.0 * std::log10(std::max(mel[band], 1e-10f)) -
                                analysis.config().decibels(logMel[band * 200 + frame]));
        }
        QVERIFY(sum / (160 * 60) < 3.0); // dB: 1.52 ± 0.05; from silence in all of these bands
    }

    void aToneKeepsItsPitchAndLevel() {
        std::vector<float> tone(16000);
        for (std::size_t n = 0; n < tone.size(); ++n)
            tone[n] =
                static_cast<float>(0.2 * std::sin(2.0 * std::numbers::pi * 440.0 * static_cast<double>(n) / 16000.0));
        const std::vector<float> back = griffinLim(LogMel().analyse(tone), {}, 32, 5);
        const SpectralStatistics statistics = spectralStatistics(back, 16000);
        QVERIFY(std::abs(statistics.centroid - 440.0) < 15.0);
        double energy = 0.0;
        for (const float sample : back)
            energy += static_cast<double>(sample) * sample;
        QVERIFY(std::abs(10.0 * std::log10(energy / 16000.0 / 0.02)) < 1.0);
    }

    void seedAndThreads() {
        const std::vector<float> logMel = LogMel().analyse(music(16000 + 77));
        const std::vector<float> once = griffinLim(logMel, {}, 5, 1);
        QCOMPARE(once.size(), std::size_t(16000));
        QVERIFY(griffinLim(logMel, {}, 5, 1) == once);
        QVERIFY(griffinLim(logMel, {}, 5, 1, 2) == once);
        QVERIFY(griffinLim(logMel, {}, 5, 1, 3) == once);
        QVERIFY(griffinLim(logMel, {}, 5, 2) != once);
    }

    void silenceIsSilent() {
        const std::vector<float> sound = griffinLim(std::vector<float>(80 * 50, -1.0f), {}, 4, 1);
        QCOMPARE(sound.size(), std::size_t(8000));
        for (const float sample : sound)
            QVERIFY(std::abs(sample) < 1e-3f); // the floor is −95 dB a band
        QVERIFY(griffinLim({}, {}, 4, 1).empty());
        QCOMPARE(griffinLim(std::vector<float>(80, 0.0f), {}, 4, 1, 8).size(),
                 std::size_t(160)); // more threads than frames
    }

    void progressCountsAndMayStop() {
        const std::vector<float> logMel(80 * 20, 0.0f);
        std::vector<int> seen;
        std::vector<float> last;
        const auto watch = [&](int done, std::span<const float> sound) {
            seen.push_back(done);
            last.assign(sound.begin(), sound.end());
        };
        const std::vector<float> made = griffinLim(logMel, {}, 3, 1, 2, watch);
        QVERIFY(last == made);
        QCOMPARE(seen, (std::vector<int>{0, 1, 2, 3}));
        const auto stop = [](int done, std::span<const float>) {
            if (done == 2) throw std::runtime_error("cancelled");
        };
        QVERIFY_EXCEPTION_THROWN(griffinLim(logMel, {}, 3, 1, 2, stop), std::runtime_error);
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(griffinLim(std::vector<float>(81), {}, 3, 1), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(griffinLim(std::vector<float>(80), {}, -1, 1), std::invalid_argument);
        const float notANumber = std::numeric_limits<float>::quiet_NaN();
        QVERIFY_EXCEPTION_THROWN(griffinLim(std::vector<float>(80, notANumber), {}, 1, 1), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(griffinLimFromMagnitudes(std::vector<float>(100), Stft(1024, 160), 1, 1),
                                 std::invalid_argument);
        const LogMel analysis;
        const auto joint = [&](std::size_t magnitudes, std::size_t bands, const JointIterations& iterations) {
            return jointGriffinLim(std::vector<float>(magnitudes), analysis.stft(), std::vector<float>(bands), analysis,
                                   iterations, 1);
        };
        QCOMPARE(joint(513, 80, {1, 1}).size(), std::size_t(160));
        QVERIFY_EXCEPTION_THROWN(joint(513, 80, {-1, 1}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(joint(513, 80, {1, -1}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(joint(513, 160, {1, 1}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(joint(513, 81, {1, 1}), std::invalid_argument);
        for (const float sample : griffinLim(std::vector<float>(80 * 4, 1e30f), {}, 2, 1))
            QVERIFY(std::isfinite(sample));
    }
};

QTEST_GUILESS_MAIN(GriffinLimTest)
#include "GriffinLimTest.moc"
