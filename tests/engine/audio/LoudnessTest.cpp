#include "engine/audio/Loudness.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace n2m::audio;

namespace {

void addTone(Clip& clip, double hertz, double decibels, double seconds, double phase = 0.0) {
    const double amplitude = std::pow(10.0, decibels / 20.0);
    const auto count = static_cast<std::size_t>(seconds * clip.sampleRate);
    for (std::size_t n = 0; n < count; ++n)
        for (int channel = 0; channel < clip.channels; ++channel)
            clip.samples.push_back(static_cast<float>(
                amplitude *
                std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / clip.sampleRate + phase)));
}

} // namespace

class LoudnessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// EBU Tech 3341, test signals 1 and 2: a stereo sine of −23 (−33) dBFS is −23 (−33) ± 0.1 LUFS.
    void ebuSine() {
        for (const int rate : {48000, 24000, 16000})
            for (const double level : {-23.0, -33.0}) {
                Clip clip{{}, rate, 2};
                addTone(clip, 1000.0, level, 5.0);
                QVERIFY(std::abs(integratedLoudness(clip) - level) < 0.1);
            }
    }

    /// ITU-R BS.1770-4: a 997 Hz sine at 0 dBFS in one channel reads −3.01 LKFS.
    void referenceTone() {
        Clip clip{{}, 48000, 1};
        addTone(clip, 997.0, 0.0, 3.0);
        QVERIFY(std::abs(integratedLoudness(clip) + 3.01) < 0.02);
        Clip quiet{{}, 48000, 1};
        addTone(quiet, 997.0, -19.99, 3.0);
        QVERIFY(std::abs(integratedLoudness(quiet) + 23.0) < 0.02);
    }

    /// EBU Tech 3341, test signal 3: the relative gate keeps the quiet ends out.
    void gate() {
        Clip clip{{}, 24000, 2};
        addTone(clip, 1000.0, -36.0, 10.0);
        addTone(clip, 1000.0, -23.0, 60.0);
        addTone(clip, 1000.0, -36.0, 10.0);
        QVERIFY(std::abs(integratedLoudness(clip) + 23.0) < 0.1);
    }

    /// EBU Tech 3341, test signal 16: a sine of a quarter of the sample rate, 45° off, has no sample on its peak of
    /// −6 dB. Allowed: +0.2, −0.4 dB.
    void peakBetweenSamples() {
        Clip clip{{}, 48000, 1};
        addTone(clip, 12000.0, 20.0 * std::log10(0.5), 1.0, std::numbers::pi / 4.0);
        const double peak = truePeak(clip);
        QVERIFY(peak < -5.8 && peak > -6.4);
    }

    void normalisingReachesTheTarget() {
        Clip clip{{}, 24000, 1};
        addTone(clip, 440.0, -40.0, 4.0);
        const double before = integratedLoudness(clip);
        const double gain = normaliseLoudness(clip);
        QVERIFY(std::abs(integratedLoudness(clip) + 16.0) < 0.01);
        QVERIFY(std::abs(before + gain + 16.0) < 0.01);
        normaliseLoudness(clip, -30.0);
        QVERIFY(std::abs(integratedLoudness(clip) + 30.0) < 0.01);
    }

    /// Clicks are all peak and little loudness: the peak stops the gain.
    void peaksAreKeptBelowOneDecibel() {
        Clip clip{std::vector<float>(24000 * 4, 0.0f), 24000, 1};
        for (std::size_t n = 100; n < clip.samples.size(); n += 6000)
            clip.samples[n] = 0.1f;
        Clip unguarded = clip;
        normaliseLoudness(clip);
        QVERIFY(std::abs(truePeak(clip) + 1.0) < 0.01);
        QVERIFY(integratedLoudness(clip) < -17.0);
        normaliseLoudness(unguarded, -16.0, INFINITY);
        QVERIFY(std::abs(integratedLoudness(unguarded) + 16.0) < 0.01);
    }

    void silenceAndSnippetsAreLeftAlone() {
        Clip silence{std::vector<float>(24000, 0.0f), 24000, 1};
        QCOMPARE(normaliseLoudness(silence), 0.0);
        QCOMPARE(truePeak(silence), -INFINITY);
        Clip snippet{{}, 24000, 1};
        addTone(snippet, 440.0, -6.0, 0.3);
        const std::vector<float> before = snippet.samples;
        QCOMPARE(integratedLoudness(snippet), -INFINITY);
        QCOMPARE(normaliseLoudness(snippet), 0.0);
        QCOMPARE(snippet.samples, before);
        QCOMPARE(integratedLoudness(Clip{{}, 24000, 1}), -INFINITY);
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(integratedLoudness(Clip{{0.0f}, 0, 1}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(truePeak(Clip{{0.0f}, 24000, 0}), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(truePeak(Clip{{0.0f}, 3, 1}), std::invalid_argument);
    }

    void metersBlocksAsTheWhole() {
        Clip clip{{}, 48000, 2};
        for (std::size_t n = 0; n < 48000U * 10U; ++n)
            clip.samples.push_back(static_cast<float>(0.3 * std::sin(static_cast<double>(n / 2) * 0.05)) *
                                   (n < 240000 ? 1.0F : 0.1F));
        LoudnessMeter meter;
        QVERIFY(std::isinf(meter.integrated()));
        for (std::size_t from = 0; from < clip.samples.size(); from += 9998) {
            const std::size_t end = std::min(clip.samples.size(), from + 9998);
            meter.add({{clip.samples.begin() + static_cast<std::ptrdiff_t>(from),
                        clip.samples.begin() + static_cast<std::ptrdiff_t>(end)},
                       48000,
                       2});
        }
        QCOMPARE(meter.integrated(), integratedLoudness(clip));
    }
};

QTEST_GUILESS_MAIN(LoudnessTest)
#include "LoudnessTest.moc"
