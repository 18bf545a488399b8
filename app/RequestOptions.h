#pragma once

#include "engine/request/Request.h"

#include <CLI/App.hpp>

#include <optional>
#include <string>
#include <vector>

namespace n2m::app {

/// The options that say what a clip is to sound like, as the user wrote them.
struct RequestOptions {
    std::vector<std::string> prompt; ///< the words that the shell split
    std::string negative;
    std::string seed; ///< empty: draw one
    std::optional<double> seconds;
    std::string route, vocoder, superResolution;
    std::string sampler, steps, schedule, gamma, guidance, planGuidance,
        temperature; ///< per stage, separated by commas
    std::optional<double> bpm;
    std::string key, chords;
    bool noPlan = false;
    std::string repaint, extend; ///< sound files
    std::optional<double> from, to;

    /// Adds them to a verb. `this` must outlive the parsing.
    void addTo(CLI::App& verb);

    /// The request they stand for; a seed is drawn if none was given. Throws std::invalid_argument for what is not a
    /// number and for whatever Request::validate refuses, and std::runtime_error for a sound file that cannot be read.
    Request request() const;

private:
    void setRepaint(Request& request) const;
};

} // namespace n2m::app
