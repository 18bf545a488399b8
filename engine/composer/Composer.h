#pragma once

#include "engine/composer/Piece.h"

namespace n2m::composer {

/// The sketch's plan: its grid, chords and sections, and the tonic as the last chord of a piece with an outro. Throws
/// base::InvalidInput for numbers outside their ranges (see plan::buildPlan).
plan::Plan planOf(const Sketch& sketch, double seconds = 30.0);

/// Writes the music out over planOf(). Deterministic: equal sketches give equal notes on every machine. Any thread.
Piece compose(const Vocabulary& vocabulary, const Sketch& sketch, double seconds = 30.0);
/// The same over a given plan, on a steady grid that begins with a downbeat; the plan's parts are replaced.
Piece compose(const Vocabulary& vocabulary, const Sketch& sketch, plan::Plan plan);

} // namespace n2m::composer
