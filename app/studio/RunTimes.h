#pragma once

#include "app/studio/GenerationWorker.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace n2m::studio {

/// The memory of how long the parts of a generation take on this machine, by model and device. It forecasts jobs that
/// wait and a job whose model still loads; the engine estimates a running job, with this memory as its first guess. Any
/// thread.
class RunTimes {
public:
    using Clock = std::function<double()>; ///< seconds, never falling
    explicit RunTimes(Clock clock = {});

    /// Selects a model's folder and a device. The times of others are kept.
    void choose(const std::string& model, const std::string& device);

    /// Makes a clip and learns from its timings. Completes the progress that `monitor` gets with a forecast while the
    /// model loads and the clip is planned.
    Generation run(const Generate& generate, const Request& request, Monitor& monitor);

    /// Seconds for all of these, one after the other; none where a request of such a kind has not been made yet.
    std::optional<double> estimate(const std::vector<Request>& requests) const;

    /// JSON text for the settings. Reading leaves out values that it does not understand.
    std::string toJson() const;
    void fromJson(const std::string& text);

private:
    class MemoryMonitor;
    struct Part {
        std::string name;
        int steps = 0;
        double pace = 0.0; ///< seconds for a step of a second of sound
    };
    /// The parts that requests of one kind have; the rest is the time outside them: planning, mastering.
    struct Kind {
        std::vector<Part> parts;
        double rest = 0.0; ///< seconds for a second of sound
    };
    struct Model {
        std::optional<double> loading;     ///< seconds
        std::map<std::string, Kind> kinds; ///< by kindOf() of a request
    };

    static std::string kindOf(const Request& request);
    static int stepsOf(const Kind& kind, std::size_t part, const Request& request);
    static double secondsOf(const Kind& kind, const Request& request);
    void learn(const std::string& model, const Request& request, const Kind& seen);

    Clock m_clock;
    mutable std::mutex m_mutex; ///< guards all members below
    std::map<std::string, Model> m_models;
    std::string m_model, m_loaded; ///< keys; the latter of the model that the engine has loaded
};

} // namespace n2m::studio
