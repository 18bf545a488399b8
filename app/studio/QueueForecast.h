#pragma once

#include "app/studio/RunTimes.h"
#include "storage/Job.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace n2m::studio {

/// How long what waits will take. Asked whenever the queue changes, so each request is read only once. GUI thread.
class QueueForecast {
public:
    /// Must outlive it.
    explicit QueueForecast(const RunTimes& times);

    /// Seconds; none where nothing waits, or it is not known for all of it.
    std::optional<double> operator()(const std::vector<storage::Job>& waiting);

private:
    struct Read {
        std::string text;
        Request request; ///< as far as it decides how long it takes
    };

    const RunTimes& m_times;
    std::map<std::int64_t, Read> m_read; ///< by job
};

} // namespace n2m::studio
