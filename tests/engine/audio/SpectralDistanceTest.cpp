#include "engine/audio/SpectralDistance.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>

using namespace n2m::audio;

namespace {

std::vector<float> noise(unsigned seed, std::size_t count = 32000) {
    std::mt19937 generator(seed);
    std::vector<float> samples(count);
    for (float& sample : samples)
        sample = static_cast<float>(generator()) / 4294967296.0f - 0.5f;
    return samples;
}

std::vector<float> tone(double hertz, float amplitude, float dc = 0.0f) {
    std::vector<float> samples(32000);
    for (std::size_t n = 0; n < samples.size(); ++n)
        samples[n] = dc + amplitude * static_cast<float>(
                                          std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / 16000.0));
    return samples;
}

std::vector<float> times(std::vector<float> samples, float factor) {
    for (float& sample : samples)
        sample *= factor;
    return samples;
}

bool near(double value, double expected, double tolerance) {
    return std::abs(value - expected) < tolerance;
}

} // namespace

class SpectralDistanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingBetweenASoundAndItself() {
        const std::vector<float> sound = noise(1);
        const SpectralDistance same = spectralDistance(sound, sound),
                               turned = spectralDistance(sound, times(sound, -1.0f));
        QCOMPARE(same.resolutions.size(), std::size_t(5));
        QCOMPARE(same.resolutions.front().window, 256);
        QCOMPARE(same.resolutions.back().window, 4096);
        QCOMPARE(same.convergence, 0.0);
        QCOMPARE(same.logarithmic, 0.0);
        QVERIFY(turned.convergence < 1e-6 && turned.logarithmic < 1e-5); // phase is not heard
    }

    /// ‖X − X/2‖/‖X‖ = ½ and |ln X − ln X/2| = ln 2, in every resolution.
    void halfTheLevel() {
        const std::vector<float> sound = noise(2);
        for (const ResolutionDistance& distance : spectralDistance(sound, times(sound, 0.5f)).resolutions) {
            QVERIFY(near(distance.convergence, 0.5, 1e-5));
            QVERIFY(near(distance.logarithmic, std::numbers::ln2, 1e-4)); // but for bins below the smallest power
        }
        // In this direction the original is the quiet one: ‖X − 2X‖/‖X‖ = 1.
        QVERIFY(near(spectralDistance(times(sound, 0.5f), sound).convergence, 1.0, 1e-5));
    }

    /// Against silence all of the sound is missing.
    void silence() {
        const SpectralDistance distance = spectralDistance(noise(3), std::vector<float>(32000, 0.0f));
        QVERIFY(near(distance.convergence, 1.0, 1e-3));
        QVERIFY(distance.logarithmic > 5.0);
    }

    /// Magnitudes of two independent noises are independent Rayleigh variables with E m² = 2s², E m = s √(π/2), so
    /// E(m − m')² / E m² = 2 − π/2; ln m of the two differs by half a logistic variable, whose mean absolute value is
    /// ln 2.
    void independentNoises() {
        const SpectralDistance distance = spectralDistance(noise(4, 200000), noise(5, 200000));
        QVERIFY(near(distance.convergence, std::sqrt(2.0 - std::numbers::pi / 2.0), 0.01));
        QVERIFY(near(distance.logarithmic, std::numbers::ln2, 0.01));
    }

    void badInput() {
        const std::vector<float> sound = noise(1, 2000), shorter = noise(1, 1999), tiny = noise(1, 1023);
        QVERIFY_EXCEPTION_THROWN(spectralDistance(sound, shorter), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(spectralDistance(tiny, tiny), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(spectralStatistics(std::vector<float>(511), 16000), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(spectralStatistics(sound, 0), std::invalid_argument);
    }

    void statisticsOfATone() {
        const SpectralStatistics statistics = spectralStatistics(tone(1000.0, 0.25f), 16000);
        QVERIFY(near(statistics.centroid, 1000.0, 2.0));
        QVERIFY(near(statistics.rolloff, 1000.0, 16.0));
        QVERIFY(statistics.flatness < 1e-3);
        QVERIFY(near(statistics.peak, 0.25, 1e-4));
        QVERIFY(near(statistics.crest, 20.0 * std::log10(std::numbers::sqrt2), 0.01));
        QVERIFY(near(statistics.dc, 0.0, 1e-4));
        QVERIFY(near(spectralStatistics(tone(1000.0, 0.25f, 0.1f), 16000).dc, 0.1, 1e-4));
    }

    /// White: half of the power below half of the Nyquist frequency, 95% below 95% of it.
    void statisticsOfNoise() {
        const SpectralStatistics statistics = spectralStatistics(noise(6, 320000), 16000);
        QVERIFY(near(statistics.centroid, 4000.0, 50.0));
        QVERIFY(near(statistics.rolloff, 7600.0, 50.0));
        QVERIFY(statistics.flatness > 0.95 && statistics.flatness <= 1.0);
        QVERIFY(near(statistics.crest, 20.0 * std::log10(std::sqrt(3.0)), 0.05)); // evenly distributed: peak/rms = √3
    }

    void statisticsOfSilence() {
        const SpectralStatistics statistics = spectralStatistics(std::vector<float>(16000, 0.0f), 16000);
        QCOMPARE(statistics.centroid, 0.0);
        QCOMPARE(statistics.crest, 0.0);
        QCOMPARE(statistics.flatness, 0.0);
    }
};

QTEST_GUILESS_MAIN(SpectralDistanceTest)
#include "SpectralDistanceTest.moc"
