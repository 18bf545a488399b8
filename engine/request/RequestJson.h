#pragma once

#include "engine/request/Request.h"

#include <string>
#include <string_view>

namespace n2m {

/// A request as JSON text, as the queue and the presets keep it. Settings that are left to the bundle are left out:
///   {"prompt": "…", "negativePrompt": "…", "seed": 7, "seconds": 30.0, "route": "spectrogram",
///    "stages": [{"steps": 24, "sampler": "dpmpp", "schedule": "uniform", "gamma": 0.1, "guidance": 2.5,
///                "planGuidance": 2.0, "temperature": 0.7}, …],
///    "vocoder": "diffusion", "superResolution": "fourier",
///    "plan": true, "bpm": 96.0, "key": "A minor", "chords": "Am F C G", "givenPlan": {… PlanJson.h},
///    "repaint": {"file": "clips/2026-11/song.flac", "from": 8.0, "to": 16.0}}
/// Pure functions on values: any thread.
std::string toJson(const Request& request);

/// Reads it back, exactly; what is missing takes the default, unknown fields are passed over (a later version's).
/// Throws std::invalid_argument, one line that names the field. Does not validate(): that is for when it is to run.
Request requestFromJson(std::string_view text);

enum class RecipePlan {
    AsPlayed, ///< the very plan of the clip is given: the same clip again
    AsWished  ///< only what the user had wished of it: the rest is planned anew
};

/// The request behind a finished clip, from its recipe (Generation.recipe): every setting resolved. Throws
/// std::invalid_argument, one line, where the text is no recipe.
Request requestOfRecipe(std::string_view recipe, RecipePlan plan = RecipePlan::AsPlayed);

} // namespace n2m
