#include "app/studio/RunTimes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace n2m::studio {
namespace {

using Json = nlohmann::json;

double steadySeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The mean, so that one run on a busy machine is soon forgotten.
double blend(double before, double now) {
    return 0.5 * (before + now);
}

bool plausible(double seconds) {
    return std::isfinite(seconds) && seconds >= 0.0 && seconds < 1e6;
}

} // namespace

/// A monitor between the engine and another: measures the loading, forecasts the time left until the engine can
/// estimate it, and tells the engine the remembered times. On the engine thread.
class RunTimes::MemoryMonitor : public Monitor {
public:
    MemoryMonitor(RunTimes& times, const Request& request, Monitor& monitor)
        : m_times(times)
        , m_request(request)
        , m_monitor(monitor)
        , m_begun(times.m_clock()) {
        const std::lock_guard lock(times.m_mutex);
        m_model = times.m_model;
        const auto model = times.m_models.find(m_model);
        if (model == times.m_models.end()) return;
        m_loading = model->second.loading;
        const auto kind = model->second.kinds.find(kindOf(request));
        if (kind != model->second.kinds.end()) m_known = kind->second;
    }

    void step(const Progress& progress) override {
        const bool loads = progress.stage == "loading";
        if (m_loads && !loads) loaded();
        m_loads = loads;
        Progress told = progress;
        if (loads || progress.stage == "planning") told.secondsLeft = forecast();
        m_monitor.step(told);
    }
    void planned(const plan::Plan& plan) override { m_monitor.planned(plan); }
    bool wantsEstimates() const override { return m_monitor.wantsEstimates(); }
    void estimate(Estimate estimate) override { m_monitor.estimate(std::move(estimate)); }
    double rememberedSecondsPerStep(const std::string& stage) const override {
        const auto named = [&](const Part& part) { return part.name == stage; };
        const auto part = std::find_if(m_known.parts.begin(), m_known.parts.end(), named);
        return part == m_known.parts.end() ? -1.0 : part->pace * m_request.seconds;
    }

    /// Call when the clip is made.
    void learnFrom(const std::vector<StageTiming>& timings) {
        Kind seen;
        double inParts = 0.0;
        for (const StageTiming& timing : timings) {
            const double perStep = timing.steps > 0 ? timing.seconds / timing.steps : 0.0;
            inParts += perStep * timing.steps;
            seen.parts.push_back({timing.stage, timing.steps, perStep / m_request.seconds});
        }
        seen.rest = std::max(0.0, m_times.m_clock() - m_begun - inParts) / m_request.seconds;
        m_times.learn(m_model, m_request, seen);
    }

private:
    void loaded() {
        const double now = m_times.m_clock();
        const std::lock_guard lock(m_times.m_mutex);
        std::optional<double>& loading = m_times.m_models[m_model].loading;
        loading = loading ? blend(*loading, now - m_begun) : now - m_begun;
        m_times.m_loaded = m_model;
        m_begun = now;
    }

    /// Seconds to the finished clip; negative where they are not known.
    double forecast() const {
        if (m_known.parts.empty() || (m_loads && !m_loading)) return -1.0;
        const double loading = m_loads ? std::max(0.0, *m_loading - (m_times.m_clock() - m_begun)) : 0.0;
        return loading + secondsOf(m_known, m_request);
    }

    RunTimes& m_times;
    const Request& m_request;
    Monitor& m_monitor;
    std::string m_model;
    Kind m_known;
    std::optional<double> m_loading;
    double m_begun;
    bool m_loads = false;
};

RunTimes::RunTimes(Clock clock)
    : m_clock(clock ? std::move(clock) : steadySeconds) {}

void RunTimes::choose(const std::string& model, const std::string& device) {
    const std::lock_guard lock(m_mutex);
    m_model = model + "|" + device;
}

Generation RunTimes::run(const Generate& generate, const Request& request, Monitor& monitor) {
    MemoryMonitor memory(*this, request, monitor);
    Generation generation = generate(request, memory);
    memory.learnFrom(generation.timings);
    return generation;
}

std::optional<double> RunTimes::estimate(const std::vector<Request>& requests) const {
    const std::lock_guard lock(m_mutex);
    const auto model = m_models.find(m_model);
    if (model == m_models.end() || requests.empty()) return {};
    double seconds = m_loaded == m_model ? 0.0 : model->second.loading.value_or(0.0);
    for (const Request& request : requests) {
        const auto kind = model->second.kinds.find(kindOf(request));
        if (kind == model->second.kinds.end()) return {};
        seconds += secondsOf(kind->second, request);
    }
    return seconds;
}

std::string RunTimes::kindOf(const Request& request) {
    return request.route + "|" + request.vocoder.value_or("") + "|" + request.superResolution.value_or("") +
           (request.plan ? "|plan" : "|no plan");
}

int RunTimes::stepsOf(const Kind& kind, std::size_t part, const Request& request) {
    // The request's stages are generator, vocoder or cascader, super-resolution. The sound of a vocoder's spectrum is a
    // part between the last two, without settings.
    std::optional<std::size_t> stage;
    if (part < 2)
        stage = part;
    else if (part + 1 == kind.parts.size())
        stage = 2;
    if (!stage || *stage >= request.stages.size()) return kind.parts[part].steps;
    return request.stages[*stage].steps.value_or(kind.parts[part].steps);
}

double RunTimes::secondsOf(const Kind& kind, const Request& request) {
    double seconds = kind.rest * request.seconds;
    for (std::size_t part = 0; part < kind.parts.size(); ++part)
        seconds += kind.parts[part].pace * stepsOf(kind, part, request) * request.seconds;
    return seconds;
}

void RunTimes::learn(const std::string& model, const Request& request, const Kind& seen) {
    const std::lock_guard lock(m_mutex);
    Kind& kind = m_models[model].kinds[kindOf(request)];
    const auto sameName = [](const Part& a, const Part& b) { return a.name == b.name; };
    if (!std::equal(kind.parts.begin(), kind.parts.end(), seen.parts.begin(), seen.parts.end(), sameName)) {
        kind = seen;
        return;
    }
    kind.rest = blend(kind.rest, seen.rest);
    for (std::size_t part = 0; part < kind.parts.size(); ++part) {
        // Steps that the request sets say nothing about the model's own number.
        const int set = stepsOf(kind, part, request);
        if (set == kind.parts[part].steps) kind.parts[part].steps = seen.parts[part].steps;
        kind.parts[part].pace = blend(kind.parts[part].pace, seen.parts[part].pace);
    }
}

std::string RunTimes::toJson() const {
    const std::lock_guard lock(m_mutex);
    Json all = Json::object();
    for (const auto& [name, model] : m_models) {
        Json kinds = Json::object();
        for (const auto& [key, kind] : model.kinds) {
            Json parts = Json::array();
            for (const Part& part : kind.parts)
                parts.push_back({{"name", part.name}, {"steps", part.steps}, {"pace", part.pace}});
            kinds[key] = {{"parts", parts}, {"rest", kind.rest}};
        }
        all[name] = {{"kinds", kinds}};
        if (model.loading) all[name]["loading"] = *model.loading;
    }
    return all.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void RunTimes::fromJson(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    try { // may be edited, or from a later version: then nothing is remembered
        const Json all = Json::parse(text);
        std::map<std::string, Model> models;
        for (const auto& [name, model] : all.items()) {
            Model& read = models[name];
            if (model.contains("loading") && plausible(model["loading"])) read.loading = model["loading"];
            for (const auto& [key, kind] : model.at("kinds").items()) {
                Kind found{{}, kind.at("rest")};
                bool good = plausible(found.rest);
                for (const Json& part : kind.at("parts")) {
                    found.parts.push_back({part.at("name"), part.at("steps"), part.at("pace")});
                    good = good && plausible(found.parts.back().pace) && found.parts.back().steps >= 0;
                }
                if (good) read.kinds[key] = std::move(found);
            }
        }
        m_models = std::move(models);
    } catch (const Json::exception&) {
    }
}

} // namespace n2m::studio
