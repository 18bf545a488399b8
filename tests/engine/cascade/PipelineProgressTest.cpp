#include "tests/engine/cascade/PipelineFixture.h"

#include <algorithm>
#include <cmath>

using namespace n2m;
using namespace n2m::test;

/// The reports of a pipeline to its monitor.
class PipelineProgressTest : public QObject, private PipelineFixture {
    Q_OBJECT

private Q_SLOTS:
    // Estimates do not change a clip, and end as its own data.
    void estimatesOfWhatIsMade() {
        struct Watcher : Recorder {
            std::vector<Estimate> estimates;
            bool wantsEstimates() const override { return true; }
            void estimate(Estimate estimate) override { estimates.push_back(std::move(estimate)); }
            std::optional<plan::Plan> plan;
            void planned(const plan::Plan& made) override {
                QVERIFY(estimates.empty()); // the plan is known before anything is made
                plan = made;
            }
        } monitor;
        const Request wanted = request();
        const Generation watched = pipeline().run(wanted, monitor);
        const Generation alone = run(wanted);
        QVERIFY(watched.clip.samples == alone.clip.samples);
        QVERIFY(watched.recipe == alone.recipe);
        QVERIFY(monitor.plan && monitor.plan == watched.plan);

        std::vector<std::string> shown;
        for (const Estimate& estimate : monitor.estimates) {
            shown.push_back(estimate.stage + (estimate.finished ? " result" : ""));
            QCOMPARE(estimate.seconds, 1.3);
            if (estimate.stage == "spectrogram-generator") {
                QCOMPARE(estimate.bands, 80);
                QCOMPARE(estimate.spectrogram.size(), std::size_t(80 * 130));
                QVERIFY(estimate.sound.empty());
                for (const float value : estimate.spectrogram)
                    QVERIFY(value >= -1.0f && value <= 1.0f);
                // A guess after the first step, the result itself at the end.
                QCOMPARE(estimate.spectrogram == watched.spectrogram, estimate.finished);
            } else {
                QVERIFY(estimate.spectrogram.empty());
                QVERIFY(estimate.sampleRate > 0);
                QCOMPARE(estimate.sound.size(), static_cast<std::size_t>(std::ceil(1.3 * estimate.sampleRate)));
            }
        }
        // The first step and the result of every stage at least; the steps between depend on the time that they take.
        for (const char* stage : {"spectrogram-generator", "vocoder", "super-resolution"}) {
            QVERIFY2(std::count(shown.begin(), shown.end(), stage) >= 1, stage);
            QCOMPARE(std::count(shown.begin(), shown.end(), std::string(stage) + " result"),
                     stage == std::string("super-resolution") ? 0 : 1);
        }
    }

    void progressRunsThroughEveryStep() {
        Recorder monitor;
        pipeline().run(request(), monitor);
        QStringList heard;
        for (const Progress& progress : monitor.seen) {
            heard << QString("%1 %2/%3")
                         .arg(QString::fromStdString(progress.stage))
                         .arg(progress.step)
                         .arg(progress.steps);
        }
        QCOMPARE(heard, QStringList({"planning 0/0", "spectrogram-generator 0/2", "spectrogram-generator 1/2",
                                     "spectrogram-generator 2/2", "vocoder 0/2", "vocoder 1/2", "vocoder 2/2",
                                     "super-resolution 0/2", "super-resolution 1/2", "super-resolution 2/2"}));
        QCOMPARE(monitor.seen.back().stageIndex, 2);
        QCOMPARE(monitor.seen.back().stageCount, 3);
        QVERIFY(monitor.seen[2].secondsLeft > 0.0);
        QVERIFY(monitor.seen.back().secondsLeft == 0.0);

        Recorder loading;
        Pipeline another(wholeBundle(), "cpu", 1, &loading);
        QVERIFY(!loading.seen.empty());
        QCOMPARE(loading.seen.front().stage, std::string("loading"));
    }

    void cancelledBetweenAnyTwoSteps() {
        const std::vector<float> base = run(request()).clip.samples;
        for (const char* stage : {"planning", "spectrogram-generator", "vocoder", "super-resolution"}) {
            Recorder monitor;
            monitor.cancelAt = [&](const Progress& progress) {
                return progress.stage == stage && (progress.steps == 0 || progress.step == 1);
            };
            QVERIFY_EXCEPTION_THROWN(pipeline().run(request(), monitor), Cancelled);
            QCOMPARE(monitor.seen.back().stage, std::string(stage)); // it stopped there
        }
        Recorder griffinLim;
        griffinLim.cancelAt = [](const Progress& progress) {
            return progress.stage == "griffin-lim" && progress.step == 3;
        };
        Request wanted = request();
        wanted.vocoder = "griffin-lim";
        QVERIFY_EXCEPTION_THROWN(pipeline().run(wanted, griffinLim), Cancelled);
        // And the pipeline is as it was.
        QVERIFY(run(request()).clip.samples == base);
    }
};

QTEST_GUILESS_MAIN(PipelineProgressTest)
#include "PipelineProgressTest.moc"
