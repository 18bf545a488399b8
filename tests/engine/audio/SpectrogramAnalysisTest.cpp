#include "engine/audio/SpectrogramAnalysis.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace n2m::audio;

namespace {

std::shared_ptr<const Clip> sine(double frequency, double amplitude, int rate = 24000, int channels = 1) {
    auto clip =
        std::make_shared<Clip>(Clip{std::vector<float>(static_cast<std::size_t>(rate * channels) * 2), rate, channels});
    for (std::size_t frame = 0; frame < clip->frames(); ++frame)
        for (int channel = 0; channel < channels; ++channel)
            clip->samples[frame * static_cast<std::size_t>(channels) + static_cast<std::size_t>(channel)] =
                static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * frequency * double(frame) / rate));
    return clip;
}

} // namespace

class SpectrogramAnalysisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The definition of the levels: a full-scale sine is 0 dB, wherever it is and on every axis.
    void aSineHasItsLevelAndItsPlace_data() {
        QTest::addColumn<int>("scale");
        QTest::addColumn<double>("frequency");
        QTest::addColumn<double>("amplitude");
        QTest::addColumn<int>("rate");
        for (const auto& [name, scale] : {std::pair{"mel", FrequencyScale::Mel},
                                          {"linear", FrequencyScale::Linear},
                                          {"logarithmic", FrequencyScale::Logarithmic}})
            for (const double frequency : {110.0, 440.0, 3333.3, 9000.0})
                QTest::addRow("%s %.0f Hz", name, frequency)
                    << int(scale) << frequency << (frequency < 1000.0 ? 1.0 : 0.1)
                    << (frequency < 500.0 ? 24000 : 44100);
    }
    void aSineHasItsLevelAndItsPlace() {
        QFETCH(int, scale);
        QFETCH(double, frequency);
        QFETCH(double, amplitude);
        QFETCH(int, rate);
        const FrequencyAxis axis(static_cast<FrequencyScale>(scale), 0.0, rate / 2.0);
        const SpectrogramAnalysis analysis(sine(frequency, amplitude, rate, 2), axis, 512);
        const SpectrogramTile tile = analysis.tile(0.5, 0.01, 20);
        QCOMPARE(tile.levels.size(), std::size_t{20 * 512});
        for (int column = 0; column < 20; ++column) {
            int loudest = 0;
            for (int row = 0; row < 512; ++row)
                if (tile.levels[static_cast<std::size_t>(row * 20 + column)] >
                    tile.levels[static_cast<std::size_t>(loudest * 20 + column)])
                    loudest = row;
            const float level = SpectrogramTile::decibels(tile.levels[static_cast<std::size_t>(loudest * 20 + column)]);
            // Up to 0.4 dB fall between two bins of a window padded to twice its length, 0.25 dB are rounding.
            QVERIFY2(std::abs(level - 20.0 * std::log10(amplitude)) < 0.7, qPrintable(QString::number(level)));
            const double below = axis.frequencyAt(1.0 - (loudest + 1.0) / 512),
                         above = axis.frequencyAt(1.0 - loudest / 512.0);
            const double bin = rate / (2.0 * analysis.window());
            QVERIFY2(frequency > below - bin && frequency < above + bin, qPrintable(QString::number(below)));
        }
        // Far away there is nothing: the side lobes of a Hann window.
        const int far = static_cast<int>((1.0 - axis.positionOf(rate * 0.45)) * 512);
        if (frequency < 5000.0)
            QVERIFY(SpectrogramTile::decibels(tile.levels[static_cast<std::size_t>(far * 20)]) < -90.0f);
    }

    void outsideTheClipIsSilence() {
        const SpectrogramAnalysis analysis(sine(1000.0, 1.0), FrequencyAxis(FrequencyScale::Mel, 0.0, 24000.0), 64);
        const SpectrogramTile tile = analysis.tile(-1.0, 0.5, 8); // the clip is columns 2 to 5
        const auto loudest = [&](int column) {
            int most = 0;
            for (int row = 0; row < 64; ++row)
                most = std::max<int>(most, tile.levels[static_cast<std::size_t>(row * 8 + column)]);
            return SpectrogramTile::decibels(static_cast<std::uint8_t>(most));
        };
        for (const int column : {0, 1, 6, 7})
            QCOMPARE(loudest(column), SpectrogramTile::lowest);
        for (const int column : {2, 3, 4, 5})
            QVERIFY(loudest(column) > -1.0f);
        // Rows above the clip's Nyquist frequency (the axis goes to twice that) are empty.
        for (int row = 0; row < 8; ++row)
            QCOMPARE(SpectrogramTile::decibels(tile.levels[static_cast<std::size_t>(row * 8 + 3)]),
                     SpectrogramTile::lowest);
    }

    void anyZoom() {
        const SpectrogramAnalysis analysis(sine(1000.0, 1.0), FrequencyAxis(FrequencyScale::Linear, 0.0, 12000.0), 96);
        for (const double column : {1.0 / 65536.0, 0.001, 0.05, 3.0}) {
            const SpectrogramTile tile = analysis.tile(0.9, column, 4);
            const std::uint8_t level = *std::max_element(tile.levels.begin(), tile.levels.end());
            QVERIFY(SpectrogramTile::decibels(level) > -8.0f); // of a column of 3 s, the half is silence
        }
    }

    void notes() {
        QCOMPARE(noteName(440.0), std::string("A4"));
        QCOMPARE(noteName(261.6256), std::string("C4"));
        QCOMPARE(noteName(27.5), std::string("A0"));
        QCOMPARE(noteName(445.0), std::string("A4 +20 ct")); // 1200·log2(445/440) = 19.56
        QCOMPARE(noteName(1108.73), std::string("C#6"));
        QCOMPARE(noteName(0.0), std::string());
    }

    void axesGoBothWays() {
        for (const auto scale : {FrequencyScale::Mel, FrequencyScale::Linear, FrequencyScale::Logarithmic}) {
            const FrequencyAxis axis(scale, 0.0, 12000.0);
            QVERIFY(std::abs(axis.positionOf(12000.0) - 1.0) < 1e-9);
            QVERIFY(std::abs(axis.frequencyAt(0.0) - axis.lowest()) < 1e-6);
            for (const double frequency : {50.0, 440.0, 5000.0})
                QVERIFY(std::abs(axis.frequencyAt(axis.positionOf(frequency)) - frequency) < 1e-6 * frequency);
        }
        // 1000 mel are 1000 Hz by definition, up to the rounding of its constants.
        const FrequencyAxis mel(FrequencyScale::Mel, 0.0, 1000.0);
        QVERIFY(std::abs(mel.frequencyAt(0.5) - 700.0 * (std::pow(10.0, 500.0 / 2595.0) - 1.0)) < 0.2);
    }
};

QTEST_GUILESS_MAIN(SpectrogramAnalysisTest)
#include "SpectrogramAnalysisTest.moc"
