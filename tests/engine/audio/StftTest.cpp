#include "engine/audio/Stft.h"
#include "engine/audio/RealFft.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>

using namespace n2m::audio;

namespace {

std::vector<float> noise(std::size_t count) {
    std::mt19937 generator(7);
    std::vector<float> samples(count);
    for (float& sample : samples)
        sample = static_cast<float>(generator()) / 4294967296.0f - 0.5f;
    return samples;
}

} // namespace

class StftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Against the sum of the definition, in double.
    void transformIsItsDefinition() {
        for (const int length : {2, 6, 30, 64, 98}) {
            const std::vector<float> samples = noise(static_cast<std::size_t>(length));
            RealFft fft(length);
            std::vector<std::complex<float>> spectrum(static_cast<std::size_t>(fft.bins()));
            fft.forward(samples, spectrum);
            for (int bin = 0; bin < fft.bins(); ++bin) {
                std::complex<double> sum = 0.0;
                for (int n = 0; n < length; ++n)
                    sum += static_cast<double>(samples[static_cast<std::size_t>(n)]) *
                           std::polar(1.0, -2.0 * std::numbers::pi * bin * n / length);
                QVERIFY(std::abs(sum - std::complex<double>(spectrum[static_cast<std::size_t>(bin)])) < 1e-5);
            }
            std::vector<float> back(samples.size());
            fft.inverse(spectrum, back);
            for (std::size_t i = 0; i < back.size(); ++i)
                QVERIFY(std::abs(back[i] - samples[i]) < 1e-6f);
        }
    }

    /// Parseval: N Σx² = Σ|X|² over all N bins.
    void energyIsKept() {
        const std::vector<float> samples = noise(1000);
        RealFft fft(1000);
        std::vector<std::complex<float>> spectrum(501);
        fft.forward(samples, spectrum);
        double time = 0.0, frequency = 0.0;
        for (const float sample : samples)
            time += static_cast<double>(sample) * sample;
        for (std::size_t bin = 0; bin < spectrum.size(); ++bin)
            frequency += (bin == 0 || bin == 500 ? 1.0 : 2.0) * std::norm(std::complex<double>(spectrum[bin]));
        QVERIFY(std::abs(frequency / (1000.0 * time) - 1.0) < 1e-6);
    }

    void badSizesAreRefused() {
        QVERIFY_EXCEPTION_THROWN(RealFft(0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(RealFft(7), std::invalid_argument);
        RealFft fft(8);
        std::vector<float> samples(7);
        std::vector<std::complex<float>> spectrum(5);
        QVERIFY_EXCEPTION_THROWN(fft.forward(samples, spectrum), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(fft.inverse(spectrum, samples), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(Stft(1023, 160), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(Stft(1024, 0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(Stft(1024, 513), std::invalid_argument);
    }

    void fastLengthsAreEvenAndSmooth() {
        QCOMPARE(fastLength(1), 2);
        QCOMPARE(fastLength(1024), 1024);
        QCOMPARE(fastLength(1025), 1080);     // 2³·3³·5; the next even 5-smooth number
        QCOMPARE(fastLength(471040), 472392); // 2³·3¹⁰
    }

    void reflectionTurnsRoundAtBothEnds() {
        const std::vector<std::size_t> expected = {1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1};
        for (int i = -5; i < 8; ++i)
            QCOMPARE(reflected(i, 4), expected[static_cast<std::size_t>(i + 5)]);
        QCOMPARE(reflected(-3, 1), std::size_t(0));
    }

    /// An impulse in the middle of a frame's hop is seen alike by the frames around it, whatever the hop.
    void framesAreCentredOnTheirHop() {
        for (const int hop : {160, 256}) {
            const Stft stft(1024, hop);
            std::vector<float> samples(static_cast<std::size_t>(20 * hop), 0.0f);
            samples[static_cast<std::size_t>(10 * hop + hop / 2)] = 1.0f;
            std::vector<float> energy;
            stft.forward(samples, [&](std::size_t, std::span<const std::complex<float>> spectrum) {
                energy.push_back(std::norm(spectrum[100]));
            });
            QCOMPARE(energy.size(), std::size_t(20));
            QVERIFY(std::abs(energy[10] - 1.0f) < 1e-5f); // the window's peak
            QVERIFY(energy[9] < 0.9f && std::abs(energy[9] - energy[11]) < 1e-5f);
        }
    }

    /// At the ends too: where fewer windows overlap the division makes up for it.
    void inverseRestoresTheSignal() {
        for (const auto& [window, hop] :
             std::vector<std::pair<int, int>>{{1024, 160}, {256, 64}, {512, 256}, {64, 15}}) {
            const Stft stft(window, hop);
            const std::vector<float> samples = noise(static_cast<std::size_t>(30 * hop));
            const std::vector<float> back = stft.inverse(stft.forward(samples));
            QCOMPARE(back.size(), samples.size());
            for (std::size_t i = 0; i < back.size(); ++i)
                QVERIFY(std::abs(back[i] - samples[i]) < 1e-5f);
        }
        QVERIFY_EXCEPTION_THROWN(Stft(64, 16).inverse(std::vector<std::complex<float>>(34)), std::invalid_argument);
    }

    void shortSignals() {
        const Stft stft(1024, 160);
        QVERIFY(stft.forward(std::vector<float>{}).empty());
        QVERIFY(stft.forward(std::vector<float>(159, 1.0f)).empty());
        QCOMPARE(stft.forward(std::vector<float>(160, 1.0f)).size(), std::size_t(513));
    }
};

QTEST_GUILESS_MAIN(StftTest)
#include "StftTest.moc"
