#include "engine/corpus/CaptionWords.h"

#include "engine/corpus/Captions.h"

#include <map>

namespace n2m::corpus {

namespace {

const Strings& tempoAdjectives(const std::string& word) {
    static const std::map<std::string, Strings> all{{"very slow", {"very slow", "extremely slow"}},
                                                    {"slow", {"slow", "unhurried", "slow-paced"}},
                                                    {"mid-tempo", {"mid-tempo", "medium-tempo", "moderately paced"}},
                                                    {"fast", {"fast", "up-tempo", "fast-paced"}},
                                                    {"very fast", {"very fast", "rapid", "breakneck"}}};
    return all.at(word);
}

const Strings& tempoPhrases(const std::string& word) {
    static const std::map<std::string, Strings> all{
        {"very slow", {"at a very slow tempo", "moving very slowly"}},
        {"slow", {"at a slow tempo", "at an unhurried pace", "taking its time"}},
        {"mid-tempo", {"at a medium tempo", "at a moderate pace", "at walking pace"}},
        {"fast", {"at a fast tempo", "at a quick pace"}},
        {"very fast", {"at a very fast tempo", "at breakneck speed"}}};
    return all.at(word);
}

} // namespace

bool isPlural(const std::string& noun) {
    static const std::set<std::string> mass{"brass", "strings", "synth brass", "low brass", "synth chords"};
    return mass.contains(noun) || (noun.ends_with("s") && !noun.ends_with("ss"));
}

std::string withArticle(const std::string& noun) {
    if (isPlural(noun)) return noun;
    static const std::string vowels = "aeiouAEIOU8";
    const bool vowel =
        vowels.find(noun.front()) != std::string::npos && !noun.starts_with("uk") && !noun.starts_with("uni");
    return (vowel || noun.starts_with("FM") ? "an " : "a ") + noun;
}

std::string joined(const Strings& words, const std::string& between) {
    std::string result;
    for (const std::string& word : words)
        result += (result.empty() ? "" : between) + word;
    return result;
}

std::string listed(const Strings& words) {
    if (words.size() < 2) return joined(words, "");
    return joined(Strings(words.begin(), words.end() - 1), ", ") + " and " + words.back();
}

CaptionWords::CaptionWords(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random)
    : m_attributes(sketch.attributes)
    , m_sections(sketch.plan.form)
    , m_genre(vocabulary.genre(m_attributes.genre))
    , m_mood(vocabulary.mood(m_attributes.mood))
    , m_random(random) {
    m_lead = vocabulary.instrument(m_attributes.lead).names;
    if (!m_attributes.era.empty()) m_era = vocabulary.era(m_attributes.era).words;
    m_alone = !m_attributes.drums;
    for (const std::string& name : m_attributes.instruments) {
        const composer::Instrument& instrument = vocabulary.instrument(name);
        if (instrument.shows == m_attributes.lead) continue;
        m_alone = false;
        m_others.push_back(instrument.names);
    }
}

std::string CaptionWords::genreNoun() {
    static const Strings nouns{"track", "piece", "instrumental", "tune"};
    if (const auto solo = m_genre.soloNames.find(m_attributes.lead); solo != m_genre.soloNames.end() && chance(0.5)) {
        note("lead");
        return said("genre", pick(solo->second));
    }
    return said("genre", chance(0.5) ? pick(m_genre.nouns) : pick(m_genre.names) + " " + pick(nouns));
}

std::string CaptionWords::tempoAdjective() {
    return said("tempo", pick(tempoAdjectives(m_attributes.tempo)));
}

std::string CaptionWords::tempoPhrase() {
    return said("tempo", pick(tempoPhrases(m_attributes.tempo)));
}

std::string CaptionWords::bpm() {
    note("tempo");
    return said("bpm", std::to_string(m_attributes.bpm));
}

std::string CaptionWords::key() {
    note("mode");
    return said("key", m_attributes.key);
}

std::string CaptionWords::keyPhrase() {
    if (chance(0.3)) return said("mode", m_attributes.minor ? "in a minor key" : "in a major key");
    return (chance(0.5) ? "in " : "in the key of ") + key();
}

std::string CaptionWords::drumPhrase() {
    const std::string energy = energyWord(m_attributes.energy);
    if (energy == "high") return pick({"with loud drums", "with pounding drums", "with a strong beat"});
    if (energy == "low") return pick({"with soft drums", "with a light beat", "with light percussion"});
    return pick({"with drums", "with a steady beat", "with a solid groove"});
}

Strings CaptionWords::energyAdjectives() const {
    const std::string word = energyWord(m_attributes.energy);
    if (word == "high") return {"high energy", "intense", "full-blown"};
    if (word == "low") return {"low energy", "quiet", "understated"};
    return {};
}

Strings CaptionWords::feelWords() const {
    if (m_attributes.feel == "swing8") return {"swung", "swing feel", "swinging rhythm"};
    if (m_attributes.feel == "triplet") return {"triplet feel", "twelve-eight feel", "rolling triplets"};
    if (m_attributes.feel == "swing16") return {"laid-back swing", "swung sixteenths"};
    return {};
}

Strings CaptionWords::shapes() const {
    Strings result;
    const float first = m_sections.front().energy, last = m_sections.back().energy;
    if (m_sections.size() > 1 && last - first > 0.3f)
        result.insert(result.end(), {"that builds up", "growing towards the end", "with a long build-up"});
    if (m_sections.size() > 1 && first - last > 0.2f)
        result.insert(result.end(), {"that calms down towards the end", "becoming quieter in the end"});
    for (const auto& section : m_sections) {
        if (section.name == "break") result.emplace_back("with a quiet break in the middle");
        if (section.name == "drop" && section.energy > 0.8f && m_attributes.drums && m_sections.front().name == "intro")
            result.emplace_back("with a drop");
    }
    if (m_sections.front().name == "intro" && m_sections.front().energy < 0.4f)
        result.emplace_back("with a soft intro");
    return result;
}

} // namespace n2m::corpus
