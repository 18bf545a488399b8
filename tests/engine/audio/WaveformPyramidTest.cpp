#include "engine/audio/WaveformPyramid.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>
#include <thread>

using namespace n2m::audio;

namespace {

std::shared_ptr<const Clip> noise(std::size_t frames, int channels) {
    auto clip =
        std::make_shared<Clip>(Clip{std::vector<float>(frames * static_cast<std::size_t>(channels)), 24000, channels});
    std::mt19937 random(5);
    std::normal_distribution<float> normal(0.1f, 0.2f);
    for (float& sample : clip->samples)
        sample = normal(random);
    return clip;
}

WaveformPeaks slowly(const Clip& clip, int channel, std::int64_t begin, std::int64_t end) {
    WaveformPeaks peaks{1e9f, -1e9f, 0.0f};
    double square = 0.0;
    for (std::int64_t frame = begin; frame < end; ++frame) {
        const float sample = clip.samples[static_cast<std::size_t>(frame * clip.channels + channel)];
        peaks.lowest = std::min(peaks.lowest, sample);
        peaks.highest = std::max(peaks.highest, sample);
        square += static_cast<double>(sample) * sample;
    }
    peaks.rms = static_cast<float>(std::sqrt(square / static_cast<double>(end - begin)));
    return peaks;
}

} // namespace

class WaveformPyramidTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyStretchIsWhatTheSamplesAre_data() {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("channels");
        QTest::newRow("less than a block") << 100 << 1;
        QTest::newRow("one block") << 256 << 2;
        QTest::newRow("a power of the factor") << 16384 << 1;
        QTest::newRow("odd") << 100003 << 2;
    }
    void anyStretchIsWhatTheSamplesAre() {
        QFETCH(int, frames);
        QFETCH(int, channels);
        const auto clip = noise(static_cast<std::size_t>(frames), channels);
        WaveformPyramid pyramid(clip);
        QVERIFY(!pyramid.build(frames));
        std::mt19937 random(7);
        std::uniform_int_distribution<std::int64_t> any(0, frames);
        constexpr std::int64_t block = WaveformPyramid::blockFrames;
        for (int i = 0; i < 400; ++i) {
            std::int64_t begin = any(random), end = any(random);
            if (begin > end) std::swap(begin, end);
            if (begin == end) continue;
            const WaveformPeaks found = pyramid.peaks(i % channels, begin, end);
            if (end - begin > 16 * block) { // as documented: rounded down to whole blocks
                begin = begin / block * block;
                if (end < frames) end = end / block * block;
            }
            const WaveformPeaks expected = slowly(*clip, i % channels, begin, end);
            QCOMPARE(found.lowest, expected.lowest);
            QCOMPARE(found.highest, expected.highest);
            QVERIFY(std::abs(found.rms - expected.rms) < 1e-4f);
        }
        QCOMPARE(pyramid.peaks(0, -10, 0).highest, 0.0f);
        QCOMPARE(pyramid.peaks(0, frames, frames + 5).highest, 0.0f);
    }

    void columnsMissNothing() {
        auto clip = std::make_shared<Clip>(Clip{std::vector<float>(500000, 0.0f), 48000, 1});
        for (const std::size_t spike : {1u, 80000u, 123456u, 499999u})
            clip->samples[spike] = 1.0f;
        WaveformPyramid pyramid(clip);
        pyramid.build(500000);
        for (const double perColumn : {0.5, 1.0, 97.3, 1234.5, 50000.0}) {
            std::vector<WaveformPeaks> columns(static_cast<std::size_t>(std::ceil(500000.0 / perColumn)) + 1);
            pyramid.columns(0, 0.0, perColumn, columns);
            QCOMPARE(
                std::count_if(columns.begin(), columns.end(), [](const auto& peak) { return peak.highest > 0.5f; }),
                perColumn == 0.5 ? 8 : 4);
        }
    }

    void readersSeeWhatIsBuilt() {
        const auto clip = noise(4'000'000, 1);
        WaveformPyramid pyramid(clip);
        QVERIFY(pyramid.build(1'000'000));
        QVERIFY(pyramid.built() >= 1'000'000 && !pyramid.complete());
        QVERIFY(pyramid.peaks(0, 0, 900'000).highest > 0.5f);
        QCOMPARE(pyramid.peaks(0, 2'000'000, 3'000'000).highest, 0.0f);
        QVERIFY(pyramid.peaks(0, 2'000'000, 2'001'000).highest > 0.0f); // short: from the samples themselves
        std::atomic<bool> wrong{false};
        std::thread reader([&] {
            while (!pyramid.complete()) {
                const WaveformPeaks peaks = pyramid.peaks(0, 0, 4'000'000);
                if (!(peaks.highest > 0.5f && peaks.lowest < -0.3f)) wrong = true;
            }
        });
        while (pyramid.build(10'000)) {
        }
        reader.join();
        QVERIFY(!wrong);
        QVERIFY(pyramid.peaks(0, 3'000'000, 4'000'000).highest > 0.5f);
    }
};

QTEST_GUILESS_MAIN(WaveformPyramidTest)
#include "WaveformPyramidTest.moc"
