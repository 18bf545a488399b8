#include "engine/audio/Resample.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace n2m::audio;

namespace {

std::vector<float> sine(double hertz, int rate, std::size_t count, double phase = 0.3) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n)
        samples[n] =
            static_cast<float>(std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / rate + phase));
    return samples;
}

/// The largest difference, `skip` samples from either end.
double difference(const std::vector<float>& left, const std::vector<float>& right, std::size_t skip = 0) {
    if (left.size() != right.size()) return INFINITY;
    double largest = 0.0;
    for (std::size_t n = skip; n + skip < left.size(); ++n)
        largest = std::max(largest, std::abs(static_cast<double>(left[n]) - right[n]));
    return largest;
}

} // namespace

class ResampleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The resampled sine is the sine: exactly, where it is periodic.
    void periodicSineIsExact() {
        for (const auto& [from, to] : std::vector<std::pair<int, int>>{
                 {16000, 24000}, {24000, 16000}, {3200, 16000}, {44100, 24000}, {48000, 16000}}) {
            const auto count = static_cast<std::size_t>(from / 100); // 10 ms: 1,000 Hz is 10 periods
            const auto outputs = static_cast<std::size_t>(to / 100);
            const std::vector<float> result = resampleFourier(sine(1000.0, from, count), from, to, Edges::Periodic);
            QVERIFY(difference(result, sine(1000.0, to, outputs)) < 2e-6);
        }
        QVERIFY_EXCEPTION_THROWN(resampleFourier(sine(1000.0, 16000, 161), 16000, 24000, Edges::Periodic),
                                 std::invalid_argument);
    }

    /// Golden values from scipy.signal.resample 1.17.1, which agrees on what becomes of the Nyquist frequency.
    void periodicIsScipys() {
        const std::vector<float> samples = {1.0f, -2.0f, 3.0f, 0.5f, -1.0f, 4.0f, 2.0f, -3.0f};
        QVERIFY(difference(resampleFourier(samples, 8, 12, Edges::Periodic),
                           {1.0f, -1.24125586f, -1.11726575f, 3.0f, 2.47231291f, -1.14706935f, -1.0f, 2.37731302f,
                            4.75332291f, 2.0f, -2.73337007f, -1.6139878f}) < 1e-5);
        QVERIFY(difference(resampleFourier(samples, 8, 6, Edges::Periodic),
                           {0.3125f, -0.77351575f, 2.81606291f, -1.6875f, 5.09707291f, -2.38962007f}) < 1e-5);
        QVERIFY(difference(resampleFourier(samples, 8, 4, Edges::Periodic),
                           {-1.86687861f, 1.62055826f, 0.49187861f, 2.00444174f}) < 1e-5);
    }

    /// Any sine. Beyond an end is its mirror image, which differs from the sine by at most 2 in each sample;
    /// at a distance of d samples the sinc function weighs that sum with 1/(πd), and it telescopes to at most 2 · 2/|1
    /// − e^{iπ(1−s)}| for a sine at the share s of the Nyquist frequency. So the error fades like 1/d.
    void sineIsTheSine() {
        for (const auto& [from, to] : std::vector<std::pair<int, int>>{
                 {16000, 24000}, {24000, 16000}, {3200, 16000}, {44100, 24000}, {24000, 44100}, {24000, 48000}}) {
            const auto count = static_cast<std::size_t>(from) * 3 / 2 + 7;
            const int lower = std::min(from, to);
            for (const double share : {0.02, 0.37, 0.9, 0.97}) {
                const double hertz = share * lower / 2.0;
                const std::vector<float> result = resampleFourier(sine(hertz, from, count), from, to);
                const std::vector<float> expected = sine(hertz, to, resampledLength(count, from, to));
                for (const double seconds : {0.01, 0.1, 0.7}) {
                    const double mirrored = 2.0 / std::sin(std::numbers::pi * (1.0 - share) / 2.0);
                    const double bound = mirrored / (std::numbers::pi * seconds * lower) + 2e-5;
                    const double found = difference(result, expected, static_cast<std::size_t>(seconds * to));
                    QVERIFY2(found < bound, qPrintable(QString("%1 to %2, %3 Hz, %4 s from the ends: %5 over %6")
                                                           .arg(from)
                                                           .arg(to)
                                                           .arg(hertz)
                                                           .arg(seconds)
                                                           .arg(found)
                                                           .arg(bound)));
                }
                QVERIFY(difference(result, std::vector<float>(expected.size(), 0.0f)) < 1.5); // no click at the ends
            }
        }
    }

    void seamsAreInaudible() {
        const std::vector<float> result = resampleFourier(sine(7840.0, 24000, 2200000), 24000, 16000);
        // Far from the ends; there is a seam every 65,538 input samples.
        QVERIFY(difference(result, sine(7840.0, 16000, resampledLength(2200000, 24000, 16000)), 600000) < 3e-5);
    }

    void aConstantIsConstantToItsEnds() {
        for (const std::size_t count : {1u, 2u, 100u, 5000u}) {
            const std::vector<float> result = resampleFourier(std::vector<float>(count, 0.5f), 16000, 24000);
            QVERIFY(difference(result, std::vector<float>(resampledLength(count, 16000, 24000), 0.5f)) < 1e-4);
        }
    }

    void whatIsTooHighIsRemoved() {
        const std::vector<float> result = resampleFourier(sine(9000.0, 24000, 24000), 24000, 16000);
        QVERIFY(difference(result, std::vector<float>(16000, 0.0f), 1600) < 1e-3);
    }

    void lengths() {
        QCOMPARE(resampledLength(706560, 24000, 16000), std::size_t(471040));
        QCOMPARE(resampledLength(94208, 3200, 16000), std::size_t(471040));
        QCOMPARE(resampledLength(1, 24000, 16000), std::size_t(1));
        QCOMPARE(resampledLength(7, 16000, 24000), std::size_t(11)); // 10.5
        for (const std::size_t count : {1u, 7u, 1000u, 44101u})
            QCOMPARE(resampleFourier(sine(100.0, 44100, count), 44100, 24000).size(),
                     resampledLength(count, 44100, 24000));
        QVERIFY(resampleFourier({}, 16000, 24000).empty());
        const std::vector<float> same = sine(100.0, 24000, 100);
        QCOMPARE(resampleFourier(same, 24000, 24000), same);
    }

    void channelsStayApart() {
        Clip clip{std::vector<float>(2 * 16000), 16000, 2};
        const std::vector<float> left = sine(440.0, 16000, 16000), right = sine(1234.0, 16000, 16000);
        for (std::size_t n = 0; n < left.size(); ++n) {
            clip.samples[2 * n] = left[n];
            clip.samples[2 * n + 1] = right[n];
        }
        const Clip result = resample(clip, 24000);
        QCOMPARE(result.sampleRate, 24000);
        QCOMPARE(result.frames(), std::size_t(24000));
        std::vector<float> resampledRight(24000);
        for (std::size_t n = 0; n < resampledRight.size(); ++n)
            resampledRight[n] = result.samples[2 * n + 1];
        QVERIFY(difference(resampledRight, sine(1234.0, 24000, 24000), 1200) < 1e-3);
    }

    void strangeRatesAreRefused() {
        const std::vector<float> samples(100, 0.0f);
        for (const auto& [from, to] : std::vector<std::pair<int, int>>{
                 {0, 24000}, {16000, 0}, {-1, 24000}, {2147483647, 24000}, {199999, 24000}, {24000, 784007}})
            QVERIFY_EXCEPTION_THROWN(resampleFourier(samples, from, to), std::invalid_argument);
        for (const int rate : {8000, 11025, 22050, 22254, 32000, 37800, 44056, 44100, 48000, 88200, 96000, 192000})
            QCOMPARE(resampleFourier(samples, rate, 24000).size(), resampledLength(100, rate, 24000));
    }
};

QTEST_GUILESS_MAIN(ResampleTest)
#include "ResampleTest.moc"
