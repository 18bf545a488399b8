#include "engine/corpus/Captions.h"

#include "engine/corpus/CaptionWords.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace n2m::corpus {

namespace {

// Puts the words together: sentences, labels and tags.
class CaptionWriter : private CaptionWords {
public:
    using CaptionWords::CaptionWords;

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
            text = request();
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
        // An era that is named by several words follows the noun.
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

    /// Up to `count` phrases that follow the head.
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

    std::string request() {
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
        const std::string opening = pick({"This is ", "The music is ", "We hear ", "Listen to "});
        std::string text = opening + withArticle(head(0.8));
        const Strings more = phrases(m_random.integer(2, 4));
        for (std::size_t n = 0; n < more.size(); ++n)
            text += (n == 0 ? " " : n + 1 == more.size() && more.size() > 2 ? " and " : ", ") + more[n];
        return text;
    }

    static std::string capital(std::string text) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        return text;
    }

    // With or without capitals and full stops, as people write.
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
};

void addNew(std::vector<Caption>& list, Caption caption) {
    const bool known = std::any_of(list.begin(), list.end(), [&](const Caption& c) { return c.text == caption.text; });
    if (!known) list.push_back(std::move(caption));
}

} // namespace

Captions captionsFor(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random) {
    CaptionWriter writer(vocabulary, sketch, random);
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
