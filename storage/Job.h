#pragma once

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
    Interrupted ///< its program ended while it ran: offered again
};

/// One clip that is to be made, is being made or was made. A plain value.
struct Job {
    std::int64_t id = 0; ///< given by the library
    JobState state = JobState::Waiting;
    double position = 0.0; ///< where it stands among the waiting ones; the least is next

    std::string request; ///< JSON of engine/RequestJson.h
    std::string prompt;  ///< for the list; a copy of what is in the request
    std::uint64_t seed = 0;
    int variation = 1, variations = 1; ///< "2 of 4"

    std::string error; ///< one line; of a failed job
    /// Milliseconds since 1970, UTC; 0 = not yet.
    std::int64_t created = 0, started = 0, finished = 0;
    std::optional<std::int64_t> take; ///< what a finished job made

    bool operator==(const Job&) const = default;
};

} // namespace n2m::storage
