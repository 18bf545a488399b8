#pragma once

#include "engine/base/Error.h"

#include <cstdint>
#include <optional>
#include <string>

namespace n2m::storage {

enum class JobState {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
    Interrupted ///< its program ended while it ran; the user is offered a retry
};

/// A job of the queue: one clip that waits, is being made or was made. A plain value.
struct Job {
    std::int64_t id = 0; ///< given by the library
    JobState state = JobState::Waiting;
    double position = 0.0; ///< its order among the waiting ones; the least is next

    std::string request; ///< JSON of engine/RequestJson.h
    std::string prompt;  ///< a copy of the request's prompt, for the list
    std::uint64_t seed = 0;
    int variation = 1, variations = 1; ///< "2 of 4"

    base::Message error; ///< of a failed job
    /// Milliseconds since 1970, UTC; 0 = not yet.
    std::int64_t created = 0, started = 0, finished = 0;
    std::optional<std::int64_t> take; ///< the clip that a finished job made

    bool operator==(const Job&) const = default;
};

} // namespace n2m::storage
