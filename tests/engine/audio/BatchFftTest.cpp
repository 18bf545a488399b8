#include "engine/audio/BatchFft.h"
#include "engine/audio/RealFft.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

using namespace n2m::audio;

namespace {

constexpr std::size_t lanes = BatchFft::lanes;

std::vector<float> noise(std::size_t count) {
    std::uint32_t state = 1;
    std::vector<float> samples(count);
    for (float& sample : samples) {
        state = state * 1664525u + 1013904223u;
        sample = static_cast<float>(state >> 8) * 0x1p-23f - 1.0f;
    }
    return samples;
}

} // namespace

class BatchFftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Every lane has the transform that another library makes of it.
    void agreesWithKissFft_data() {
        QTest::addColumn<int>("length");
        for (const int length : {2, 4, 6, 8, 10, 14, 22, 60, 90, 154, 480, 1024, 1536})
            QTest::newRow(qPrintable(QString::number(length))) << length;
    }
    void agreesWithKissFft() {
        QFETCH(const int, length);
        BatchFft batch(length);
        RealFft single(length);
        const std::vector<float> samples = noise(batch.sampleCount());
        std::vector<float> rows = samples, spectrum(batch.spectrumCount());
        batch.forward(rows, spectrum);
        std::vector<float> lane(static_cast<std::size_t>(length));
        std::vector<std::complex<float>> wanted(static_cast<std::size_t>(single.bins()));
        double error = 0.0, energy = 0.0;
        for (std::size_t i = 0; i < lanes; ++i) {
            for (std::size_t n = 0; n < lane.size(); ++n)
                lane[n] = samples[n * lanes + i];
            single.forward(lane, wanted);
            for (std::size_t bin = 0; bin < wanted.size(); ++bin) {
                const std::complex<float> found(spectrum[bin * 2 * lanes + i], spectrum[(bin * 2 + 1) * lanes + i]);
                error += std::norm(found - wanted[bin]);
                energy += std::norm(wanted[bin]);
            }
        }
        QVERIFY(error < 1e-11 * energy);
        // The inverse ignores the imaginary parts of the first and the last bin.
        std::fill_n(spectrum.begin() + lanes, lanes, 5.0f);
        std::fill_n(spectrum.end() - lanes, lanes, 5.0f);
        batch.inverse(spectrum, rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            QVERIFY(std::abs(rows[i] - samples[i]) < 5e-6f);
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(BatchFft(0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(BatchFft(7), std::invalid_argument);
        BatchFft batch(8);
        std::vector<float> samples(batch.sampleCount()), spectrum(batch.spectrumCount() - 1);
        QVERIFY_EXCEPTION_THROWN(batch.forward(samples, spectrum), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(batch.inverse(spectrum, samples), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(BatchFftTest)
#include "BatchFftTest.moc"
