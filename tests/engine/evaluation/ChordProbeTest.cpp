#include "engine/evaluation/ChordProbe.h"

#include "engine/audio/LogMel.h"
#include "engine/plan/Harmony.h"

#include <torch/types.h>

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>
#include <random>

using namespace n2m::evaluation;
using n2m::plan::Plan;

namespace {

/// A chord every two seconds from a list, as sines with three partials at the chord's pitches around middle C.
struct Piece {
    Plan plan;
    Spectrogram sound;

    explicit Piece(const std::string& chords) {
        const auto symbols = n2m::plan::parseChords(chords);
        plan.seconds = 2.0 * static_cast<double>(symbols.size());
        std::vector<float> samples(static_cast<std::size_t>(plan.seconds * 16000), 0.0f);
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            const double start = 2.0 * static_cast<double>(i);
            plan.chords.push_back({start, start + 2.0, symbols[i]});
            for (int pitch = 48; pitch < 72; ++pitch) {
                if (!((symbols[i].tones >> (pitch % 12)) & 1)) continue;
                for (int partial = 1; partial <= 3; ++partial) {
                    const double frequency = 440.0 * std::exp2((pitch - 69) / 12.0) * partial;
                    for (std::size_t n = 0; n < 32000; ++n)
                        samples[i * 32000 + n] += static_cast<float>(
                            0.03 / partial *
                            std::sin(2.0 * std::numbers::pi * frequency * static_cast<double>(n) / 16000));
                }
            }
        }
        sound.values = n2m::audio::LogMel().analyse(samples);
    }
};

} // namespace

class ChordProbeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hearsChordsItNeverHeardTogether() {
        torch::set_num_threads(1);
        ChordProbe::Fit fit;
        for (const char* chords :
             {"C Dm Em F", "G Am Bdim C#m", "Eb Ab Bb Fm", "D A E B", "F#m Gm Cm F#", "Db Abm Bbm Ebm"}) {
            const Piece piece(chords);
            fit.add(piece.sound, piece.plan);
        }
        const ChordProbe probe = fit.finish();
        const Piece own("Am F C G"), other("Ab Bb Eb C#m");
        const auto right = probe.agreement(own.sound, own.plan), wrong = probe.agreement(own.sound, other.plan);
        QVERIFY(right && wrong);
        QVERIFY2(*right > 0.75, qPrintable(QString::number(*right)));
        QVERIFY2(*wrong < 0.3, qPrintable(QString::number(*wrong)));
        // In the second of A minor the probe must hear A, C and E most.
        const torch::Tensor heard = probe.hear(own.sound).narrow(0, 5, 10).mean(0);
        const auto best = std::get<1>(heard.topk(3)).to(torch::kLong);
        std::set<std::int64_t> pitches;
        for (int i = 0; i < 3; ++i)
            pitches.insert(best[i].item<std::int64_t>());
        QCOMPARE(pitches, (std::set<std::int64_t>{0, 4, 9}));
    }

    void saysNothingWithoutChords() {
        const Piece piece("C F");
        ChordProbe::Fit fit;
        QVERIFY_EXCEPTION_THROWN(fit.finish(), std::invalid_argument);
        fit.add(piece.sound, Plan{});
        QVERIFY_EXCEPTION_THROWN(fit.finish(), std::invalid_argument);
        fit.add(piece.sound, piece.plan);
        QVERIFY(fit.steps() > 30);
        QVERIFY(!fit.finish().agreement(piece.sound, Plan{}));
        Spectrogram nothing;
        QVERIFY(!fit.finish().agreement(nothing, piece.plan));
        QVERIFY_EXCEPTION_THROWN(ChordProbe(torch::zeros({5, 11})), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(ChordProbeTest)
#include "ChordProbeTest.moc"
