#include "engine/audio/MelBands.h"

#include <QtTest/QtTest>

#include <cmath>
#include <cstdint>

using namespace n2m::audio;

class MelBandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// An update of frames side by side is that of its definition, frame by frame, with the filters of LogMel.
    void updatesAreThoseOfTheFilters() {
        const LogMel analysis;
        const MelFilters& filters = analysis.filters();
        const std::size_t frames = 19; // a batch and three frames
        std::vector<float> logMel(80 * frames);
        std::uint32_t state = 1;
        const auto next = [&] {
            state = state * 1664525u + 1013904223u;
            return static_cast<float>(state >> 8) * 0x1p-23f - 1.0f;
        };
        for (float& value : logMel)
            value = next();
        const MelBands bands(logMel, analysis, 2.0f);
        QCOMPARE(bands.frames(), frames);
        QCOMPARE(bands.batches(), std::size_t(2));
        QCOMPARE(bands.bins(), std::size_t(513));
        QCOMPARE(bands.begin(), std::size_t(1));
        QVERIFY(bands.end() >= 512); // rounding may leave a little weight at the Nyquist frequency

        const std::size_t lanes = kernels::lanes, frame = 17, lane = frame - lanes;
        LaneVector power(513 * lanes, 1.0f), ratios;
        std::vector<float> wanted(513), mel(80), ratio(513), sums(513);
        for (std::size_t bin = 0; bin < 513; ++bin)
            power[bin * lanes + lane] = wanted[bin] = 1.1f + next();
        filters.applyTransposed(std::vector<float>(80, 1.0f), sums);
        for (int update = 0; update < 3; ++update) {
            filters.apply(wanted, mel);
            for (std::size_t band = 0; band < 80; ++band)
                mel[band] = std::pow(10.0f, analysis.config().decibels(logMel[band * frames + frame]) / 10.0f) / 2.0f /
                            mel[band];
            filters.applyTransposed(mel, ratio);
            for (std::size_t bin = bands.begin(); bin < bands.end(); ++bin)
                wanted[bin] *= ratio[bin] / sums[bin];
        }
        bands.approach(1, power, 3, ratios);
        for (std::size_t bin = 0; bin < 513; ++bin)
            QVERIFY(std::abs(power[bin * lanes + lane] - wanted[bin]) <= 1e-4f * wanted[bin]);
    }
};

QTEST_GUILESS_MAIN(MelBandsTest)
#include "MelBandsTest.moc"
