#pragma once

#include "engine/request/Request.h"

#include <QString>

#include <optional>
#include <vector>

namespace n2m::ui {

/// A prompt that comes with the program, to begin with and to change: named in the user's language, written in the
/// model's, with tempo, key and chords where they make the style.
struct StartingPoint {
    QString name;
    QString prompt;
    std::optional<double> bpm;
    QString key, chords; ///< empty: from the prompt
};

/// By style, calm ones first.
std::vector<StartingPoint> startingPoints();

/// Settings that come with the program. What they do not name stays as it is.
struct BuiltInPreset {
    QString name, explanation;
    std::optional<double> seconds;
    std::vector<StageSettings> stages; ///< in the order of the route's; those beyond the end are as the model has them
};

std::vector<BuiltInPreset> builtInPresets();

} // namespace n2m::ui
