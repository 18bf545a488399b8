#include "app/studio/RunTimes.h"
#include "app/studio/QueueForecast.h"

#include "engine/request/RequestJson.h"

#include <QtTest/QtTest>

using namespace n2m;
using studio::RunTimes;

/// A machine whose every second is told: it loads for 4 s, plans for 0.5 s, and then takes a tenth of a second for
/// each step of a second of the generator, and 1 s for 10 s of the last part.
class RunTimesTest : public QObject {
    Q_OBJECT

    double m_now = 0.0;
    bool m_loaded = false;
    std::map<std::string, double> m_remembered; ///< seconds per step that the engine was told

    class Listener : public Monitor {
    public:
        std::map<std::string, double> firstLeft; ///< as each part began
        void step(const Progress& progress) override { firstLeft.try_emplace(progress.stage, progress.secondsLeft); }
    };

    RunTimes::Clock clock() {
        return [this] { return m_now; };
    }

    static Request request(double seconds) {
        Request request;
        request.prompt = "anything";
        request.seconds = seconds;
        return request;
    }

    Generation work(const Request& request, Monitor& monitor) {
        const auto tell = [&](const char* stage, int step, int steps, double stageSeconds) {
            monitor.step({stage, 0, 2, step, steps, stageSeconds, -1.0}); // as if nothing were known
        };
        if (!m_loaded) {
            tell("loading", 0, 1, 0.0);
            m_now += 4.0;
        }
        m_loaded = true;
        tell("planning", 0, 0, 0.0);
        for (const char* part : {"generator", "last"})
            m_remembered[part] = monitor.rememberedSecondsPerStep(part);
        m_now += 0.05 * request.seconds;
        const int steps = request.stages.empty() ? 8 : request.stages.front().steps.value_or(8);
        for (int step = 0; step <= steps; ++step, m_now += step <= steps ? 0.1 * request.seconds : 0.0)
            tell("generator", step, steps, 0.1 * request.seconds * step);
        tell("last", 0, 1, 0.0);
        m_now += 0.1 * request.seconds;
        tell("last", 1, 1, 0.1 * request.seconds);
        Generation generation;
        generation.timings = {{"generator", 0.1 * request.seconds * steps, steps}, {"last", 0.1 * request.seconds, 1}};
        return generation;
    }

    double made(RunTimes& times, const Request& request, Listener& listener) {
        const double begun = m_now;
        times.run([this](const Request& wanted, Monitor& monitor) { return work(wanted, monitor); }, request, listener);
        return m_now - begun;
    }

private Q_SLOTS:
    void init() {
        m_now = 100.0;
        m_loaded = false;
    }

    void theFirstJobOfTheSecondStartIsForetold() {
        RunTimes first(clock());
        first.choose("/a/model", "cpu");
        QVERIFY(!first.estimate({request(10.0)}));
        Listener listener;
        made(first, request(10.0), listener);
        QCOMPARE(listener.firstLeft.at("loading"), -1.0);
        QVERIFY(m_remembered.at("generator") < 0.0 && m_remembered.at("last") < 0.0);
        QCOMPARE(*first.estimate({request(10.0)}), 9.5); // it is loaded by now
        QCOMPARE(*first.estimate({request(20.0), request(10.0)}), 28.5);

        RunTimes second(clock());
        second.fromJson(first.toJson());
        second.choose("/a/model", "cpu");
        m_loaded = false;
        QCOMPARE(*second.estimate({request(20.0)}), 4.0 + 19.0);
        Listener next;
        const double took = made(second, request(20.0), next);
        QCOMPARE(took, 23.0);
        QCOMPARE(next.firstLeft.at("loading"), took);
        QCOMPARE(next.firstLeft.at("planning"), 19.0);
        // From then on the engine estimates, and starts from what is remembered.
        QCOMPARE(next.firstLeft.at("generator"), -1.0);
        QCOMPARE(m_remembered.at("generator"), 2.0);
        QCOMPARE(m_remembered.at("last"), 2.0);
        // Neither another device nor another way is known.
        second.choose("/a/model", "cuda");
        QVERIFY(!second.estimate({request(20.0)}));
        second.choose("/a/model", "cpu");
        Request other = request(20.0);
        other.vocoder = "griffin-lim";
        QVERIFY(!second.estimate({other}));
    }

    void stepsOfOnesOwnCount() {
        RunTimes times(clock());
        times.choose("/a/model", "cpu");
        Listener listener;
        made(times, request(10.0), listener);
        Request longer = request(10.0);
        longer.stages.resize(1);
        longer.stages.front().steps = 16;
        QCOMPARE(*times.estimate({longer}), 0.5 + 16.0 + 1.0);
        made(times, longer, listener);
        QCOMPARE(*times.estimate({request(10.0)}), 9.5); // the model's own steps are what they were
    }

    void aJobThatEndsEarlyTeachesOnlyTheLoading() {
        RunTimes times(clock());
        times.choose("/a/model", "cpu");
        class Impatient : public Monitor {
            void step(const Progress& progress) override {
                if (progress.stage == "generator" && progress.step == 3) throw Cancelled();
            }
        } impatient;
        QVERIFY_EXCEPTION_THROWN(
            times.run([this](const Request& wanted, Monitor& monitor) { return work(wanted, monitor); }, request(10.0),
                      impatient),
            Cancelled);
        QVERIFY(!times.estimate({request(10.0)}));
        QVERIFY(times.toJson().find("\"loading\":4.0") != std::string::npos);
    }

    void whatIsNoMemoryIsNone() {
        for (const char* text : {"", "soup", "[]", "{\"a|cpu\": 7}", "{\"a|cpu\": {\"kinds\": {\"k\": {}}}}",
                                 "{\"a|cpu\": {\"kinds\": {\"k\": {\"parts\": 3, \"rest\": \"x\"}}}}"}) {
            RunTimes times(clock());
            times.fromJson(text);
            times.choose("a", "cpu");
            QVERIFY(!times.estimate({request(1.0)}));
        }
    }

    void theQueueIsForetold() {
        RunTimes times(clock());
        times.choose("/a/model", "cpu");
        Listener listener;
        made(times, request(10.0), listener);
        studio::QueueForecast forecast(times);
        QVERIFY(!forecast({}));
        storage::Job first, second;
        first.id = 1;
        first.request = toJson(request(10.0));
        second.id = 2;
        second.request = toJson(request(20.0));
        QCOMPARE(*forecast({first, second}), 28.5);
        second.request = toJson(request(30.0)); // edited
        QCOMPARE(*forecast({first, second}), 38.0);
        QCOMPARE(*forecast({second}), 28.5);
    }
};

QTEST_GUILESS_MAIN(RunTimesTest)
#include "RunTimesTest.moc"
