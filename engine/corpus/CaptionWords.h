#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"

#include <set>
#include <string>
#include <vector>

namespace n2m::corpus {

using Strings = std::vector<std::string>;

bool isPlural(const std::string& noun);
std::string withArticle(const std::string& noun); ///< "a piano", "an organ", "strings"
std::string joined(const Strings& words, const std::string& between);
std::string listed(const Strings& words); ///< "a, b and c"

/// The facts about a clip as words, drawn from their synonyms; it keeps the names of the attributes that they give
/// away. Internal to engine/corpus. Refers to its arguments, which must outlive it.
class CaptionWords {
public:
    CaptionWords(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random);

    std::string pick(const Strings& words) { return m_random.pick(words); }
    bool chance(double probability) { return m_random.chance(probability); }

    // Facts; each notes that it was said.
    std::string genreName() { return said("genre", pick(m_genre.names)); }
    std::string genreNoun();
    std::string mood() { return said("mood", pick(m_mood.words)); }
    std::string scene() { return said("mood", pick(m_mood.scenes)); }
    std::string lead() { return said("lead", pick(m_lead)); }
    std::string era() { return said("era", pick(m_era)); }
    std::string tempoAdjective();
    std::string tempoPhrase();
    std::string bpm();
    std::string key();
    std::string keyPhrase();
    std::string drums(const std::string& text) { return said("drums", text); }
    std::string feel(const std::string& text) { return said("feel", text); }
    std::string energy() { return said("energy", pick(energyAdjectives())); }

    std::string drumPhrase();
    Strings energyAdjectives() const; ///< none for medium energy
    Strings feelWords() const;        ///< none for a straight feel
    Strings shapes() const;           ///< phrases for the form, if it has a distinct one

    std::string said(const std::string& attribute, const std::string& text) {
        note(attribute);
        return text;
    }
    void note(const std::string& attribute) { m_says.insert(attribute); }

protected:
    const composer::Attributes& m_attributes;
    const std::vector<plan::SectionSketch>& m_sections;
    const composer::Genre& m_genre;
    const composer::Mood& m_mood;
    base::Random& m_random;
    Strings m_lead, m_era;         // names of the lead, words for the era
    std::vector<Strings> m_others; // names of the other instruments
    bool m_alone = true;           // nothing accompanies the lead
    std::set<std::string> m_says;
};

} // namespace n2m::corpus
