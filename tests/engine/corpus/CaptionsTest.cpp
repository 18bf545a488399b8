#include "engine/corpus/Captions.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <regex>
#include <set>

using namespace n2m::composer;
using namespace n2m::corpus;

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Whether a text contains a phrase as whole words.
bool says(const std::string& text, const std::string& phrase) {
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '\'' || c == '-'; };
    for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end]))) return true;
    }
    return false;
}

/// Removes the true phrases from a text, the longest first.
std::string without(std::string text, std::vector<std::string> phrases) {
    std::sort(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& phrase : phrases)
        for (std::size_t at; (at = text.find(lower(phrase))) != std::string::npos;)
            text.replace(at, phrase.size(), "…");
    return text;
}

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

class CaptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A caption names the clip's own facts only: no other genre, instrument, mood, tempo, era, key or bpm.
    void everyCaptionIsTrue() {
        static const std::regex number("(\\d+) (bpm|beats)"), key("\\b([a-g](?:#|b)?) (major|minor)\\b(?! key)"),
            mode("\\b(major|minor)\\b");
        for (std::uint64_t seed = 1; seed <= 500; ++seed) {
            const Sketch sketch = drawSketch(m_vocabulary, seed);
            const Attributes& attributes = sketch.attributes;
            for (const Caption& caption : all(sketch, seed)) {
                const std::string text = lower(caption.text);
                const std::string what =
                    attributes.genre + ", " + attributes.lead + ", " + attributes.mood + ": " + text;
                std::smatch match;
                if (std::regex_search(text, match, number))
                    QVERIFY2(std::stoi(match[1]) == attributes.bpm, what.c_str());
                if (std::regex_search(text, match, key)) QVERIFY2(match.str() == lower(attributes.key), what.c_str());
                if (std::regex_search(text, match, mode))
                    QVERIFY2(match.str() == (attributes.minor ? "minor" : "major"), what.c_str());
                const std::string rest = without(text, ownPhrases(attributes));
                for (const std::string& phrase : foreignPhrases(attributes))
                    QVERIFY2(!says(rest, lower(phrase)), (phrase + " | " + what).c_str());
            }
        }
    }

    void whatACaptionSaysIsListed() {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const Sketch sketch = drawSketch(m_vocabulary, seed);
            const auto known = labels(sketch.attributes);
            for (const Caption& caption : all(sketch, seed)) {
                QVERIFY(!caption.text.empty());
                const std::set<std::string> said(caption.says.begin(), caption.says.end());
                for (const std::string& name : said)
                    QVERIFY2(known.contains(name) || name == "instruments", name.c_str());
                if (caption.text.find(sketch.attributes.key) != std::string::npos) QVERIFY(said.contains("key"));
                if (said.contains("lead")) {
                    const std::string text = lower(caption.text);
                    const auto& names = m_vocabulary.instrument(sketch.attributes.lead).names;
                    std::vector<std::string> possible = names;
                    const auto& solo = m_vocabulary.genre(sketch.attributes.genre).soloNames;
                    if (solo.contains(sketch.attributes.lead)) append(possible, solo.at(sketch.attributes.lead));
                    QVERIFY2(std::any_of(possible.begin(), possible.end(),
                                         [&](const auto& n) { return text.find(lower(n)) != std::string::npos; }),
                             text.c_str());
                }
            }
        }
    }

    /// A clip has hundreds of wordings, and they state different facts. The clips of a hundred seeds had at least 363
    /// texts and 64 sets of facts.
    void wordingsVary() {
        const Sketch sketch = drawSketch(m_vocabulary, 5);
        std::set<std::string> texts;
        std::set<std::vector<std::string>> subsets;
        for (std::uint64_t n = 0; n < 400; ++n) {
            n2m::base::Random random(n);
            const Captions captions = captionsFor(m_vocabulary, sketch, random);
            const Caption caption = drawCaption(captions, random);
            texts.insert(caption.text);
            subsets.insert(caption.says);
        }
        QVERIFY2(texts.size() > 300, qPrintable(QString::number(texts.size())));
        QVERIFY2(subsets.size() > 40, qPrintable(QString::number(subsets.size())));
    }

    void theSameStateGivesTheSameWords() {
        const Sketch sketch = drawSketch(m_vocabulary, 8);
        n2m::base::Random first(4), second(4);
        QCOMPARE(captionsFor(m_vocabulary, sketch, first).longs.front().text,
                 captionsFor(m_vocabulary, sketch, second).longs.front().text);
    }

private:
    std::vector<Caption> all(const Sketch& sketch, std::uint64_t seed) {
        n2m::base::Random random(seed);
        Captions captions = captionsFor(m_vocabulary, sketch, random);
        std::vector<Caption> result = captions.longs;
        result.insert(result.end(), captions.shorts.begin(), captions.shorts.end());
        result.insert(result.end(), captions.tags.begin(), captions.tags.end());
        result.push_back(drawCaption(captions, random));
        return result;
    }

    std::vector<std::string> genrePhrases(const Genre& genre) const {
        std::vector<std::string> result = genre.names;
        append(result, genre.nouns);
        for (const auto& entry : genre.soloNames)
            append(result, entry.second);
        return result;
    }

    std::vector<std::string> ownPhrases(const Attributes& attributes) const {
        std::vector<std::string> result = genrePhrases(m_vocabulary.genre(attributes.genre));
        append(result, m_vocabulary.instrument(attributes.lead).names);
        for (const std::string& name : attributes.instruments)
            append(result, m_vocabulary.instrument(name).names);
        append(result, m_vocabulary.mood(attributes.mood).words);
        append(result, m_vocabulary.mood(attributes.mood).scenes);
        if (!attributes.era.empty()) append(result, m_vocabulary.era(attributes.era).words);
        append(result, tempoWords(attributes.tempo));
        return result;
    }

    static std::vector<std::string> tempoWords(const std::string& tempo) {
        if (tempo == "very slow") return {"very slow", "extremely slow", "very slow tempo", "very slowly"};
        if (tempo == "slow") return {"slow", "unhurried", "slow-paced"};
        if (tempo == "mid-tempo")
            return {"mid-tempo", "medium-tempo", "moderately paced", "moderate pace", "medium tempo"};
        if (tempo == "fast") return {"fast", "up-tempo", "fast-paced", "quick pace"};
        return {"very fast", "rapid", "breakneck"};
    }

    std::vector<std::string> foreignPhrases(const Attributes& attributes) const {
        std::vector<std::string> result;
        for (const Genre& genre : m_vocabulary.genres())
            if (genre.name != attributes.genre) append(result, genrePhrases(genre));
        for (const std::string& lead : m_vocabulary.leads())
            if (lead != attributes.lead) append(result, m_vocabulary.instrument(lead).names);
        for (const Mood& mood : m_vocabulary.moods())
            if (mood.name != attributes.mood) append(result, mood.words);
        for (const Era& era : m_vocabulary.eras())
            if (era.name != attributes.era) append(result, era.words);
        for (const char* tempo : {"very slow", "slow", "mid-tempo", "fast", "very fast"})
            if (tempo != attributes.tempo) append(result, tempoWords(tempo));
        return result;
    }

    Vocabulary m_vocabulary;
};

QTEST_GUILESS_MAIN(CaptionsTest)
#include "CaptionsTest.moc"
