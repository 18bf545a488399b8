#pragma once

#include "app/studio/RunTimes.h"
#include "storage/Job.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace n2m::studio {

/// Estimates how long the waiting jobs will take. It is called at every change of the queue, so it parses each request
/// only once. GUI thread.
class QueueForecast {
public:
    /// `times` must outlive it.
    explicit QueueForecast(const RunTimes& times);

    /// Seconds; nullopt if no job waits, or the time of one is not known.
    std::optional<double> operator()(const std::vector<storage::Job>& waiting);

private:
    struct ParsedRequest {
        std::string text;
        Request request; ///< without the plan, which does not change the time
    };

    const RunTimes& m_times;
    std::map<std::int64_t, ParsedRequest> m_parsed; ///< by job
};

} // namespace n2m::studio
