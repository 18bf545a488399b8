#pragma once

#include "engine/prompt/Lexicon.h"
#include "ui/prompt/HeardPrompt.h"

namespace n2m::studio {

/// Reads a prompt as the planner does, for the window. Well below a millisecond. Any thread.
ui::HeardPrompt readPrompt(const prompt::Lexicon& lexicon, const QString& prompt, const QString& negativePrompt);

/// Phrases that complete the last words of a text, from two letters on. Any thread.
ui::Completions completePhrase(const prompt::Lexicon& lexicon, const QString& before);

} // namespace n2m::studio
