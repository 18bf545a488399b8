#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/SoundFile.h"
#include "engine/request/Request.h"

#include <CLI/App.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace n2m::app {

/// The options of a verb that runs the user's sound file through one stage of a cascade.
struct SoundOptions {
    std::string input, output, bundle, device = "cpu";
    std::string method; ///< a stage, or a method without a network; empty: the bundle's choice
    std::uint64_t seed = 0;
    std::optional<int> steps;
    std::string sampler, schedule;
    std::optional<double> gamma, temperature;
    bool json = false;

    /// Adds them to a verb, `method` as the option of this name. `this` must outlive the parsing.
    void addTo(CLI::App& verb, const char* methodOption, const char* methodHelp);

    /// The sampling settings of the stage. Throws std::invalid_argument as Request::validate does.
    StageSettings settings() const;

    /// Throws std::invalid_argument if settings were given that only a diffusion stage takes.
    void requireNoSampling(const std::string& chosen) const;

    /// The input as one channel; first checks that the output can be written. Throws std::invalid_argument for a file
    /// that is missing, not sound or too long.
    audio::Clip read() const;

    /// Writes the output, with method and seed in its comment, and prints the facts. `seconds`: duration of the work.
    void write(const audio::Clip& clip, const std::string& chosen, double seconds) const;
};

} // namespace n2m::app
