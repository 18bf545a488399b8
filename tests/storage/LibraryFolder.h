#pragma once

#include "engine/audio/Clip.h"
#include "storage/LibraryError.h"
#include "storage/Take.h"

#include <QtCore/QTemporaryDir>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace n2m::test {

/// A folder for a library; the destructor deletes it.
class LibraryFolder {
public:
    std::filesystem::path path() const { return std::filesystem::path(m_folder.path().toStdString()) / "library"; }
    std::filesystem::path database() const { return path() / "library.db"; }

private:
    QTemporaryDir m_folder;
};

inline audio::Clip tone(double seconds = 0.25, float amplitude = 0.5f, double step = 0.1) {
    audio::Clip clip{std::vector<float>(static_cast<std::size_t>(seconds * 24000.0)), 24000, 1};
    for (std::size_t n = 0; n < clip.samples.size(); ++n)
        clip.samples[n] = amplitude * static_cast<float>(std::sin(step * static_cast<double>(n)));
    return clip;
}

/// A recipe as engine/cascade/Recipe.cpp writes it, with a plan of two repeated chords.
inline std::string recipe(const std::string& prompt, std::uint64_t seed) {
    nlohmann::ordered_json chords = nlohmann::ordered_json::array();
    for (int i = 0; i < 4; ++i)
        chords.push_back({{"start", 2.0 * i}, {"end", 2.0 * i + 2.0}, {"symbol", i % 2 ? "F" : "Am"}});
    return nlohmann::ordered_json{{"format", "noise2music recipe 1"},
                                  {"prompt", prompt},
                                  {"negativePrompt", "drums"},
                                  {"seed", seed},
                                  {"wishes", nlohmann::ordered_json::object()},
                                  {"plan", {{"seconds", 8.0}, {"bpm", 96.5}, {"key", "A minor"}, {"chords", chords}}},
                                  {"bundle", {{"name", "tiny"}, {"hash", "0123456789abcdef"}}}}
        .dump(2);
}

inline storage::Take facts(const std::string& prompt, std::uint64_t seed = 7) {
    storage::Take take;
    take.prompt = prompt;
    take.seed = seed;
    take.recipe = recipe(prompt, seed);
    take.request = R"({"prompt":"as asked"})";
    return take;
}

/// The kind and the line of the LibraryError that a call throws, or nothing.
struct Refusal {
    storage::LibraryError::Kind kind;
    std::string line;
};
template <class Call> std::optional<Refusal> refusal(Call&& call) {
    try {
        call();
    } catch (const storage::LibraryError& error) {
        return Refusal{error.kind(), error.what()};
    }
    return {};
}

/// The line of the std::invalid_argument that a call throws; empty if it throws none.
template <class Call> std::string complaint(Call&& call) {
    try {
        call();
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return {};
}

} // namespace n2m::test
