#include "engine/training/BatchSource.h"

#include "engine/audio/SoundFile.h"
#include "engine/cascade/PlanTensors.h"
#include "engine/plan/PlanChannels.h"
#include "engine/plan/ScoreSpectrogram.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>
#include <stdexcept>

using namespace n2m;
using namespace n2m::training;

namespace {

constexpr int rate = 16000, frames = 96;

/// A generator that is shown plan and score; its network is never made.
model::StageConfig generator() {
    model::StageConfig stage;
    stage.name = "spectrogram-generator";
    stage.kind = model::StageKind::SpectrogramGenerator;
    stage.sampleRate = 100;
    stage.plan = true;
    stage.network.dataChannels = 80;
    stage.network.stackedChannels = cascade::stackedPlanChannels(true);
    stage.network.strides = {4, 2};
    stage.diffusion.dataDeviation = 0.5f;
    stage.training.snippetSeconds = 1.0;
    stage.training.planDropout = stage.training.scoreDropout = 0.0;
    return stage;
}

std::shared_ptr<const plan::NoteSpectra> spectra() {
    plan::NoteSpectra::Instrument instrument{60, 100.0f, {}};
    instrument.levels.assign(plan::NoteSpectra::ages.size() * plan::NoteSpectra::bands, 200);
    return std::make_shared<plan::NoteSpectra>(std::map<int, plan::NoteSpectra::Instrument>{{0, instrument}});
}

torch::Tensor scoreRows(const Batch& batch) {
    return batch.conditioning.stacked.narrow(1, plan::planChannelCount, plan::scoreSpectrogramChannelCount);
}

} // namespace

class BatchSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        audio::Clip sound{std::vector<float>(rate * 3), rate, 1};
        for (std::size_t n = 0; n < sound.samples.size(); ++n)
            sound.samples[n] = 0.3f * static_cast<float>(std::sin(0.2 * static_cast<double>(n)));
        audio::writeSoundFile(folder() / "clip.wav", sound);
        // One note throughout, so that every snippet has it.
        std::ofstream(folder() / "clips.jsonl")
            << R"({"audio": "clip.wav", "split": "train", "plan": {"seconds": 3.0, "bpm": 60, "key": "C major", "beats": [[0, 1], [1, 0]], )"
            << R"("parts": [{"role": "lead", "program": 0, "notes": [[0, 3, 60, 100]]}]}})" << '\n';
        m_dataSet = std::make_unique<DataSet>(folder());
        m_cache = std::make_unique<FeatureCache>(folder() / "cache");
    }

    void snippetsComeWithTheirScore() {
        const Batch batch = draw(generator(), false);
        QCOMPARE(batch.data.sizes(), (torch::IntArrayRef{2, 80, frames}));
        QCOMPARE(batch.conditioning.stacked.sizes(),
                 (torch::IntArrayRef{2, cascade::stackedPlanChannels(true), frames}));
        QVERIFY(!batch.conditioning.aligned.defined());
        QCOMPARE(batch.conditioning.stacked.narrow(1, plan::NoPlan, 1).max().item<float>(), 0.0f);
        // All bands are alike, −13 dB together: −32 dB each, which is 0.4, in units of sigma_data.
        const torch::Tensor middle = scoreRows(batch).narrow(2, 10, frames - 20);
        QVERIFY(std::abs(middle.mean().item<float>() - 0.4f / 0.5f) < 0.02f);
    }

    void planAndScoreAreHidden() {
        model::StageConfig stage = generator();
        stage.training.scoreDropout = 1.0;
        const Batch plan = draw(stage, true);
        QCOMPARE(scoreRows(plan).abs().max().item<float>(), 0.0f);
        QCOMPARE(plan.conditioning.stacked.narrow(1, plan::NoPlan, 1).max().item<float>(), 0.0f);
        QVERIFY(scoreRows(draw(stage, false)).abs().max().item<float>() > 0.5f); // validation hides nothing
        stage.training.planDropout = 1.0;
        stage.training.scoreDropout = 0.0;
        const Batch nothing = draw(stage, true);
        QCOMPARE(scoreRows(nothing).abs().max().item<float>(), 0.0f);
        QCOMPARE(nothing.conditioning.stacked.narrow(1, plan::NoPlan, 1).min().item<float>(), 1.0f);
    }

    void withoutNoteSpectraItSaysWhatToDo() {
        const model::StageConfig stage = generator();
        try {
            BatchSource(stage, *m_dataSet, *m_cache, nullptr);
            QFAIL("nothing was thrown");
        } catch (const std::runtime_error& error) {
            QVERIFY(QByteArray(error.what()).contains("train note-spectra"));
        }
    }

private:
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    Batch draw(const model::StageConfig& stage, bool augment) const {
        std::mt19937_64 random(1);
        return BatchSource(stage, *m_dataSet, *m_cache, nullptr, spectra()).draw(Split::Train, 2, random, augment);
    }

    const QTemporaryDir m_folder;
    std::unique_ptr<DataSet> m_dataSet;
    std::unique_ptr<FeatureCache> m_cache;
};

QTEST_GUILESS_MAIN(BatchSourceTest)
#include "BatchSourceTest.moc"
