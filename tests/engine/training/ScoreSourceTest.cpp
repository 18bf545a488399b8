#include "engine/training/ScoreSource.h"

#include "engine/base/Error.h"
#include "engine/plan/ScoreGuide.h"
#include "engine/plan/ScoreRoll.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <torch/utils.h>

#include <fstream>

using namespace n2m;
using namespace n2m::training;

namespace {

/// A score generator without text; its network is never made.
model::StageConfig generator() {
    model::StageConfig stage;
    stage.name = "score-generator";
    stage.kind = model::StageKind::ScoreGenerator;
    stage.sampleRate = plan::positionsPerBeat;
    stage.plan = true;
    stage.network.dataChannels = plan::scoreChannelCount;
    stage.network.stackedChannels = plan::scoreGuideChannelCount;
    stage.network.patch = 3;
    stage.network.strides = {4};
    stage.training.snippetSeconds = 16;
    stage.training.planDropout = 0.0;
    return stage;
}

torch::Tensor guideRow(const Batch& batch, int channel) {
    return batch.conditioning.stacked.select(1, channel);
}

} // namespace

class ScoreSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A piece of eight bars of three beats after a pick-up: a note on every downbeat, one semitone higher each.
    void initTestCase() {
        std::ofstream lines(path() / "scores.jsonl");
        lines << R"({"captions": {"long": ["A waltz."]}, "split": "train", "plan": {"seconds": 25, "bpm": 60, )"
              << R"("beatsPerBar": 3, "key": "C major", "beats": [)";
        for (int beat = 0; beat < 25; ++beat)
            lines << (beat ? "," : "") << "[" << beat << "," << (beat % 3 == 1 ? 1 : 0) << "]";
        lines << R"(], "parts": [{"role": "lead", "program": 40, "notes": [)";
        for (int bar = 0; bar < 8; ++bar)
            lines << (bar ? "," : "") << "[" << 1 + 3 * bar << "," << 3 + 3 * bar << "," << 60 + bar << ",80]";
        lines << "]}]}}\n";
    }

    void composesWhatItIsAsked() {
        const model::StageConfig stage = generator();
        const ScoreSource source(stage, m_vocabulary, nullptr, nullptr);
        std::mt19937_64 random(1);
        const Batch batch = source.draw(Split::Train, 4, random, false);
        QCOMPARE(batch.data.sizes(), (torch::IntArrayRef{4, plan::scoreChannelCount, 192}));
        QCOMPARE(batch.conditioning.stacked.sizes(), (torch::IntArrayRef{4, plan::scoreGuideChannelCount, 192}));
        QVERIFY(!torch::equal(batch.data[0], batch.data[1]));
        QVERIFY((batch.data == 1.0).sum({1, 2}).min().item<int>() > 5); // every clip has notes
        // Nothing is hidden: tempo, chords, sections, and whether each part plays.
        for (const int channel : {8, 33, 34})
            QCOMPARE(guideRow(batch, channel).min().item<float>(), 1.0f);
        QCOMPARE(batch.conditioning.stacked.narrow(1, 48, 5).abs().min().item<float>(), 1.0f);
        std::mt19937_64 again(1);
        QVERIFY(torch::equal(source.draw(Split::Train, 4, again, false).data, batch.data));
    }

    void hidesFactsApartFromEachOther() {
        const model::StageConfig stage = generator();
        const ScoreSource source(stage, m_vocabulary, nullptr, nullptr);
        std::mt19937_64 random(2);
        int tempo = 0, chords = 0, both = 0, beats = 0, count = 0;
        for (int batch = 0; batch < 15; ++batch) {
            const Batch drawn = source.draw(Split::Train, 8, random);
            for (int clip = 0; clip < 8; ++clip, ++count) {
                const bool noTempo = guideRow(drawn, 8)[clip].max().item<float>() == 0.0f;
                const bool noChords = guideRow(drawn, 33)[clip].max().item<float>() == 0.0f;
                tempo += noTempo;
                chords += noChords;
                both += noTempo && noChords;
                beats += guideRow(drawn, 1)[clip].abs().max().item<float>() > 0.9f;
            }
        }
        QCOMPARE(beats, count); // the grid is never hidden
        QVERIFY(tempo > 2 && tempo < 36);
        QVERIFY(chords > 12 && chords < 60);
        QVERIFY(both < std::min(tempo, chords));
    }

    void hidesEverything() {
        model::StageConfig stage = generator();
        stage.training.planDropout = 1.0;
        const ScoreSource source(stage, m_vocabulary, nullptr, nullptr);
        std::mt19937_64 random(3);
        QCOMPARE(source.draw(Split::Train, 2, random).conditioning.stacked.narrow(1, 5, 48).abs().max().item<float>(),
                 0.0f);
    }

    void cutsRealScoresAtBars() {
        model::StageConfig stage = generator();
        stage.training.composedShare = 0.0;
        const DataSet scores(path(), DataSet::Kind::Scores);
        const ScoreSource source(stage, m_vocabulary, &scores, nullptr);
        std::mt19937_64 random(4);
        std::set<int> starts;
        for (int n = 0; n < 40; ++n) {
            const ScoreSource::Clip clip = source.real(Split::Train, 16, random);
            starts.insert(clip.firstBeat);
            QCOMPARE(clip.caption, std::string("A waltz."));
        }
        QVERIFY(starts == std::set<int>({1, 4, 7})); // 16 beats fit after these downbeats
        const Batch batch = source.draw(Split::Train, 3, random, false);
        for (int clip = 0; clip < 3; ++clip) // a note begins where the clip does
            QCOMPARE(batch.data[clip].narrow(0, 0, 48).select(1, 0).max().item<float>(), 1.0f);
        QCOMPARE(guideRow(batch, 33).max().item<float>(), 0.0f); // it has no chords to show
    }

    void refusesOtherChannels() {
        model::StageConfig stage = generator();
        stage.network.dataChannels = 80;
        QVERIFY_THROWS_EXCEPTION(base::InvalidInput, ScoreSource(stage, m_vocabulary, nullptr, nullptr));
        stage = generator();
        stage.textTokens = 8;
        QVERIFY_THROWS_EXCEPTION(base::InvalidInput, ScoreSource(stage, m_vocabulary, nullptr, nullptr));
    }

private:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    QTemporaryDir m_folder;
    composer::Vocabulary m_vocabulary;
};

QTEST_APPLESS_MAIN(ScoreSourceTest)
#include "ScoreSourceTest.moc"
