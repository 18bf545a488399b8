#include "engine/corpus/Captions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace n2m::corpus {

namespace {

using Strings = std::vector<std::string>;

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

class Writer {
public:
    Writer(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random)
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

    Caption sentence() {
        m_says.clear();
        std::string text;
        switch (m_random.integer(0, 5)) {
        case 0:
        case 1:
            text = plainSentence();
            break;
        case 2:
            text = severalSentences();
            break;
        case 3:
            text = wish();
            break;
        case 4:
            text = leadFirst();
            break;
        default:
            text = description();
            break;
        }
        return finished(text);
    }

    Caption label() {
        m_says.clear();
        switch (m_random.integer(0, 6)) {
        case 0:
            return finished(genreNoun(), false);
        case 1:
            return finished(mood() + " " + genreNoun(), false);
        case 2:
            return finished(tempoAdjective() + " " + genreNoun(), false);
        case 3:
            return finished(genreName() + " with " + lead(), false);
        case 4:
            return finished(mood() + " " + lead(), false);
        case 5:
            return finished(m_era.empty() ? mood() + " " + genreName() : era() + " " + genreName(), false);
        default:
            return finished(lead() + " melody, " + mood() + " " + genreName(), false);
        }
    }

    std::vector<Caption> tags() {
        std::vector<Caption> result;
        const auto add = [&](const std::string& text) {
            result.push_back({text, {m_says.begin(), m_says.end()}});
            m_says.clear();
        };
        m_says.clear();
        add(genreName());
        add(mood());
        add(mood());
        add(lead());
        add(tempoAdjective());
        add(bpm() + " bpm");
        add(key());
        if (!m_era.empty()) add(era());
        if (!m_others.empty()) add(m_random.pick(m_random.pick(m_others)));
        if (m_attributes.drums) add(drums("drums"));
        if (!energyAdjectives().empty()) add(energy());
        if (const Strings feels = feelWords(); !feels.empty()) add(feel(m_random.pick(feels)));
        add(pick({"instrumental", "no vocals"}));
        return result;
    }

private:
    std::string pick(const Strings& words) { return m_random.pick(words); }
    bool chance(double probability) { return m_random.chance(probability); }

    // The facts. Each notes that it was said.
    std::string genreName() { return said("genre", pick(m_genre.names)); }
    std::string genreNoun() {
        static const Strings nouns{"track", "piece", "instrumental", "tune"};
        if (const auto solo = m_genre.soloNames.find(m_attributes.lead);
            solo != m_genre.soloNames.end() && chance(0.5)) {
            note("lead");
            return said("genre", pick(solo->second));
        }
        return said("genre", chance(0.5) ? pick(m_genre.nouns) : pick(m_genre.names) + " " + pick(nouns));
    }
    std::string mood() { return said("mood", pick(m_mood.words)); }
    std::string scene() { return said("mood", pick(m_mood.scenes)); }
    std::string lead() { return said("lead", pick(m_lead)); }
    std::string era() { return said("era", pick(m_era)); }
    std::string tempoAdjective() { return said("tempo", pick(tempoAdjectives(m_attributes.tempo))); }
    std::string tempoPhrase() { return said("tempo", pick(tempoPhrases(m_attributes.tempo))); }
    std::string bpm() {
        note("tempo");
        return said("bpm", std::to_string(m_attributes.bpm));
    }
    std::string key() {
        note("mode");
        return said("key", m_attributes.key);
    }
    std::string drums(const std::string& text) { return said("drums", text); }
    std::string feel(const std::string& text) { return said("feel", text); }
    std::string energy() { return said("energy", pick(energyAdjectives())); }

    Strings energyAdjectives() const {
        const std::string word = energyWord(m_attributes.energy);
        if (word == "high") return {"high energy", "intense", "full-blown"};
        if (word == "low") return {"low energy", "quiet", "understated"};
        return {};
    }
    Strings feelWords() const {
        if (m_attributes.feel == "swing8") return {"swung", "swing feel", "swinging rhythm"};
        if (m_attributes.feel == "triplet") return {"triplet feel", "twelve-eight feel", "rolling triplets"};
        if (m_attributes.feel == "swing16") return {"laid-back swing", "swung sixteenths"};
        return {};
    }

    std::string said(const std::string& attribute, const std::string& text) {
        note(attribute);
        return text;
    }
    void note(const std::string& attribute) { m_says.insert(attribute); }

    /// "slow, sad 1980s synthwave track"
    std::string head(double detail) {
        Strings adjectives;
        const bool tempo = chance(0.5 * detail), moods = chance(0.75 * detail);
        if (tempo) adjectives.push_back(tempoAdjective());
        if (moods) adjectives.push_back(mood());
        if (moods && chance(0.15)) {
            std::string second = mood();
            if (second != adjectives.back()) adjectives.push_back(second);
        }
        if (!energyAdjectives().empty() && chance(0.12)) adjectives.insert(adjectives.begin(), energy());
        m_random.shuffle(adjectives);
        std::string text = joined(adjectives, chance(0.7) ? ", " : " ");
        // The name of an era that is a noun goes behind.
        std::string behind;
        if (!m_era.empty() && chance(0.55)) {
            const std::string words = era();
            if (words.find(' ') == std::string::npos)
                text += (text.empty() ? "" : " ") + words;
            else
                behind = " that sounds like " + withArticle(words);
        }
        return text + (text.empty() ? "" : " ") + genreNoun() + behind;
    }

    std::string leadPhrase() {
        const std::string name = lead();
        switch (m_random.integer(0, 7)) {
        case 0:
            return "with " + withArticle(name) + " as the lead";
        case 1:
            return "led by " + withArticle(name);
        case 2:
            return "featuring " + withArticle(name);
        case 3:
            return "with " + withArticle(name) + " carrying the melody";
        case 4:
            return "with " + withArticle(name + " melody");
        case 5:
            return "where " + withArticle(name) + (isPlural(name) ? " play" : " plays") + " the tune";
        case 6:
            return "with " + withArticle("lead " + name);
        default:
            return "with " + withArticle(name);
        }
    }

    std::string otherPhrase() {
        Strings names;
        for (const Strings& each : m_others)
            names.push_back(pick(each));
        m_random.shuffle(names);
        names.resize(std::min<std::size_t>(names.size(), static_cast<std::size_t>(m_random.integer(1, 3))));
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        m_random.shuffle(names);
        for (std::string& name : names)
            name = withArticle(name);
        if (m_attributes.drums && chance(0.35)) names.push_back(drums("drums"));
        note("instruments");
        return pick({"over ", "backed by ", "accompanied by ", "above ", "supported by "}) + listed(names);
    }

    // How the clip unfolds, where that can be said.
    Strings shapes() const {
        Strings result;
        const float first = m_sections.front().energy, last = m_sections.back().energy;
        if (m_sections.size() > 1 && last - first > 0.3f)
            result.insert(result.end(), {"that builds up", "growing towards the end", "with a long build-up"});
        if (m_sections.size() > 1 && first - last > 0.2f)
            result.insert(result.end(), {"that calms down towards the end", "becoming quieter in the end"});
        for (const auto& section : m_sections) {
            if (section.name == "break") result.push_back("with a quiet break in the middle");
            if (section.name == "drop" && section.energy > 0.8f && m_attributes.drums &&
                m_sections.front().name == "intro")
                result.push_back("with a drop");
        }
        if (m_sections.front().name == "intro" && m_sections.front().energy < 0.4f)
            result.push_back("with a soft intro");
        return result;
    }

    std::string keyPhrase() {
        if (chance(0.3)) return said("mode", m_attributes.minor ? "in a minor key" : "in a major key");
        return (chance(0.5) ? "in " : "in the key of ") + key();
    }

    /// Some of what can be said behind the head.
    Strings phrases(int count) {
        std::vector<std::string> kinds{"lead", "lead", "tempo", "bpm", "scene", "key"};
        if (!m_others.empty()) kinds.insert(kinds.end(), {"others", "others"});
        if (m_alone) kinds.push_back("alone");
        if (m_attributes.drums) kinds.push_back("drums");
        if (!shapes().empty()) kinds.push_back("shape");
        if (!feelWords().empty()) kinds.push_back("feel");
        if (m_attributes.beatsPerBar == 3) kinds.push_back("metre");
        m_random.shuffle(kinds);
        Strings result;
        std::set<std::string> used;
        for (const std::string& kind : kinds) {
            if (static_cast<int>(result.size()) >= count || !used.insert(kind).second) continue;
            if (kind == "lead") result.insert(result.begin(), leadPhrase());
            if (kind == "others") result.push_back(otherPhrase());
            if (kind == "alone" && !used.contains("lead")) result.push_back(said("lead", "for solo " + lead()));
            if (kind == "tempo" && !m_says.contains("tempo")) result.push_back(tempoPhrase());
            if (kind == "bpm")
                result.push_back(chance(0.6) ? "at " + bpm() + " bpm" : "at " + bpm() + " beats per minute");
            if (kind == "scene") result.push_back(scene());
            if (kind == "key") result.push_back(keyPhrase());
            if (kind == "drums") result.push_back(drums(drumPhrase()));
            if (kind == "shape") result.push_back(said("form", pick(shapes())));
            if (kind == "feel") result.push_back(feel("with " + pick({"a ", "its "}) + pick(feelWords())));
            if (kind == "metre")
                result.push_back(said("metre", pick({"in three-four time", "in 3/4", "in triple metre"})));
        }
        for (std::string& phrase : result) {
            if (phrase == "with a swung" || phrase == "with its swung") phrase = "with a swung rhythm";
            if (phrase == "with a rolling triplets") phrase = "with rolling triplets";
            if (phrase == "with a swung sixteenths") phrase = "with swung sixteenths";
        }
        return result;
    }

    std::string drumPhrase() {
        const std::string energy = energyWord(m_attributes.energy);
        if (energy == "high") return pick({"with loud drums", "with pounding drums", "with a strong beat"});
        if (energy == "low") return pick({"with soft drums", "with a light beat", "with light percussion"});
        return pick({"with drums", "with a steady beat", "with a solid groove"});
    }

    std::string plainSentence() {
        const std::string start = head(1.0);
        const Strings more = phrases(m_random.integer(1, 3));
        return withArticle(start) + (more.empty() ? "" : " ") + joined(more, chance(0.5) ? ", " : " ");
    }

    std::string severalSentences() {
        std::string text = withArticle(head(0.9));
        for (const std::string& phrase : phrases(m_random.integer(1, 2)))
            text += ", " + phrase;
        text += ". ";
        if (!m_says.contains("lead")) {
            const std::string name = lead();
            const bool many = isPlural(name);
            text += pick({fmt::format("The {} {} the melody. ", name, many ? "play" : "plays"),
                          fmt::format("The melody is played by {}. ", withArticle(name)),
                          fmt::format("{} {} the lead. ", capital(withArticle(name)), many ? "take" : "takes")});
        }
        if (!m_says.contains("tempo") && chance(0.6))
            text += fmt::format("The tempo is {}. ", chance(0.5) ? tempoAdjective() : bpm() + " bpm");
        if (!m_says.contains("mood") && chance(0.7)) text += fmt::format("It feels {}. ", mood());
        if (chance(0.25)) text += capital(fmt::format("{} music, {}. ", mood(), scene()));
        while (!text.empty() && (text.back() == ' ' || text.back() == '.'))
            text.pop_back();
        return text;
    }

    std::string wish() {
        static const Strings begins{"I want ", "give me ",          "please make ", "make ",
                                    "play ",   "I'd like to hear ", "compose ",     "something like "};
        if (chance(0.35)) {
            std::string text = "something " + mood() + " " + scene();
            if (chance(0.7)) text += ", " + genreName();
            if (chance(0.6)) text += " " + leadPhrase();
            return text;
        }
        std::string text = pick(begins) + withArticle(head(0.8));
        for (const std::string& phrase : phrases(m_random.integer(0, 2)))
            text += " " + phrase;
        return text;
    }

    std::string leadFirst() {
        const std::string name = lead();
        const bool many = isPlural(name);
        std::string text = withArticle(name);
        switch (m_random.integer(0, 3)) {
        case 0:
            text += fmt::format(" {} {} melody over {}", many ? "play" : "plays", withArticle(mood()),
                                withArticle(head(0.4)));
            break;
        case 1:
            text += fmt::format(" {} {}", many ? "lead" : "leads", withArticle(head(0.9)));
            break;
        case 2:
            text += fmt::format(" in the foreground of {}", withArticle(head(0.9)));
            break;
        default:
            text = fmt::format("{} melody, {}", name, head(0.9));
            break;
        }
        if (chance(0.4)) text += ", " + (chance(0.5) ? "at " + bpm() + " bpm" : keyPhrase());
        return text;
    }

    std::string description() {
        const std::string what = pick({"This is ", "The music is ", "We hear ", "Listen to "});
        std::string text = what + withArticle(head(0.8));
        const Strings more = phrases(m_random.integer(2, 4));
        for (std::size_t n = 0; n < more.size(); ++n)
            text += (n == 0 ? " " : n + 1 == more.size() && more.size() > 2 ? " and " : ", ") + more[n];
        return text;
    }

    static std::string capital(std::string text) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        return text;
    }

    // People write with capitals and full stops, and without.
    Caption finished(std::string text, bool isSentence = true) {
        const double style = m_random.uniform();
        if (style < 0.3) {
            std::transform(text.begin(), text.end(), text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        } else if (style < 0.85 || isSentence) {
            text = capital(text);
            if (isSentence && style < 0.8) text += '.';
        }
        return {text, {m_says.begin(), m_says.end()}};
    }

    const composer::Attributes& m_attributes;
    const std::vector<plan::SectionSketch>& m_sections;
    const composer::Genre& m_genre;
    const composer::Mood& m_mood;
    base::Random& m_random;
    Strings m_lead, m_era;
    std::vector<Strings> m_others;
    bool m_alone = true;
    std::set<std::string> m_says;
};

void addNew(std::vector<Caption>& list, Caption caption) {
    const bool known = std::any_of(list.begin(), list.end(), [&](const Caption& c) { return c.text == caption.text; });
    if (!known) list.push_back(std::move(caption));
}

} // namespace

Captions captionsFor(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random) {
    Writer writer(vocabulary, sketch, random);
    Captions captions;
    for (int n = 0; n < 4; ++n)
        addNew(captions.longs, writer.sentence());
    for (int n = 0; n < 6; ++n)
        addNew(captions.shorts, writer.label());
    for (Caption& tag : writer.tags())
        addNew(captions.tags, std::move(tag));
    return captions;
}

Caption drawCaption(const Captions& captions, base::Random& random) {
    const double kind = random.uniform();
    if (kind < 0.6) return random.pick(captions.longs);
    if (kind < 0.78) return random.pick(captions.shorts);
    std::vector<Caption> tags = captions.tags;
    random.shuffle(tags);
    tags.resize(std::min<std::size_t>(tags.size(), static_cast<std::size_t>(random.integer(2, 7))));
    Caption result;
    std::set<std::string> says;
    for (const Caption& tag : tags) {
        result.text += (result.text.empty() ? "" : ", ") + tag.text;
        says.insert(tag.says.begin(), tag.says.end());
    }
    result.says.assign(says.begin(), says.end());
    return result;
}

std::string energyWord(double energy) {
    return energy < 0.42 ? "low" : energy > 0.72 ? "high" : "medium";
}

std::map<std::string, std::string> labels(const composer::Attributes& attributes) {
    return {{"genre", attributes.genre},
            {"lead", attributes.lead},
            {"mood", attributes.mood},
            {"era", attributes.era},
            {"tempo", attributes.tempo},
            {"bpm", std::to_string(attributes.bpm)},
            {"key", attributes.key},
            {"mode", attributes.minor ? "minor" : "major"},
            {"metre", std::to_string(attributes.beatsPerBar)},
            {"feel", attributes.feel},
            {"progression", attributes.progression},
            {"chorusProgression", attributes.chorusProgression},
            {"form", attributes.form},
            {"energy", energyWord(attributes.energy)},
            {"drums", attributes.drums ? "yes" : "no"}};
}

} // namespace n2m::corpus
