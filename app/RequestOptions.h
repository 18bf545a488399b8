#pragma once

#include "engine/request/Request.h"

#include <CLI/App.hpp>

#include <optional>
#include <string>
#include <vector>

namespace n2m::app {

/// The command line options that describe a clip, as the user wrote them.
struct RequestOptions {
    std::vector<std::string> prompt; ///< the words that the shell split
    std::string negative;
    std::string seed; ///< empty: draw one
    std::optional<double> seconds;
    std::string route, vocoder, superResolution;
    /// Values per stage, separated by commas.
    std::string sampler, steps, schedule, gamma, guidance, planGuidance, temperature;
    std::optional<double> bpm;
    std::string key, chords;
    std::string composer;
    bool noPlan = false;
    std::string score;           ///< a file whose score is played
    std::string repaint, extend; ///< sound files
    std::optional<double> from, to;

    /// Adds them to a verb. `this` must outlive the parsing.
    void addTo(CLI::App& verb);
    /// Only those from which the plan follows: prompts, seed, length, tempo, key, chords.
    void addMusicTo(CLI::App& verb);

    /// The request of these options; a seed is drawn if none was given. Throws std::invalid_argument for text that is
    /// not a number and for a request that Request::validate refuses, and std::runtime_error for an unreadable sound
    /// file.
    Request request() const;

private:
    void setScore(Request& request) const;
    void setRepaint(Request& request) const;
};

} // namespace n2m::app
