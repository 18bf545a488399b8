#pragma once

#include "engine/request/Request.h"

#include <string>
#include <string_view>

namespace n2m {

/// A request as JSON text, as the queue and the presets store it. Settings that the bundle decides are left out:
///   {"prompt": "…", "negativePrompt": "…", "seed": 7, "seconds": 30.0, "route": "spectrogram",
///    "stages": [{"steps": 24, "sampler": "dpmpp", "schedule": "uniform", "gamma": 0.1, "guidance": 2.5,
///                "planGuidance": 2.0, "temperature": 0.7}, …],
///    "vocoder": "diffusion", "superResolution": "fourier",
///    "plan": true, "bpm": 96.0, "key": "A minor", "chords": "Am F C G", "givenPlan": {… PlanJson.h},
///    "adaptGiven": true,
///    "repaint": {"file": "clips/2026-11/song.flac", "from": 8.0, "to": 16.0}}
/// Pure functions on values: any thread.
std::string toJson(const Request& request);

/// Reads it back exactly. Missing fields get the default; unknown fields, of a later version, are ignored. Throws
/// base::InvalidInput, one line that names the field. Does not validate(): the caller does before it runs.
Request requestFromJson(std::string_view text);

/// The plan of a request that is made from a recipe.
enum class RecipePlan {
    AsPlayed, ///< the clip's own plan: gives the same clip again
    AsWished  ///< only the user's wishes: the rest is planned again
};

/// The request of a finished clip from its recipe (Generation.recipe), with every setting resolved. Throws
/// base::InvalidInput, one line, where the text is not a recipe.
Request requestOfRecipe(std::string_view recipe, RecipePlan plan = RecipePlan::AsPlayed);

} // namespace n2m
