#pragma once

#include "app/studio/GenerationWorker.h"
#include "app/studio/Studio.h"

#include "engine/audio/LogMel.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"
#include "storage/Library.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/clip/ClipView.h"
#include "ui/keys/Actions.h"
#include "ui/style/Theme.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <atomic>

namespace n2m::test {

constexpr int longEnough = 30000; // milliseconds: reached where a test fails, or on a machine that is very busy

/// Stands in for the engine: a real clip whose pitch is the seed, in a few steps, and the recipe that gives it again.
class FakeEngine {
public:
    std::atomic<int> made = 0;
    std::atomic<bool> wait = false;    ///< stay in the middle of a clip until it is false again, or it is cancelled
    std::atomic<bool> deaf = false;    ///< the same, without asking whether it is cancelled: in a long step
    std::atomic<bool> running = false; ///< a clip is in the middle
    std::string error;                 ///< to be thrown
    std::optional<Repaint> repainted;  ///< of the last clip

    Generation operator()(const Request& request, Monitor& monitor) {
        if (!error.empty()) throw std::runtime_error(error);
        constexpr int steps = 4;
        for (int step = 0; step <= steps; ++step) {
            monitor.step({"spectrogram-generator", 0, 1, step, steps, 0.01 * step, 0.01 * (steps - step)});
            if (step == 1) monitor.planned(planOf(request));
            if (step == 2 && monitor.wantsEstimates()) monitor.estimate(estimateOf(request));
            running = step == 2;
            while (step == 2 && (wait || deaf)) {
                QThread::msleep(2);
                if (!deaf) monitor.step({"spectrogram-generator", 0, 1, step, steps, 0.0, -1.0});
            }
        }
        Generation generation;
        generation.clip = test::tone(request.seconds, 100.0 + static_cast<double>(request.seed % 1000));
        if (request.plan) generation.plan = planOf(request);
        repainted = request.repaint;
        nlohmann::json recipe = {{"format", "noise2music recipe 1"},
                                 {"prompt", request.prompt},
                                 {"negativePrompt", request.negativePrompt},
                                 {"seed", request.seed},
                                 {"seconds", request.seconds},
                                 {"route", "spectrogram"},
                                 {"stages", nlohmann::json::array({stageOf(request)})},
                                 {"plan", request.plan ? plan::toJson(*generation.plan) : nlohmann::json()},
                                 {"bundle", {{"name", "fake"}, {"hash", "0123"}}}};
        if (const auto& repaint = request.repaint)
            recipe["repaint"] = {{"file", repaint->file}, {"from", repaint->from}, {"to", repaint->to}};
        generation.recipe = recipe.dump();
        ++made;
        return generation;
    }

    static nlohmann::json stageOf(const Request& request) {
        const StageSettings wished = request.stages.empty() ? StageSettings() : request.stages.front();
        return {{"stage", "spectrogram-generator"},
                {"steps", wished.steps.value_or(24)},
                {"sampler", wished.sampler.value_or("dpmpp")},
                {"schedule", "uniform"},
                {"guidance", wished.guidance.value_or(2.5)},
                {"temperature", 0.7}};
    }

    /// What is wished of it, else a bar of 2 s each.
    static plan::Plan planOf(const Request& request) {
        if (request.givenPlan) return *request.givenPlan;
        plan::PlanSketch sketch;
        sketch.bpm = request.bpm.value_or(120.0);
        sketch.key = plan::parseKey(request.key.value_or("A minor"));
        sketch.progressions = {plan::parseProgression(request.chords.value_or("Am | F | C | G"))};
        return plan::buildPlan(sketch, request.seconds);
    }

    /// The spectrogram of the tone that it will be.
    static Estimate estimateOf(const Request& request) {
        const audio::LogMel analysis;
        const double frequency = 100.0 + static_cast<double>(request.seed % 1000);
        Estimate estimate;
        estimate.stage = "spectrogram-generator";
        estimate.seconds = request.seconds;
        estimate.bands = analysis.config().bands;
        estimate.spectrogram = analysis.analyse(test::tone(request.seconds, frequency, 16000).samples);
        return estimate;
    }
};

/// The real window over a fake engine, with a library and settings of its own for each test.
class StudioFixture : public QObject {
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeEngine> m_engine;
    std::unique_ptr<studio::Studio> m_studio;

    /// A model that plans, and one stage whose settings there are.
    static ui::ModelFacts planningModel() {
        ui::ModelFacts model;
        model.seconds = 8.0;
        model.takesPlan = true;
        model.samplers = {"ancestral", "ddim", "dpmpp"};
        model.schedules = {"uniform"};
        ui::StageFacts stage;
        stage.name = "spectrogram-generator";
        stage.steps = 24;
        stage.sampler = "dpmpp";
        stage.schedule = "uniform";
        model.stages = {stage};
        return model;
    }

    virtual studio::Studio::Setup setup() const {
        studio::Studio::Setup setup;
        setup.library = m_folder->filePath("library").toStdString();
        setup.settingsFile = m_folder->filePath("settings.ini");
        setup.model.seconds = 2.0;
        setup.check = [](const Request& request) {
            if (request.prompt.empty()) throw std::invalid_argument("the prompt is empty");
        };
        setup.generate = [engine = m_engine](const Request& request, Monitor& monitor) {
            return (*engine)(request, monitor);
        };
        return setup;
    }

    void open() {
        m_studio = std::make_unique<studio::Studio>(setup());
        m_studio->begin();
        QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
        m_studio->window().activateWindow(); // where no window manager does it
        QVERIFY(QTest::qWaitForWindowActive(&m_studio->window()));
    }

    template <typename Widget> Widget* child(const char* name) {
        auto* widget = m_studio->window().findChild<Widget*>(name);
        if (!widget) qFatal("there is no %s", name);
        return widget;
    }
    storage::Library& library() { return m_studio->library(); }
    ui::ClipView& view() { return *m_studio->window().findChild<ui::ClipView*>(); }
    int rows() { return child<QListView>("history")->model()->rowCount(); }
    QAction* action(const char* id) { return m_studio->actions()[id]; }

    /// Types into the real field and presses the real button.
    void generate(const QString& prompt, const QString& seed = {}) {
        auto* edit = child<QPlainTextEdit>("prompt");
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, prompt);
        child<QLineEdit>("seed")->setText(seed);
        QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
    }

    /// Types into a field of the clip's facts.
    void write(const char* name, const QString& text) {
        auto* field = child<QLineEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

    QString notice() { return m_studio->window().notice().text(); }

    /// Makes a clip by way of the window, and waits until it is seen.
    void makeClip(const QString& prompt, const QString& seed) {
        const int before = rows();
        const auto shown = view().clip();
        generate(prompt, seed);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip() != shown, longEnough);
    }

    void begin() {
        ui::applyTheme(*qApp, ui::Theme::Dark);
        m_folder = std::make_unique<QTemporaryDir>();
        m_engine = std::make_shared<FakeEngine>();
        open();
    }
    void end() {
        m_engine->wait = false;
        m_engine->deaf = false;
        m_studio.reset();
        m_folder.reset();
    }
    /// The program ends and is started again.
    void restart() {
        m_studio.reset();
        open();
    }
};

} // namespace n2m::test
