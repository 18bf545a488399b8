#include "engine/evaluation/TempoDetector.h"

#include "engine/audio/LogMel.h"

#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace n2m::evaluation;
using n2m::plan::Plan;

namespace {

/// Clicks of noise on every beat, louder on every fourth, in `seconds` of 16 kHz sound, heard through the real
/// analysis.
Spectrogram clicks(double bpm, double seconds, double firstBeat = 0.1) {
    const n2m::audio::LogMel analysis;
    std::vector<float> samples(static_cast<std::size_t>(16000 * seconds), 0.0f);
    std::mt19937 random(7);
    std::normal_distribution<float> noise;
    int beat = 0;
    for (double time = firstBeat; time < seconds; time += 60.0 / bpm, ++beat) {
        const auto from = static_cast<std::size_t>(time * 16000);
        for (std::size_t i = 0; i < 1600 && from + i < samples.size(); ++i)
            samples[from + i] +=
                (beat % 4 == 0 ? 0.3f : 0.15f) * noise(random) * std::exp(-static_cast<float>(i) / 300);
    }
    for (float& sample : samples)
        sample += 0.0005f * noise(random);
    Spectrogram result;
    result.values = analysis.analyse(samples);
    return result;
}

Plan beatsAt(double bpm, double seconds, double firstBeat = 0.1) {
    Plan plan;
    plan.seconds = seconds;
    plan.bpm = bpm;
    for (double time = firstBeat; time < seconds; time += 60.0 / bpm)
        plan.beats.push_back({time, plan.beats.size() % 4 == 0});
    return plan;
}

} // namespace

class TempoDetectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hearsClicks_data() {
        QTest::addColumn<double>("bpm");
        for (const double bpm : {63.0, 80.0, 97.0, 110.0, 128.0, 150.0, 174.0})
            QTest::addRow("%g", bpm) << bpm;
    }

    void hearsClicks() {
        QFETCH(double, bpm);
        const TempoReading reading = detectTempo(clicks(bpm, 30.0));
        QVERIFY2(sameTempoOrOctave(reading.bpm, bpm, 4), qPrintable(QString::number(reading.bpm)));
        // Near the preferred tempo not even the octave is in doubt.
        if (bpm >= 80.0 && bpm <= 150.0)
            QVERIFY2(sameTempo(reading.bpm, bpm), qPrintable(QString::number(reading.bpm)));
        QVERIFY(reading.strength > 0.5);
    }

    void isWeakWhereNothingRepeats() {
        const TempoReading shuffled = detectTempo(shuffledInTime(clicks(97.0, 30.0), 1));
        QVERIFY2(shuffled.strength < 0.5 * detectTempo(clicks(97.0, 30.0)).strength,
                 qPrintable(QString::number(shuffled.strength)));
    }

    void hearsNothingInSilenceOrAnInstant() {
        Spectrogram silence;
        silence.values.assign(80 * 3000, -1.0f);
        QCOMPARE(detectTempo(silence).bpm, 0.0);
        silence.values.resize(80 * 20);
        QCOMPARE(detectTempo(silence).bpm, 0.0);
        silence.values.clear();
        QCOMPARE(detectTempo(silence).bpm, 0.0);
        QVERIFY(!beatAgreement(silence, beatsAt(100.0, 30.0)));
    }

    void forgivesOctavesOnlyWhereAsked() {
        QVERIFY(sameTempo(104.0, 100.0));
        QVERIFY(!sameTempo(106.0, 100.0));
        QVERIFY(!sameTempo(50.0, 100.0));
        QVERIFY(!sameTempo(0.0, 0.0));
        QVERIFY(sameTempoOrOctave(51.0, 100.0, 4));
        QVERIFY(sameTempoOrOctave(198.0, 100.0, 4));
        QVERIFY(!sameTempoOrOctave(150.0, 50.0, 4));
        QVERIFY(sameTempoOrOctave(150.0, 50.0, 3));
        QVERIFY(!sameTempoOrOctave(75.0, 100.0, 3));
    }

    void agreesWithItsOwnBeats() {
        const Spectrogram sound = clicks(100.0, 20.0);
        const auto own = beatAgreement(sound, beatsAt(100.0, 20.0));
        const auto between = beatAgreement(sound, beatsAt(100.0, 20.0, 0.4));
        const auto other = beatAgreement(sound, beatsAt(83.0, 20.0));
        QVERIFY(own && between && other);
        QVERIFY2(*own > 0.6, qPrintable(QString::number(*own)));
        QVERIFY2(*between < 0.0, qPrintable(QString::number(*between)));
        QVERIFY2(std::abs(*other) < 0.3, qPrintable(QString::number(*other)));
        QVERIFY(!beatAgreement(sound, Plan{}));
    }
};

QTEST_GUILESS_MAIN(TempoDetectorTest)
#include "TempoDetectorTest.moc"
