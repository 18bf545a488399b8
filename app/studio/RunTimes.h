#pragma once

#include "app/studio/GenerationWorker.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace n2m::studio {

/// How long the parts of making a clip took on this machine, by model and device, and so how long another clip will
/// take: from the first job of a new start on, the loading of the model counted. Any thread.
class RunTimes {
public:
    using Clock = std::function<double()>; ///< seconds, never falling
    explicit RunTimes(Clock clock = {});

    /// A folder of a model and a device that computes; what is known of others is kept for when they are back.
    void choose(const std::string& model, const std::string& device);

    /// Makes a clip, learns from it, and tells the monitor how much time is left where the engine cannot know it yet.
    Generation run(const Generate& generate, const Request& request, Monitor& monitor);

    /// Seconds for all of these, one after the other; none where nothing alike has been made yet.
    std::optional<double> estimate(const std::vector<Request>& requests) const;

    /// As the settings keep it; what cannot be understood is left out.
    std::string toJson() const;
    void fromJson(const std::string& text);

private:
    class Watch;
    struct Part {
        std::string name;
        int steps = 0;
        double pace = 0.0; ///< seconds for a step of a second of sound
    };
    /// What requests of one kind go through; the rest is what is in no part: planning, mastering.
    struct Kind {
        std::vector<Part> parts;
        double rest = 0.0; ///< seconds for a second of sound
    };
    struct Model {
        std::optional<double> loading;     ///< seconds
        std::map<std::string, Kind> kinds; ///< by kindOf() a request
    };

    static std::string kindOf(const Request& request);
    static int stepsOf(const Kind& kind, std::size_t part, const Request& request);
    static double secondsOf(const Kind& kind, const Request& request, std::size_t firstPart = 0);
    void learn(const std::string& model, const Request& request, const Kind& seen);

    Clock m_clock;
    mutable std::mutex m_mutex; // of all below
    std::map<std::string, Model> m_models;
    std::string m_model, m_loaded; ///< keys; the latter of what is in the memory
};

} // namespace n2m::studio
