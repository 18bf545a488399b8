#include "tests/app/studio/FakeEngine.h"

#include "engine/audio/LogMel.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"
#include "tests/ui/SoundOfTest.h"

#include <QThread>

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace n2m::test {
namespace {

double pitchOf(const Request& request) {
    return 100.0 + static_cast<double>(request.seed % 1000);
}

} // namespace

Generation FakeEngine::operator()(const Request& request, Monitor& monitor) {
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
    generation.clip = test::tone(request.seconds, pitchOf(request));
    if (request.plan) generation.plan = planOf(request);
    generation.recipe = recipeOf(request).dump();
    repainted = request.repaint;
    ++made;
    return generation;
}

nlohmann::json FakeEngine::recipeOf(const Request& request) {
    nlohmann::json recipe = {{"format", "noise2music recipe 1"},
                             {"prompt", request.prompt},
                             {"negativePrompt", request.negativePrompt},
                             {"seed", request.seed},
                             {"seconds", request.seconds},
                             {"route", "spectrogram"},
                             {"stages", nlohmann::json::array({stageOf(request)})},
                             {"plan", request.plan ? plan::toJson(planOf(request)) : nlohmann::json()},
                             {"bundle", {{"name", "fake"}, {"hash", "0123"}}}};
    if (const auto& repaint = request.repaint)
        recipe["repaint"] = {{"file", repaint->file}, {"from", repaint->from}, {"to", repaint->to}};
    return recipe;
}

nlohmann::json FakeEngine::stageOf(const Request& request) {
    const StageSettings settings = request.stages.empty() ? StageSettings() : request.stages.front();
    return {{"stage", "spectrogram-generator"},
            {"steps", settings.steps.value_or(24)},
            {"sampler", settings.sampler.value_or("dpmpp")},
            {"schedule", "uniform"},
            {"guidance", settings.guidance.value_or(2.5)},
            {"temperature", 0.7}};
}

plan::Plan FakeEngine::planOf(const Request& request) {
    if (request.givenPlan) return *request.givenPlan;
    plan::PlanSketch sketch;
    sketch.bpm = request.bpm.value_or(120.0);
    sketch.key = plan::parseKey(request.key.value_or("A minor"));
    sketch.progressions = {plan::parseProgression(request.chords.value_or("Am | F | C | G"))};
    return plan::buildPlan(sketch, request.seconds);
}

Estimate FakeEngine::estimateOf(const Request& request) {
    const audio::LogMel analysis;
    Estimate estimate;
    estimate.stage = "spectrogram-generator";
    estimate.seconds = request.seconds;
    estimate.bands = analysis.config().bands;
    estimate.spectrogram = analysis.analyse(test::tone(request.seconds, pitchOf(request), 16000).samples);
    return estimate;
}

} // namespace n2m::test
