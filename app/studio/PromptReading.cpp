#include "app/studio/PromptReading.h"

#include "engine/prompt/HeardAs.h"
#include "engine/prompt/Understanding.h"

#include <algorithm>
#include <array>

namespace n2m::studio {
namespace {

constexpr std::size_t mostPhrases = 6;
constexpr qsizetype leastLetters = 2;
constexpr int mostWords = 4; // of a phrase that is being typed

bool sharesValue(const prompt::Finding& a, const prompt::Finding& b) {
    return std::any_of(a.values.begin(), a.values.end(), [&](const std::string& value) {
        return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
    });
}

/// Whether no music fits both findings: two tempi, or a thing that is both wanted and not wanted.
bool contradicts(const prompt::Finding& a, const prompt::Finding& b) {
    static constexpr std::array single = {"tempo", "metre", "mode", "key", "bpm"};
    if (a.attribute != b.attribute || a.hint || b.hint) return false;
    if (a.excluded != b.excluded) return sharesValue(a, b);
    return !a.excluded && std::find(single.begin(), single.end(), a.attribute) != single.end() && !sharesValue(a, b);
}

QStringList contradictionsOf(const prompt::Understanding& heard, const std::string& prompt) {
    const auto wordsOf = [&](const prompt::Finding& finding) {
        const bool here = finding.end > finding.begin; // else it is in the negative prompt
        return QString::fromStdString(here ? prompt.substr(finding.begin, finding.end - finding.begin)
                                           : "no " + finding.values.front());
    };
    QStringList found;
    for (auto a = heard.findings.begin(); a != heard.findings.end(); ++a)
        for (auto b = a + 1; b != heard.findings.end(); ++b) {
            const QString both = wordsOf(*a) + QStringLiteral(", ") + wordsOf(*b);
            if (contradicts(*a, *b) && !found.contains(both)) found << both;
        }
    return found;
}

} // namespace

ui::HeardPrompt readPrompt(const prompt::Lexicon& lexicon, const QString& prompt, const QString& negativePrompt) {
    const std::string text = prompt.toStdString();
    const prompt::Understanding understood = prompt::understand(lexicon, text, negativePrompt.toStdString());
    ui::HeardPrompt heard;
    for (const prompt::Chip& chip : prompt::chipsOf(understood, text))
        (chip.attribute == "unable" ? heard.impossible : heard.heard) << QString::fromStdString(chip.text);
    heard.contradictory = contradictionsOf(understood, text);
    for (const std::string& word : prompt::unknownWords(understood, text))
        heard.unknown << QString::fromStdString(word);
    heard.unknown.removeDuplicates();
    return heard;
}

ui::Completions completePhrase(const prompt::Lexicon& lexicon, const QString& before) {
    if (before.isEmpty() || !before.back().isLetterOrNumber()) return {};
    // The longest run of last words that begins a phrase: "drum and b" before "b".
    std::vector<qsizetype> begins;
    qsizetype at = before.size();
    while (at > 0 && begins.size() < mostWords) {
        while (at > 0 && (before[at - 1].isLetterOrNumber() || QStringLiteral("'&-").contains(before[at - 1])))
            --at;
        begins.push_back(at);
        if (at == 0 || before[at - 1] != QLatin1Char(' ')) break;
        --at;
    }
    for (auto begin = begins.rbegin(); begin != begins.rend(); ++begin) {
        const QString typed = before.mid(*begin);
        if (typed.size() < leastLetters || typed.front() == QLatin1Char(' ')) continue;
        ui::Completions found;
        found.replaced = static_cast<int>(typed.size());
        for (const std::string& phrase : lexicon.completions(typed.toStdString(), mostPhrases))
            found.phrases << QString::fromStdString(phrase);
        if (!found.phrases.isEmpty()) return found;
    }
    return {};
}

} // namespace n2m::studio
