#include "engine/audio/LogMel.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace n2m::audio;

namespace {

std::vector<float> tone(double hertz, double amplitude, std::size_t count = 16000) {
    std::vector<float> samples(count);
    for (std::size_t n = 0; n < count; ++n)
        samples[n] =
            static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / 16000.0));
    return samples;
}

} // namespace

class LogMelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The example of librosa.mel_frequencies in its documentation (40 points from 0 to 11,025 Hz, so 38 bands).
    void bandsAreSlaneys() {
        MelConfig config;
        config.sampleRate = 22050;
        config.window = 2048;
        config.bands = 38;
        const MelFilters filters(config);
        QVERIFY(std::abs(filters.centre(0) - 85.317) < 5e-4);
        QVERIFY(std::abs(filters.centre(10) - 938.490) < 5e-4);
        QVERIFY(std::abs(filters.centre(11) - 1024.856) < 5e-4);
        QVERIFY(std::abs(filters.centre(37) - 10096.408) < 5e-4);
    }

    /// Golden values in dB from librosa 0.11: stft of the signal padded by 432 reflected samples (center=False), its
    /// power through filters.mel(htk=False, norm=None), × 4/(1024 Σhann²), all in double.
    void valuesAreLibrosas() {
        std::vector<float> samples(3200);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double seconds = static_cast<double>(i) / 16000.0;
            samples[i] = static_cast<float>(0.3 * std::sin(2.0 * std::numbers::pi * 440.0 * seconds) +
                                            0.05 * std::sin(2.0 * std::numbers::pi * 3000.0 * seconds + 1.0) +
                                            0.002 * (static_cast<double>((i * i * 31 + i * 17) % 1009) / 504.0 - 1.0));
        }
        const LogMel logMel;
        const std::vector<float> values = logMel.analyse(samples);
        QCOMPARE(values.size(), std::size_t(80 * 20));

        struct Golden {
            std::size_t band, frame;
            float decibels;
        };
        for (const Golden& golden :
             {Golden{11, 10, -11.834f}, Golden{11, 0, -14.413f}, Golden{12, 10, -24.064f}, Golden{0, 19, -35.878f},
              Golden{30, 7, -80.517f}, Golden{50, 10, -76.689f}, Golden{57, 10, -74.764f}, Golden{79, 3, -70.028f}})
            QVERIFY(std::abs(logMel.config().decibels(values[golden.band * 20 + golden.frame]) - golden.decibels) <
                    0.02f);
    }

    /// A tone is loudest in the band that is centred on it; a full-scale one reads 0 dB where the bands are wide, less
    /// what the triangle (here 30 bins to each side) takes off the window's main lobe.
    void toneLandsInItsBand() {
        MelConfig config;
        config.ceiling = 5.0f;
        const LogMel logMel(config);
        for (const int band : {3, 20, 45, 60, 77}) {
            const std::vector<float> values = logMel.analyse(tone(logMel.filters().centre(band), 1.0));
            std::vector<float> column(80);
            for (std::size_t b = 0; b < 80; ++b)
                column[b] = values[b * 100 + 50];
            QCOMPARE(std::max_element(column.begin(), column.end()) - column.begin(), band);
            if (band == 77) QVERIFY(std::abs(config.decibels(column[77])) < 0.25f);
        }
    }

    void decibelsAreLinear() {
        const LogMel logMel;
        const std::vector<float> loud = logMel.analyse(tone(1000.0, 0.25)), quiet = logMel.analyse(tone(1000.0, 0.025));
        const auto peak = static_cast<std::size_t>(std::max_element(loud.begin(), loud.end()) - loud.begin());
        QVERIFY(std::abs((loud[peak] - quiet[peak]) - 20.0f * 2.0f / 90.0f) < 1e-4f);
    }

    void valuesAreCutAtTheBounds() {
        const LogMel logMel;
        for (const float value : logMel.analyse(std::vector<float>(1600, 0.0f)))
            QCOMPARE(value, -1.0f);
        const std::vector<float> loud = logMel.analyse(tone(3000.0, 100.0));
        QCOMPARE(*std::max_element(loud.begin(), loud.end()), 1.0f);
    }

    void framesAreSamplesOverHop() {
        const LogMel logMel;
        QCOMPARE(logMel.analyse(tone(440.0, 0.1, 471040)).size(), std::size_t(80 * 2944));
        QCOMPARE(logMel.analyse(tone(440.0, 0.1, 319)).size(), std::size_t(80));
        QVERIFY(logMel.analyse({}).empty());
    }

    void transposedFiltersAreTheTranspose() {
        const MelFilters filters{MelConfig{}};
        std::vector<float> mel(80), spectrum(513), melBack(80), spectrumBack(513);
        for (std::size_t i = 0; i < 80; ++i)
            mel[i] = static_cast<float>(i * 37 % 11);
        for (std::size_t i = 0; i < 513; ++i)
            spectrum[i] = static_cast<float>(i * 53 % 17);
        filters.apply(spectrum, melBack);
        filters.applyTransposed(mel, spectrumBack);
        double left = 0.0, right = 0.0; // ⟨W s, m⟩ = ⟨s, Wᵀ m⟩
        for (std::size_t i = 0; i < 80; ++i)
            left += static_cast<double>(melBack[i]) * mel[i];
        for (std::size_t i = 0; i < 513; ++i)
            right += static_cast<double>(spectrumBack[i]) * spectrum[i];
        QVERIFY(left > 1.0 && std::abs(left / right - 1.0) < 1e-5);
    }

    void badConfigurationsAreRefused() {
        const auto refused = [](auto change) {
            MelConfig config;
            change(config);
            QVERIFY_EXCEPTION_THROWN(LogMel{config}, std::invalid_argument);
        };
        refused([](MelConfig& config) { config.sampleRate = 0; });
        refused([](MelConfig& config) { config.bands = 0; });
        refused([](MelConfig& config) { config.bands = 400; });
        refused([](MelConfig& config) { config.window = -2; });
        refused([](MelConfig& config) { config.hop = 0; });
        refused([](MelConfig& config) { config.floor = config.ceiling; });
    }
};

QTEST_GUILESS_MAIN(LogMelTest)
#include "LogMelTest.moc"
