#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace n2m::storage {

/// The source of a take.
enum class Origin { Generated, CommandLine, Imported };

/// One clip of the library: the facts about it; the sound itself is in its file. A plain value; texts are UTF-8.
struct Take {
    std::int64_t id = 0;        ///< given by the library
    std::filesystem::path file; ///< relative to the library's folder: "clips/2026-11/slow-piano-7.flac"
    std::int64_t created = 0;   ///< milliseconds since 1970, UTC

    std::string prompt, negativePrompt;
    std::string title; ///< given by the user; empty = none, show the prompt
    std::uint64_t seed = 0;
    double seconds = 0.0;
    int sampleRate = 0, channels = 0;
    double bpm = 0.0;   ///< 0 = unknown
    std::string key;    ///< "A minor"; empty = unknown
    std::string chords; ///< "Am F C G"; empty = unknown

    // Long texts: TakeStore::page() leaves them empty, TakeStore::find() does not.
    std::string request; ///< JSON of engine/RequestJson.h; empty = none
    std::string recipe;  ///< JSON of Generation.recipe, as it is in the file; empty = none
    std::string plan;    ///< JSON of engine/plan/PlanJson.h; empty = none

    std::string bundle; ///< hash of the bundle that made it; empty = unknown
    Origin origin = Origin::Generated;

    bool starred = false;
    int rating = 0; ///< 0 (none) to 5
    std::string notes;
    std::vector<std::string> tags;       ///< sorted, without regard to case; no two that differ only in case
    std::optional<std::int64_t> trashed; ///< the time it was put into the trash, as `created`

    bool operator==(const Take&) const = default;
};

/// Everything the user wrote on a take, in one value, for undoing.
struct Marks {
    std::int64_t take = 0;
    bool starred = false;
    int rating = 0;
    std::string title, notes;
    std::vector<std::string> tags;
    std::vector<std::int64_t> boards; ///< ids of the boards it is on, ascending

    bool operator==(const Marks&) const = default;
};

} // namespace n2m::storage
