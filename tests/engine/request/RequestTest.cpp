#include "engine/request/Request.h"
#include "engine/base/Error.h"
#include "engine/sampling/SamplerKind.h"
#include "engine/sampling/StepSchedule.h"

#include <QtTest/QtTest>

#include <functional>
#include <limits>
#include <stdexcept>

using n2m::Request;
using n2m::StageSettings;

namespace {

Request good() {
    Request request;
    request.prompt = "a slow, sad piano ballad with soft strings";
    return request;
}

// The message with which a change to a good request is refused; empty if it is not.
QString refusal(const std::function<void(Request&)>& change) {
    Request request = good();
    change(request);
    try {
        request.validate();
    } catch (const std::invalid_argument& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

class RequestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodRequestsPass() {
        QCOMPARE(refusal([](Request&) {}), QString());
        QCOMPARE(refusal([](Request& r) { r.prompt = "🎸🔥 müde Lieder 音楽"; }), QString());
        QCOMPARE(refusal([](Request& r) { r.prompt = std::string(Request::maximumPromptBytes, 'a'); }), QString());
        QCOMPARE(refusal([](Request& r) {
                     r.negativePrompt = "drums";
                     r.seconds = Request::maximumSeconds;
                     r.route = "waveform";
                     r.vocoder = "griffin-lim";
                     r.superResolution = "fourier";
                     r.bpm = 30.0;
                     r.key = "F# minor";
                     r.chords = "Am7 | Dm G7 | Cmaj7";
                     r.stages = {{1, "dpmpp", "karras", 0.0, 0.0, 1.0},
                                 {10000, "ancestral", "front-heavy", 1.0, 50.0, 0.0},
                                 {}};
                 }),
                 QString());
    }

    /// The window and the command line offer these names, so every one of them must be allowed.
    void everySamplerAndStepSchedulePasses() {
        QVERIFY(n2m::sampling::samplerNames().size() >= 3 && n2m::sampling::StepSchedule::names().size() >= 3);
        for (const std::string& name : n2m::sampling::samplerNames())
            QCOMPARE(refusal([&](Request& r) { r.stages.emplace_back().sampler = name; }), QString());
        for (const std::string& name : n2m::sampling::StepSchedule::names())
            QCOMPARE(refusal([&](Request& r) { r.stages.emplace_back().schedule = name; }), QString());
    }

    /// A phrase within a message is a message too, so that both can be translated.
    void aRefusalCanBeTranslated() {
        Request request = good();
        request.stages = {{}, {}};
        request.stages[1].steps = 0;
        try {
            request.validate();
            QFAIL("0 steps were allowed");
        } catch (const n2m::base::InvalidInput& error) {
            const auto german = [](const std::string& format) -> std::string {
                if (format == "the number of steps of stage {}") return "die Schrittzahl der Stufe {}";
                if (format == "{} is {:g}; it may be {:g} to {:g}") return "{} ist {:g}, erlaubt sind {:g} bis {:g}";
                return format;
            };
            QCOMPARE(error.message().text(german),
                     std::string("die Schrittzahl der Stufe 2 ist 0, erlaubt sind 1 bis 10000"));
        }
    }

    void refused_data() {
        QTest::addColumn<std::function<void(Request&)>>("change");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* says, std::function<void(Request&)> change) {
            QTest::newRow(name) << change << QString(says);
        };
        row("empty prompt", "prompt is empty", [](Request& r) { r.prompt.clear(); });
        row("blank prompt", "prompt is empty", [](Request& r) { r.prompt = " \t\n "; });
        row("long prompt", "4097 bytes", [](Request& r) { r.prompt = std::string(4097, 'a'); });
        row("100 kB prompt", "100000 bytes", [](Request& r) { r.prompt = std::string(100000, 'a'); });
        row("cut UTF-8", "UTF-8", [](Request& r) { r.prompt = "caf\xC3"; });
        row("Latin-1", "UTF-8", [](Request& r) { r.prompt = "caf\xE9 music"; });
        row("surrogate", "UTF-8", [](Request& r) { r.prompt = "a\xED\xA0\x80"; });
        row("zero byte", "zero byte", [](Request& r) { r.prompt = std::string("a\0b", 3); });
        row("long negative prompt", "negative prompt", [](Request& r) { r.negativePrompt = std::string(5000, 'a'); });
        row("bad negative prompt", "negative prompt", [](Request& r) { r.negativePrompt = "\xFF"; });
        for (const double seconds : {notANumber, infinity, -infinity, -30.0, 0.0, 0.5, 121.0}) {
            row(qPrintable(QString("seconds %1").arg(seconds)), "1 to 120",
                [seconds](Request& r) { r.seconds = seconds; });
        }
        const auto repaint = [&](const char* name, const char* says, const n2m::Repaint& wanted) {
            row(name, says, [wanted](Request& r) { r.repaint = wanted; });
        };
        repaint("repaint nothing", "needs a sound file", {"", 1.0, 2.0, {}});
        repaint("repaint a name with a zero", "zero byte", {std::string("a\0b", 3), 1.0, 2.0, {}});
        repaint("repaint before the start", "start of the range", {"a.flac", -1.0, 2.0, {}});
        repaint("repaint from NaN", "start of the range", {"a.flac", notANumber, 2.0, {}});
        repaint("repaint beyond the end", "end of the range", {"a.flac", 1.0, 30.5, {}});
        repaint("repaint backwards", "end of the range", {"a.flac", 5.0, 4.0, {}});
        repaint("repaint to infinity", "end of the range", {"a.flac", 5.0, infinity, {}});
        row("repaint a waveform", "spectrogram route", [](Request& r) {
            r.route = "waveform";
            r.repaint = {"a.flac", 1.0, 2.0, {}};
        });
        row("route", "spectrogram, waveform", [](Request& r) { r.route = "scenic"; });
        row("vocoder", "griffin-lim", [](Request& r) { r.vocoder = "Diffusion"; });
        row("super-resolution", "fourier", [](Request& r) { r.superResolution = ""; });
        row("composer", "model, rules", [](Request& r) { r.composer = "Bach"; });
        row("part", "drums", [](Request& r) { r.keep = {"triangle"}; });
        row("kept parts of nothing", "given plan", [](Request& r) { r.keep = {"lead"}; });
        row("four stages", "4 stages", [](Request& r) { r.stages.resize(4); });
        const auto stage = [&](const char* name, const char* says, StageSettings settings) {
            row(name, says, [settings](Request& r) { r.stages = {{}, settings}; });
        };
        stage("no steps", "number of steps of stage 2 is 0",
              {.steps = 0, .sampler = {}, .schedule = {}, .gamma = {}, .guidance = {}, .planGuidance = {}});
        stage("negative steps", "1 to 10000",
              {.steps = -5, .sampler = {}, .schedule = {}, .gamma = {}, .guidance = {}, .planGuidance = {}});
        stage("a billion steps", "1 to 10000",
              {.steps = 1000000000, .sampler = {}, .schedule = {}, .gamma = {}, .guidance = {}, .planGuidance = {}});
        stage("sampler", "ancestral, ddim, dpmpp",
              {.steps = {}, .sampler = "euler", .schedule = {}, .gamma = {}, .guidance = {}, .planGuidance = {}});
        stage("schedule", "front-heavy",
              {.steps = {}, .sampler = {}, .schedule = "sideways", .gamma = {}, .guidance = {}, .planGuidance = {}});
        for (const double value : {notANumber, infinity, -0.1}) {
            stage(qPrintable(QString("gamma %1").arg(value)), "gamma of stage 2",
                  {.steps = {}, .sampler = {}, .schedule = {}, .gamma = value, .guidance = {}, .planGuidance = {}});
            stage(qPrintable(QString("guidance %1").arg(value)), "the guidance of stage 2",
                  {.steps = {}, .sampler = {}, .schedule = {}, .gamma = {}, .guidance = value, .planGuidance = {}});
            stage(qPrintable(QString("plan guidance %1").arg(value)), "plan guidance of stage 2",
                  {.steps = {}, .sampler = {}, .schedule = {}, .gamma = {}, .guidance = {}, .planGuidance = value});
        }
        for (const double value : {notANumber, -0.1, 2.5}) {
            StageSettings settings;
            settings.temperature = value;
            stage(qPrintable(QString("temperature %1").arg(value)), "temperature of stage 2", settings);
        }
        stage("gamma above 1", "0 to 1",
              {.steps = {}, .sampler = {}, .schedule = {}, .gamma = 1.5, .guidance = {}, .planGuidance = {}});
        for (const double bpm : {notANumber, infinity, -120.0, 0.0, 29.0, 301.0}) {
            row(qPrintable(QString("bpm %1").arg(bpm)), "30 to 300", [bpm](Request& r) { r.bpm = bpm; });
        }
        row("key", "H flat", [](Request& r) { r.key = "H flat"; });
        row("empty key", "", [](Request& r) { r.key = ""; });
        row("chords", "Xm", [](Request& r) { r.chords = "Am Xm"; });
        row("empty chords", "", [](Request& r) { r.chords = "  "; });
        row("no plan, but a tempo", "no plan", [](Request& r) { r.plan = false, r.bpm = 100.0; });
        row("a plan and a key", "leave out", [](Request& r) { r.givenPlan.emplace(), r.key = "C"; });
        row("a plan with NaN", "bpm", [](Request& r) { r.givenPlan.emplace(), r.givenPlan->bpm = notANumber; });
        row("a plan that runs backwards", "beat", [](Request& r) {
            r.givenPlan.emplace();
            r.givenPlan->seconds = 10.0;
            r.givenPlan->beats = {{2.0, true}, {1.0, false}};
        });
    }

    void refused() {
        QFETCH(std::function<void(Request&)>, change);
        QFETCH(QString, says);
        const QString message = refusal(change);
        QVERIFY(!message.isEmpty());
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY2(!message.contains('\n') && message.size() < 600, qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(RequestTest)
#include "RequestTest.moc"
