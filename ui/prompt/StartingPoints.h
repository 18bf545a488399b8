#pragma once

#include "engine/request/Request.h"

#include <QString>

#include <optional>
#include <vector>

namespace n2m::ui {

/// A prompt that comes with the program, named in the user's language and written in English, which the model reads.
/// Tempo, key and chords are set where they are part of the style.
struct StartingPoint {
    QString name;
    QString prompt;
    std::optional<double> bpm;
    QString key, chords; ///< empty: from the prompt
};

/// The built-in prompts by style, calm ones first.
std::vector<StartingPoint> startingPoints();

/// Settings that come with the program. Settings without a value stay as they are.
struct BuiltInPreset {
    QString name, explanation;
    std::optional<double> seconds;
    std::vector<StageSettings> stages; ///< in the route's order; further stages keep the model's settings
};

std::vector<BuiltInPreset> builtInPresets();

} // namespace n2m::ui
