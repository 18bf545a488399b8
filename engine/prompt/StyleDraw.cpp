#include "engine/prompt/StyleDraw.h"

#include "engine/composer/PartRules.h"
#include "engine/prompt/Tempo.h"

#include <algorithm>
#include <cmath>

namespace n2m::prompt {

namespace {

using composer::Genre;
using composer::Weighted;
using Names = std::vector<std::string>;

constexpr double hintWeight = 1000.0; // of a value that a word suggests, against the others

bool contains(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The weight of a name in a list, as a share of the greatest.
double shareOf(const Weighted<std::string>& list, const std::string& name) {
    double most = 0.0, own = 0.0;
    for (const auto& [each, weight] : list) {
        most = std::max(most, weight);
        if (each == name) own = weight;
    }
    return most > 0.0 ? own / most : 0.0;
}

double bestShare(const Weighted<std::string>& list, const Names& names) {
    double best = 0.0;
    for (const std::string& name : names)
        best = std::max(best, shareOf(list, name));
    return best;
}

class StyleDrawer {
public:
    StyleDrawer(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
                std::uint64_t seed, const std::optional<int>& beats, const Preferences& preferences)
        : m_vocabulary(vocabulary)
        , m_heard(heard)
        , m_prompt(prompt)
        , m_seed(seed)
        , m_beats(beats)
        , m_preferences(preferences) {
        for (const Understanding::Wanted& wanted : heard.instruments)
            if (wanted.lead) m_lead = wanted.oneOf;
        for (const Finding& finding : heard.findings)
            m_orchestra = m_orchestra || (finding.attribute == "players" && !finding.excluded &&
                                          finding.values.front() == "orchestra");
    }

    composer::Style draw() {
        m_style.excluded = m_heard.excludedInstruments;
        drawGenre();
        drawLead();
        drawMood();
        drawEra();
        drawFeel();
        drawPlayers();
        return std::move(m_style);
    }

private:
    base::Random random(std::string_view attribute) const { return randomFor(m_seed, attribute, m_prompt); }

    // How many words suggest a value: "a beach in Jamaica" suggests reggae twice.
    int hintsFor(std::string_view attribute, const std::string& value) const {
        return static_cast<int>(
            std::count_if(m_heard.findings.begin(), m_heard.findings.end(), [&](const Finding& finding) {
                return finding.attribute == attribute && finding.hint && !finding.excluded &&
                       contains(finding.values, value);
            }));
    }

    double preference(const std::string& attribute, const std::string& value) const {
        const auto known = m_preferences.find(attribute);
        if (known == m_preferences.end()) return 1.0;
        const auto weight = known->second.find(value);
        return weight == known->second.end() ? 1.0 : weight->second;
    }

    // The genre that the prompt names. Of adjacent ones the last is the noun ("folk rock"); a waltz and a ballad say
    // how another genre is played.
    Names namedGenres() const {
        const Finding* main = nullptr;
        for (const Finding& finding : m_heard.findings) {
            if (finding.attribute != "genre" || finding.excluded || finding.hint) continue;
            if (!main) {
                main = &finding;
                continue;
            }
            const auto yields = [](const Finding& f) {
                return f.values.front() == "waltz" || f.values.front() == "ballad";
            };
            const bool adjacent =
                finding.begin >= main->end && finding.begin - main->end <= 1 && finding.begin != main->begin;
            if ((adjacent && !yields(finding)) || (yields(*main) && !yields(finding))) main = &finding;
        }
        return main ? main->values : Names{};
    }

    double fit(const Genre& genre) const {
        double weight = 1.0;
        const Names moods = m_heard.wanted("mood"), hintedMoods = m_heard.wanted("mood", true);
        if (!m_lead.empty()) weight *= bestShare(genre.leads, m_lead) + 0.02;
        if (!moods.empty()) weight *= bestShare(genre.moods, moods) + 0.05;
        if (!hintedMoods.empty()) weight *= std::sqrt(bestShare(genre.moods, hintedMoods) + 0.05);
        Names tempi = m_heard.wanted("tempo");
        weight *= tempoFit(genre, m_beats.value_or(4), {tempi.begin(), tempi.end()});
        if (tempi.empty()) {
            tempi = m_heard.wanted("tempo", true);
            weight *= std::sqrt(tempoFit(genre, m_beats.value_or(4), {tempi.begin(), tempi.end()}));
        }
        if (m_heard.bpm) {
            const double beyond = std::max({0.0, genre.slowest - *m_heard.bpm, *m_heard.bpm - genre.fastest});
            weight *= std::exp(-beyond / 8.0);
        }
        if (m_beats && *m_beats != 4) weight *= metreShare(genre) + 0.01;
        if (const Names eras = m_heard.wanted("era"); !eras.empty()) weight *= bestShare(genre.eras, eras) + 0.15;
        if (m_heard.drums == true && genre.drums.empty()) weight *= 0.1;
        if (m_heard.drums == false && !genre.drums.empty()) weight *= 0.4 * (1.0 - 0.6 * genre.drumChance);
        if (m_heard.solo && genre.pump > 0.0) weight *= 0.1; // music for dancing has a beat
        for (const Understanding::Wanted& wanted : m_heard.instruments)
            if (!wanted.lead && playsAny(genre, wanted.oneOf)) weight *= 2.0;
        if (isSparse()) weight *= std::exp(-6.0 * genre.melody.density);
        if (isDense()) weight *= std::exp(6.0 * (genre.melody.density - 1.0));
        return weight;
    }

    bool isDense() const { return contains(m_heard.wanted("texture"), "dense"); }
    bool isSparse() const {
        return !isDense() &&
               (contains(m_heard.wanted("texture"), "sparse") || m_heard.unwanted("texture").contains("dense"));
    }

    double metreShare(const Genre& genre) const {
        double all = 0.0, own = 0.0;
        const int beats = *m_beats == 6 ? 3 : *m_beats;
        for (const auto& [each, weight] : genre.metres) {
            all += weight;
            if (each == beats) own += weight;
        }
        return own / all;
    }

    bool playsAny(const Genre& genre, const Names& names) const {
        return std::any_of(genre.parts.begin(), genre.parts.end(), [&](const composer::PartChoice& part) {
            return std::any_of(part.instruments.begin(), part.instruments.end(), [&](const std::string& name) {
                return std::any_of(names.begin(), names.end(),
                                   [&](const auto& wanted) { return isCalled(m_vocabulary, name, wanted); });
            });
        });
    }

    void drawGenre() {
        const Names named = namedGenres();
        const std::set<std::string> unwanted = m_heard.unwanted("genre");
        Weighted<std::string> genres;
        for (const Genre& genre : m_vocabulary.genres()) {
            if (unwanted.contains(genre.name) || (!named.empty() && !contains(named, genre.name))) continue;
            double weight = fit(genre);
            weight *= std::pow(hintWeight, hintsFor("genre", genre.name));
            genres.emplace_back(genre.name, weight * preference("genre", genre.name));
        }
        if (genres.empty()) // everything is unwanted, or the named genre is
            for (const Genre& genre : m_vocabulary.genres())
                genres.emplace_back(genre.name, fit(genre));
        m_style.genre = random("genre").weighted(genres);
        m_genre = &m_vocabulary.genre(m_style.genre);
    }

    // One of several instruments that a word may mean, as suits the genre.
    std::string chosen(const Names& oneOf, base::Random random) const {
        Weighted<std::string> weighted;
        for (const std::string& name : oneOf)
            weighted.emplace_back(name,
                                  shareOf(m_genre->leads, name) + (playsAny(*m_genre, {name}) ? 0.5 : 0.0) + 0.002);
        return random.weighted(weighted);
    }

    void drawLead() {
        base::Random random = this->random("lead");
        if (!m_lead.empty()) {
            m_style.lead = chosen(m_lead, random);
            return;
        }
        if (m_heard.solo && m_heard.bass == true) {
            m_style.lead = chosen({"electric bass", "double bass"}, random);
            return;
        }
        Weighted<std::string> leads;
        for (const std::string& name : m_vocabulary.leads()) {
            if (m_style.excluded.contains(name) || accompanies(name) || (m_orchestra && !isOrchestral(name))) continue;
            double weight = 0.0;
            for (const auto& [own, share] : m_genre->leads)
                if (own == name) weight = share;
            if (const int hints = hintsFor("instrument", name); hints > 0)
                weight = std::pow(hintWeight, hints) * std::max(weight, 0.6);
            if (weight > 0.0) leads.emplace_back(name, weight * preference("lead", name));
        }
        if (leads.empty()) // all of the genre's own are excluded
            for (const std::string& name : m_vocabulary.leads())
                if (!m_style.excluded.contains(name)) leads.emplace_back(name, 1.0);
        if (leads.empty()) { // every instrument is: there is no melody
            leads.emplace_back(m_vocabulary.leads().front(), 1.0);
            m_style.melody = false;
        }
        m_style.lead = random.weighted(leads);
    }

    // Whether the prompt gives an instrument another part.
    bool accompanies(const std::string& name) const {
        return std::any_of(m_heard.instruments.begin(), m_heard.instruments.end(),
                           [&](const auto& wanted) { return contains(wanted.oneOf, name); });
    }

    static bool isOrchestral(const std::string& name) {
        static const Names orchestra{"strings",  "violin", "cello",    "french horn", "brass section", "trumpet",
                                     "trombone", "flute",  "clarinet", "oboe",        "harp"};
        return contains(orchestra, name);
    }

    void drawMood() {
        const Names said = m_heard.wanted("mood");
        const std::set<std::string> unwanted = m_heard.unwanted("mood");
        Names tempi = m_heard.wanted("tempo");
        if (tempi.empty()) tempi = m_heard.wanted("tempo", true);
        Weighted<std::string> moods;
        for (const composer::Mood& mood : m_vocabulary.moods()) {
            if (unwanted.contains(mood.name) || (!said.empty() && !contains(said, mood.name))) continue;
            double weight = shareOf(m_genre->moods, mood.name);
            if (!said.empty()) weight += 0.3;
            if (!said.empty() && mood.name == said.front()) weight *= 8.0;
            if (const int hints = hintsFor("mood", mood.name); hints > 0)
                weight = std::pow(hintWeight, hints) * std::max(weight, 0.7);
            if (said.empty()) weight *= suits(mood, tempi) * preference("mood", mood.name);
            moods.emplace_back(mood.name, weight + 1e-6);
        }
        if (moods.empty()) moods.emplace_back("calm", 1.0);
        m_style.mood = random("mood").weighted(moods);
    }

    // A fast piece is seldom calm, a slow one seldom energetic; a mode that is said suits moods, too.
    double suits(const composer::Mood& mood, const Names& tempi) const {
        double weight = 1.0;
        const auto has = [&](const char* word) { return contains(tempi, word); };
        if (has("slow") || has("very slow")) weight *= std::max(0.05, 1.0 - 1.2 * mood.tempo);
        if (has("fast") || has("very fast")) weight *= std::max(0.05, 1.2 * mood.tempo - 0.2);
        const std::optional<bool> minor = m_heard.key ? std::optional(m_heard.key->minor) : m_heard.minor;
        if (minor) weight *= std::max(0.05, *minor ? mood.minor : 1.0 - mood.minor);
        return weight;
    }

    void drawEra() {
        const Names said = m_heard.wanted("era"), hinted = m_heard.wanted("era", true);
        const std::set<std::string> unwanted = m_heard.unwanted("era");
        base::Random random = this->random("era");
        if (!said.empty()) {
            m_style.era = said.front();
            return;
        }
        Weighted<std::string> eras;
        for (const auto& [era, weight] : m_genre->eras)
            if (!unwanted.contains(era) && (hinted.empty() || contains(hinted, era))) eras.emplace_back(era, weight);
        if (eras.empty() && !hinted.empty()) eras.emplace_back(hinted.front(), 1.0);
        m_style.era = eras.empty() ? "" : random.weighted(eras);
    }

    void drawFeel() {
        if (const Names said = m_heard.wanted("feel"); !said.empty()) m_style.feel = said.front();
        for (const std::string& feel : m_heard.wanted("feel", true))
            if (m_style.feel.empty() && shareOf(m_genre->feels, feel) > 0.0) m_style.feel = feel;
    }

    void drawPlayers() {
        m_style.only = m_heard.only;
        m_style.drums = m_heard.drums;
        m_style.bass = m_heard.bass;
        m_style.melody = m_style.melody && m_heard.melody;
        m_style.accompaniment = m_heard.accompaniment;
        if (!m_style.drums && contains(m_heard.wanted("role", true), "drums") && !m_genre->drums.empty())
            m_style.drums = true;
        // A band has more than one player.
        for (const Finding& finding : m_heard.findings)
            if (finding.attribute == "players" && !finding.excluded && finding.values.front() == "band" &&
                !m_heard.only && !m_style.bass)
                m_style.bass = true;
        // A solo on the drums has no melody.
        if (m_heard.only && m_heard.instruments.empty() && m_heard.drums == true) m_style.melody = false;
        if (m_heard.solo && m_heard.bass == true) m_style.bass.reset();
        for (const Understanding::Wanted& wanted : m_heard.instruments)
            m_style.required.push_back(wanted.lead ? m_style.lead : chosen(wanted.oneOf, random(wanted.oneOf.front())));
        if (m_orchestra && !m_heard.only && !m_style.excluded.contains("strings"))
            m_style.required.push_back("strings");
        if (isSparse()) m_style.texture = composer::Style::Texture::Sparse;
        if (isDense()) m_style.texture = composer::Style::Texture::Dense;
    }

    const composer::Vocabulary& m_vocabulary;
    const Understanding& m_heard;
    std::string_view m_prompt;
    std::uint64_t m_seed;
    const std::optional<int>& m_beats;
    const Preferences& m_preferences;
    Names m_lead; ///< that the prompt names
    bool m_orchestra = false;
    composer::Style m_style;
    const Genre* m_genre = nullptr;
};

} // namespace

composer::Style drawStyle(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
                          std::uint64_t seed, const std::optional<int>& beatsPerBar, const Preferences& preferences) {
    return StyleDrawer(vocabulary, heard, prompt, seed, beatsPerBar, preferences).draw();
}

} // namespace n2m::prompt
