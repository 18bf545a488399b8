#include "engine/audio/LogSpectrum.h"

#include <QtTest/QtTest>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

using namespace n2m::audio;

namespace {

std::vector<float> sine(double hertz, double amplitude, int sampleRate, std::size_t samples) {
    std::vector<float> result(samples);
    for (std::size_t i = 0; i < samples; ++i)
        result[i] = static_cast<float>(amplitude *
                                       std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / sampleRate));
    return result;
}

} // namespace

class LogSpectrumTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lastsAsLongAsLogMelAtEveryRate() {
        QCOMPARE(SpectrumConfig::at(24000), SpectrumConfig());
        QCOMPARE(SpectrumConfig::at(16000).window, 1024);
        QCOMPARE(SpectrumConfig::at(16000).hop, 160);
        QVERIFY_EXCEPTION_THROWN(SpectrumConfig::at(22050), std::invalid_argument);
    }

    // A sine in the middle of a bin: hann² has a mean of 3/8 and the peak bin holds (mean hann)² = 1/4 of it, so 2/3 of
    // the sine's power: −1.76 dB, and 20 dB less at a tenth of the amplitude.
    void readsASine() {
        const LogSpectrum analysis;
        const auto& config = analysis.config();
        const int bin = 64; // 1 kHz
        const auto loud = analysis.analyse(sine(1000.0, 0.1, config.sampleRate, 24000));
        QCOMPARE(loud.size(), std::size_t(769 * 100));
        const auto decibels = [&](float value) {
            return config.floor + (value + 1.0f) * 0.5f * (config.ceiling - config.floor);
        };
        QVERIFY(std::abs(decibels(loud[bin * 100 + 50]) - (-20.0 - 1.76)) < 0.05);
        QVERIFY(decibels(loud[(bin + 100) * 100 + 50]) < -100.0);
    }

    // There and back: the magnitudes are those of the transform, except below the floor.
    void givesTheMagnitudesBack() {
        const LogSpectrum analysis(SpectrumConfig::at(16000));
        const auto samples = sine(440.0, 0.05, 16000, 8000);
        const auto magnitudes = analysis.magnitudes(analysis.analyse(samples));
        const auto spectrum = analysis.stft().forward(samples);
        QCOMPARE(magnitudes.size(), spectrum.size());
        double error = 0.0, energy = 0.0;
        for (std::size_t i = 0; i < spectrum.size(); ++i) {
            error += std::pow(magnitudes[i] - std::abs(spectrum[i]), 2);
            energy += std::norm(spectrum[i]);
        }
        QVERIFY(error < 1e-6 * energy);
    }

    // White noise has the same mean power everywhere: the guess must come near it in the mean, above the bands too.
    void guessesFromLogMel() {
        const LogSpectrum analysis;
        const LogMel mel;
        std::uint32_t state = 1;
        std::vector<float> noise(16000);
        for (float& sample : noise) {
            state = state * 1664525u + 1013904223u;
            sample = 0.1f * (static_cast<float>(state >> 8) * 0x1p-23f - 1.0f);
        }
        const auto guess = analysis.guess(mel.analyse(noise), mel);
        QCOMPARE(guess.size(), std::size_t(769 * 100));
        const LogSpectrum low(SpectrumConfig::at(16000));
        const auto exact = low.analyse(noise);
        const auto mean = [](const std::vector<float>& values, std::size_t first, std::size_t last) {
            double sum = 0.0;
            for (std::size_t i = first * 100; i < last * 100; ++i)
                sum += values[i];
            return sum / static_cast<double>((last - first) * 100);
        };
        // Rayleigh: the mean of the logarithm is 2.5 dB (0.05) below the logarithm of the mean.
        for (const std::size_t bin : {50, 150, 250, 350, 450})
            QVERIFY(std::abs(mean(guess, bin, bin + 50) - mean(exact, bin, bin + 50) - 0.05) < 0.03);
        QVERIFY(std::abs(mean(guess, 520, 769) - mean(exact, 400, 500) - 0.05) < 0.06);
        QVERIFY_EXCEPTION_THROWN(LogSpectrum(SpectrumConfig{24000, 1024, 240}).guess(mel.analyse(noise), mel),
                                 std::invalid_argument);
    }

    // Magnitudes with the right fine structure and wrong levels: their shape within a band stays, the level is mended.
    void fitsTheBandsToTheLogMel() {
        const LogSpectrum analysis;
        const LogMel mel;
        const auto samples = sine(1000.0, 0.1, 16000, 16000);
        const auto logMel = mel.analyse(samples);
        const auto exact = analysis.magnitudes(analysis.analyse(sine(1000.0, 0.1, 24000, 24000)));
        std::vector<float> wrong = exact;
        for (float& magnitude : wrong)
            magnitude *= 0.5f;
        const auto mended = analysis.withMelBands(wrong, logMel, mel);
        const std::size_t peak = 50 * 769 + 64;
        QVERIFY(std::abs(mended[peak] / exact[peak] - 1.0f) < 0.02f);
        QVERIFY(std::abs(mended[peak + 1] / mended[peak] - wrong[peak + 1] / wrong[peak]) < 0.05f);
        QCOMPARE(mended[50 * 769 + 700], wrong[50 * 769 + 700]); // 11 kHz
        QVERIFY_EXCEPTION_THROWN(analysis.withMelBands(wrong, std::vector<float>(80), mel), std::invalid_argument);
    }

    void refusesWhatIsNoSpectrum() {
        const LogSpectrum analysis;
        QVERIFY_EXCEPTION_THROWN(analysis.magnitudes(std::vector<float>(770)), std::invalid_argument);
        std::vector<float> bad(769, 0.0f);
        bad[5] = std::numeric_limits<float>::quiet_NaN();
        QVERIFY_EXCEPTION_THROWN(analysis.magnitudes(bad), std::invalid_argument);
    }

    void silenceIsSilent() {
        const LogSpectrum analysis;
        for (const float magnitude : analysis.magnitudes(analysis.analyse(std::vector<float>(2400, 0.0f))))
            QCOMPARE(magnitude, 0.0f);
    }
};

QTEST_GUILESS_MAIN(LogSpectrumTest)
#include "LogSpectrumTest.moc"
