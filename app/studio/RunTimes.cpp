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

/// One measurement is as good as another, but a machine that was busy then may not be now.
double blend(double before, double now) {
    return 0.5 * (before + now);
}

bool makesSense(double seconds) {
    return std::isfinite(seconds) && seconds >= 0.0 && seconds < 1e6;
}

} // namespace

/// Stands between engine and monitor: takes the times, and completes what the engine says of the time that is left.
class RunTimes::Watch : public Monitor {
public:
    Watch(RunTimes& times, const Request& request, Monitor& monitor)
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
        if (progress.stage == "loading") {
            m_loads = true;
        } else {
            if (m_loads) loaded();
            if (progress.stage != "planning") measure(progress);
        }
        Progress told = progress;
        if (const auto left = secondsLeft(progress)) told.secondsLeft = *left;
        m_monitor.step(told);
    }
    void planned(const plan::Plan& plan) override { m_monitor.planned(plan); }
    bool wantsEstimates() const override { return m_monitor.wantsEstimates(); }
    void estimate(Estimate estimate) override { m_monitor.estimate(std::move(estimate)); }

    /// The clip is made.
    void finish() {
        const double inParts = m_total + m_partSeconds, all = m_times.m_clock() - m_begun;
        m_seen.rest = std::max(0.0, all - inParts) / m_request.seconds;
        m_times.learn(m_model, m_request, m_seen);
    }

private:
    void loaded() {
        const double now = m_times.m_clock();
        const std::lock_guard lock(m_times.m_mutex);
        std::optional<double>& loading = m_times.m_models[m_model].loading;
        loading = loading ? blend(*loading, now - m_begun) : now - m_begun;
        m_times.m_loaded = m_model;
        m_begun = now;
        m_loads = false;
    }

    void measure(const Progress& progress) {
        if (m_seen.parts.empty() || m_seen.parts.back().name != progress.stage) {
            m_total += m_partSeconds;
            m_seen.parts.push_back({progress.stage, progress.steps, 0.0});
        }
        m_partSeconds = progress.stageSeconds;
        if (progress.step > 0) m_seen.parts.back().pace = progress.stageSeconds / progress.step / m_request.seconds;
    }

    /// None: the engine's own, which knows the speed of this run at least.
    std::optional<double> secondsLeft(const Progress& progress) const {
        if (m_known.parts.empty()) return {};
        if (m_loads) {
            if (!m_loading) return {};
            return std::max(0.0, *m_loading - (m_times.m_clock() - m_begun)) + secondsOf(m_known, m_request);
        }
        if (m_seen.parts.empty()) return secondsOf(m_known, m_request);
        const std::size_t current = m_seen.parts.size() - 1;
        if (current >= m_known.parts.size() || m_known.parts[current].name != progress.stage) return {};
        // The first step tells little: it fills caches.
        const double measured = progress.step > 1 ? m_seen.parts.back().pace : 0.0;
        const double pace = measured > 0.0 ? measured : m_known.parts[current].pace;
        return pace * m_request.seconds * (progress.steps - progress.step) + secondsOf(m_known, m_request, current + 1);
    }

    RunTimes& m_times;
    const Request& m_request;
    Monitor& m_monitor;
    std::string m_model;
    Kind m_known, m_seen;
    std::optional<double> m_loading;
    double m_begun, m_total = 0.0, m_partSeconds = 0.0;
    bool m_loads = false;
};

RunTimes::RunTimes(Clock clock)
    : m_clock(clock ? std::move(clock) : steadySeconds) {}

void RunTimes::choose(const std::string& model, const std::string& device) {
    const std::lock_guard lock(m_mutex);
    m_model = model + "|" + device;
}

Generation RunTimes::run(const Generate& generate, const Request& request, Monitor& monitor) {
    Watch watch(*this, request, monitor);
    Generation generation = generate(request, watch);
    watch.finish();
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
    // The request's stages are generator, vocoder or cascader, super-resolution; between the last two may be a part
    // that nothing is set of.
    std::optional<std::size_t> stage;
    if (part < 2)
        stage = part;
    else if (part + 1 == kind.parts.size())
        stage = 2;
    if (!stage || *stage >= request.stages.size()) return kind.parts[part].steps;
    return request.stages[*stage].steps.value_or(kind.parts[part].steps);
}

double RunTimes::secondsOf(const Kind& kind, const Request& request, std::size_t firstPart) {
    double seconds = kind.rest * request.seconds;
    for (std::size_t part = firstPart; part < kind.parts.size(); ++part)
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
        // The steps that a request sets are its own; what it leaves to the model is the model's.
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
    try { // of a later version, or edited: it is only a memory
        const Json all = Json::parse(text);
        std::map<std::string, Model> models;
        for (const auto& [name, model] : all.items()) {
            Model& read = models[name];
            if (model.contains("loading") && makesSense(model["loading"])) read.loading = model["loading"];
            for (const auto& [key, kind] : model.at("kinds").items()) {
                Kind found{{}, kind.at("rest")};
                bool good = makesSense(found.rest);
                for (const Json& part : kind.at("parts")) {
                    found.parts.push_back({part.at("name"), part.at("steps"), part.at("pace")});
                    good = good && makesSense(found.parts.back().pace) && found.parts.back().steps >= 0;
                }
                if (good) read.kinds[key] = std::move(found);
            }
        }
        m_models = std::move(models);
    } catch (const Json::exception&) {
    }
}

} // namespace n2m::studio
