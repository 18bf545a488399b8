#include "engine/audio/PhaseIntegration.h"
#include "engine/audio/GriffinLim.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <stdexcept>

using namespace n2m::audio;

namespace {

constexpr int rate = 16000;

/// A chirp from 300 Hz to 3.3 kHz, a click every quarter of a second, and noise 34 dB below the chirp.
std::vector<float> sound(std::size_t count) {
    std::vector<float> samples(count);
    std::uint32_t state = 1;
    for (std::size_t n = 0; n < count; ++n) {
        const double seconds = static_cast<double>(n) / rate;
        state = state * 1664525u + 1013904223u;
        const double noise = static_cast<double>(state >> 8) * 0x1p-23 - 1.0;
        samples[n] = static_cast<float>(
            0.3 * std::sin(2.0 * std::numbers::pi * (300.0 + 1500.0 * seconds / 2.0) * seconds) + 0.01 * noise);
        if (n % (rate / 4) == rate / 8) samples[n] += 0.9f;
    }
    return samples;
}

std::vector<float> magnitudesOf(std::span<const float> samples, const Stft& stft) {
    const std::vector<std::complex<float>> spectrum = stft.forward(samples);
    std::vector<float> magnitudes(spectrum.size());
    std::transform(spectrum.begin(), spectrum.end(), magnitudes.begin(), [](auto value) { return std::abs(value); });
    return magnitudes;
}

/// The distance of the found magnitudes from the wanted ones, as a share of them.
double inconsistency(std::span<const float> wanted, std::span<const float> found) {
    double difference = 0.0, energy = 0.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        difference += std::pow(static_cast<double>(found[i]) - wanted[i], 2);
        energy += static_cast<double>(wanted[i]) * wanted[i];
    }
    return std::sqrt(difference / energy);
}

/// The same for the sound that the magnitudes make with these phases.
double inconsistency(std::span<const float> magnitudes, std::span<const float> phases, const Stft& stft) {
    std::vector<std::complex<float>> spectrum(magnitudes.size());
    for (std::size_t i = 0; i < spectrum.size(); ++i)
        spectrum[i] = std::polar(magnitudes[i], phases[i]);
    return inconsistency(magnitudes, magnitudesOf(stft.inverse(spectrum), stft));
}

} // namespace

class PhaseIntegrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Random phases leave 0.7; these leave 0.077 and 0.031. The second length has several segments.
    void findsThePhasesOfASound_data() {
        QTest::addColumn<int>("seconds");
        QTest::newRow("one segment") << 2;
        QTest::newRow("five segments") << 13;
    }
    void findsThePhasesOfASound() {
        QFETCH(const int, seconds);
        const Stft stft(1024, 160);
        // The chirp stays below the Nyquist frequency because it starts again every two seconds.
        std::vector<float> samples;
        const std::vector<float> part = sound(2 * rate);
        while (samples.size() < static_cast<std::size_t>(seconds * rate))
            samples.insert(samples.end(), part.begin(), part.end());
        samples.resize(static_cast<std::size_t>(seconds * rate));
        const std::vector<float> magnitudes = magnitudesOf(samples, stft);
        const std::vector<float> phases = integratedPhases(magnitudes, stft, 1);
        const double found = inconsistency(magnitudes, phases, stft);
        QVERIFY2(found < 0.12, qPrintable(QString::number(found)));
        // Without the phase of either direction the sound is lost, as with random ones.
        std::vector<float> still = phases;
        std::fill(still.begin(), still.end(), 0.0f);
        QVERIFY(inconsistency(magnitudes, still, stft) > 0.5);
        for (const float phase : phases)
            QVERIFY(std::abs(phase) <= 3.1416f);
    }

    /// The start leaves 0.077 and 8 iterations 0.053; from random phases 8 iterations leave more than the start here.
    void iterationsStartFromThem() {
        const Stft stft(1024, 160);
        const std::vector<float> magnitudes = magnitudesOf(sound(2 * rate), stft);
        const std::vector<float> none = griffinLimFromMagnitudes(magnitudes, stft, 0, 1);
        const std::vector<float> some = griffinLimFromMagnitudes(magnitudes, stft, 8, 1);
        const auto distance = [&](const std::vector<float>& samples) {
            return inconsistency(magnitudes, magnitudesOf(samples, stft));
        };
        QVERIFY2(distance(none) < 0.12, qPrintable(QString::number(distance(none))));
        QVERIFY2(distance(some) < 0.075, qPrintable(QString::number(distance(some))));
    }

    void seedAndThreads() {
        const Stft stft(1024, 160);
        const std::vector<float> magnitudes = magnitudesOf(sound(13 * rate), stft);
        const std::vector<float> once = integratedPhases(magnitudes, stft, 1);
        QVERIFY(integratedPhases(magnitudes, stft, 1) == once);
        for (const int threads : {0, 2, 3, 8, 64})
            QVERIFY(integratedPhases(magnitudes, stft, 1, threads) == once);
        // Only inaudible bins are random.
        std::vector<float> quiet = magnitudes;
        std::fill(quiet.begin(), quiet.begin() + 513 * 100, 0.0f);
        QVERIFY(integratedPhases(quiet, stft, 1) != integratedPhases(quiet, stft, 2));
    }

    void edges() {
        const Stft stft(1024, 160);
        QVERIFY(integratedPhases({}, stft, 1).empty());
        QCOMPARE(integratedPhases(std::vector<float>(513, 1.0f), stft, 1, 4).size(), std::size_t(513));
        const std::vector<float> silence = integratedPhases(std::vector<float>(513 * 700, 0.0f), stft, 1, 2);
        QVERIFY(*std::max_element(silence.begin(), silence.end()) > 3.0f);
        QVERIFY(*std::min_element(silence.begin(), silence.end()) < -3.0f);
        QVERIFY_EXCEPTION_THROWN(integratedPhases(std::vector<float>(512), stft, 1), std::invalid_argument);
        for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
            std::vector<float> magnitudes(513 * 10, 1.0f);
            magnitudes[1000] = bad;
            QCOMPARE(integratedPhases(magnitudes, stft, 1).size(), magnitudes.size());
        }
    }
};

QTEST_GUILESS_MAIN(PhaseIntegrationTest)
#include "PhaseIntegrationTest.moc"
