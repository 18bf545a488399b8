#include "engine/cascade/RunProgress.h"

#include <QtTest/QtTest>

using namespace n2m;
using namespace n2m::cascade;

namespace {

struct Recorder : Monitor {
    std::vector<Progress> seen;
    int cancelAt = -1;
    void step(const Progress& progress) override {
        seen.push_back(progress);
        if (static_cast<int>(seen.size()) == cancelAt) throw Cancelled();
    }
};

bool near(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

} // namespace

class RunProgressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void estimatesFromMeasuredStepsAndCosts() {
        Recorder monitor;
        PartSpeeds speeds;
        double now = 100.0;
        const std::vector<RunPart> parts{{"first", 4, 10.0}, {"second", 2, 5.0}, {"free", 0, 0.0}};
        RunProgress progress(monitor, parts, speeds, [&] { return now; });
        progress.begin();
        QVERIFY(monitor.seen.back().secondsLeft < 0.0); // nothing is known yet
        now += 7.0;
        progress.step(1); // fills caches: 7 s, the others 2 s
        now += 2.0;
        progress.step(2);
        const Progress& two = monitor.seen.back();
        QCOMPARE(two.stage, std::string("first"));
        QCOMPARE(two.step, 2);
        QCOMPARE(two.steps, 4);
        QCOMPARE(two.stageIndex, 0);
        QCOMPARE(two.stageCount, 3);
        QVERIFY(near(two.stageSeconds, 9.0));
        // Two more steps of 2 s; then two of half the cost.
        QVERIFY(near(two.secondsLeft, 2 * 2.0 + 2 * 1.0));
        now += 4.0;
        progress.step(4);
        progress.finish();
        progress.begin();
        QVERIFY(near(monitor.seen.back().secondsLeft, -1.0)); // never measured, and nothing runs
        now += 3.0;
        progress.step(1);
        now += 3.0;
        progress.step(2);
        progress.finish();
        QVERIFY(near(monitor.seen.back().secondsLeft, 0.0));
        QCOMPARE(progress.timings().size(), std::size_t(2));
        QVERIFY(near(progress.timings()[0].seconds, 13.0));
        QCOMPARE(progress.timings()[1].stage, std::string("second"));
        QCOMPARE(progress.timings()[1].steps, 2);

        // The next run knows from the start: the steps of the first took 2 s, of the second 3 s (per cost 0.2 and 0.6),
        // and twice the cost takes twice as long.
        RunProgress again(monitor, {{"first", 4, 20.0}, {"second", 2, 5.0}}, speeds, [&] { return now; });
        again.begin();
        QVERIFY(near(monitor.seen.back().secondsLeft, 4 * 4.0 + 2 * 3.0));
    }

    // Times of an earlier start count until the machine has shown its speed; the first step of a part does not.
    void rememberedTimesAreTheFirstGuess() {
        struct Remembering : Recorder {
            double rememberedSecondsPerStep(const std::string& stage) const override {
                return stage == "first" ? 2.0 : stage == "second" ? 3.0 : -1.0;
            }
        } monitor;
        PartSpeeds speeds;
        double now = 0.0;
        RunProgress progress(monitor, {{"first", 4, 10.0}, {"second", 2, 5.0}, {"third", 1, 20.0}}, speeds,
                             [&] { return now; });
        progress.begin();
        QVERIFY(near(monitor.seen.back().secondsLeft, 4 * 2.0 + 2 * 3.0 + 2 * 2.0)); // the third by its cost
        now += 9.0;
        progress.step(1);
        QVERIFY(near(monitor.seen.back().secondsLeft, 3 * 2.0 + 2 * 3.0 + 2 * 2.0));
        now += 1.0;
        progress.step(2);
        QVERIFY(near(monitor.seen.back().secondsLeft, 2 * 1.0 + 2 * 3.0 + 2 * 1.0));
    }

    void estimatesAreMadeAtIntervals() {
        struct Watcher : Recorder {
            bool wants = true;
            std::vector<Estimate> estimates;
            bool wantsEstimates() const override { return wants; }
            void estimate(Estimate estimate) override { estimates.push_back(std::move(estimate)); }
        } monitor;
        PartSpeeds speeds;
        double now = 0.0, cost = 0.002;
        int made = 0;
        const auto estimate = [&] {
            now += cost;
            Estimate result;
            result.bands = ++made;
            return result;
        };
        RunProgress progress(monitor, {{"first", 400, 1.0}, {"second", 3, 1.0}}, speeds, [&] { return now; });
        progress.begin();
        progress.step(0, estimate);
        QCOMPARE(made, 0); // nothing has been denoised
        double begun = now;
        int step = 0;
        while (now < begun + 10.0) { // 100 steps of 0.1 s: one at once, then every half second
            now += 0.1;
            progress.step(++step, estimate);
        }
        QVERIFY2(made >= 17 && made <= 21, qPrintable(QString::number(made)));
        QCOMPARE(monitor.estimates.size(), std::size_t(made));
        QCOMPARE(monitor.estimates.back().bands, made);
        QCOMPARE(monitor.estimates.back().stage, std::string("first"));
        QVERIFY(!monitor.estimates.back().finished);

        cost = 0.05; // too dear for every half second: a hundredth of the time is every five
        made = 0;
        begun = now;
        while (now < begun + 30.0) {
            now += 0.1;
            progress.step(++step, estimate);
        }
        QVERIFY2(made >= 5 && made <= 7, qPrintable(QString::number(made)));
        progress.result(estimate); // a result is shown, due or not
        QVERIFY(monitor.estimates.back().finished);
        progress.finish();

        progress.begin(); // another stage: its first step is shown at once
        made = 0;
        progress.step(1, estimate);
        QCOMPARE(made, 1);
        QCOMPARE(monitor.estimates.back().stage, std::string("second"));
        monitor.wants = false;
        now += 100.0;
        progress.step(2, estimate);
        progress.result(estimate);
        QCOMPARE(made, 1);
        progress.step(3); // a stage that cannot say
    }

    void cancelsBetweenSteps() {
        Recorder monitor;
        monitor.cancelAt = 3;
        PartSpeeds speeds;
        RunProgress progress(monitor, {{"first", 4, 1.0}}, speeds);
        RunProgress::announce(monitor, "planning");
        progress.begin();
        QVERIFY_EXCEPTION_THROWN(progress.step(1), Cancelled);
        QCOMPARE(monitor.seen[0].stage, std::string("planning"));
    }
};

QTEST_GUILESS_MAIN(RunProgressTest)
#include "RunProgressTest.moc"
