#pragma once

#include <QStringList>

#include <functional>

namespace n2m::ui {

/// The things that the model understood of a prompt, in a few English words each, as the prompt is. A plain value,
/// filled in by the studio.
struct HeardPrompt {
    QStringList heard;         ///< "slow", "accordion", "no drums"
    QStringList contradictory; ///< "slow, fast"
    QStringList impossible;    ///< asked for, but not what the model can do: "singing"
    QStringList unknown;       ///< words that mean nothing to it, as they are in the prompt
    bool operator==(const HeardPrompt&) const = default;
};
/// Reads a prompt and a negative prompt; quick, as it is called while the user types.
using PromptReader = std::function<HeardPrompt(const QString& prompt, const QString& negativePrompt)>;

/// Phrases that may replace the last characters of a text. A plain value.
struct Completions {
    int replaced = 0; ///< number of characters at the end of the text
    QStringList phrases;
    bool operator==(const Completions&) const = default;
};
/// Completes the text before the caret.
using PhraseCompleter = std::function<Completions(const QString& before)>;

} // namespace n2m::ui
