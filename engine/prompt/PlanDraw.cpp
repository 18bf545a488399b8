#include "engine/prompt/PlanDraw.h"

#include "engine/composer/Arranger.h"
#include "engine/prompt/StyleDraw.h"
#include "engine/prompt/Tempo.h"

#include <algorithm>
#include <cmath>

namespace n2m::prompt {

namespace {

class PlanDrawer {
public:
    PlanDrawer(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
               const plan::PlanWishes& wishes, double seconds, std::uint64_t seed, const Preferences& preferences)
        : m_vocabulary(vocabulary)
        , m_heard(heard)
        , m_prompt(prompt)
        , m_wishes(wishes)
        , m_seconds(seconds)
        , m_seed(seed)
        , m_preferences(preferences) {}

    Draft draw() {
        if (m_wishes.beatsPerBar) m_beats = m_wishes.beatsPerBar;
        if (!m_beats) m_beats = m_heard.beatsPerBar;
        m_draft.style = drawStyle(m_vocabulary, m_heard, m_prompt, m_seed, m_beats, m_preferences);
        m_genre = &m_vocabulary.genre(m_draft.style.genre);
        m_mood = &m_vocabulary.mood(m_draft.style.mood);
        drawMetre();
        drawTempo();
        drawKey();
        drawChords();
        drawForm();
        return std::move(m_draft);
    }

private:
    base::Random random(std::string_view attribute) const { return randomFor(m_seed, attribute, m_prompt); }
    plan::PlanSketch& sketch() { return m_draft.plan; }

    void drawMetre() {
        // Typed chords that share a bar need a bar that holds them, whatever the prompt says.
        std::size_t most = 0;
        for (const plan::Bar& bar : m_wishes.chords)
            most = std::max(most, bar.size());
        const auto roomy = [&](int beats) { return beats >= static_cast<int>(most); };
        composer::Weighted<int> metres;
        for (const auto& [beats, weight] : m_genre->metres)
            if (roomy(beats)) metres.emplace_back(beats, weight);
        sketch().beatsPerBar = metres.empty() ? std::max(4, static_cast<int>(most)) : random("metre").weighted(metres);
        if (m_beats && roomy(*m_beats)) sketch().beatsPerBar = *m_beats;
    }

    void drawTempo() {
        base::Random random = this->random("tempo");
        if (m_wishes.bpm || m_heard.bpm) {
            sketch().bpm = m_wishes.bpm ? *m_wishes.bpm : *m_heard.bpm;
            return;
        }
        const std::vector<std::string> said = m_heard.wanted("tempo"), hinted = m_heard.wanted("tempo", true);
        // Three beats that nobody asked for are counted like four.
        const bool counted = m_beats || m_genre->metres.size() == 1;
        const TempoRange range = tempoRange(*m_genre, counted ? sketch().beatsPerBar : 4, {said.begin(), said.end()},
                                            m_heard.unwanted("tempo"));
        double place = random.uniform();
        if (said.empty()) {
            place = m_mood->tempo + 0.17 * random.bell();
            if (!hinted.empty()) place = placeOf(hinted) + 0.12 * random.bell();
        }
        sketch().bpm = std::round(range.slowest + (range.fastest - range.slowest) * std::clamp(place, 0.0, 1.0));
    }

    // Where in the genre's own tempi the words that only suggest a tempo would be.
    static double placeOf(const std::vector<std::string>& words) {
        double sum = 0.0;
        for (const std::string& word : words)
            sum += word == "very slow"   ? 0.0
                   : word == "slow"      ? 0.15
                   : word == "mid-tempo" ? 0.5
                   : word == "fast"      ? 0.8
                                         : 1.0;
        return sum / static_cast<double>(words.size());
    }

    void drawKey() {
        std::optional<plan::Key> key = m_wishes.key;
        if (!key && !m_wishes.chords.empty()) key = plan::keyOf(m_wishes.chords);
        if (!key) key = m_heard.key;
        if (key) {
            sketch().key = *key;
            return;
        }
        double minor = m_mood->minor;
        // A mood that is said in so many words has its usual mode.
        if (!m_heard.wanted("mood").empty() && (minor < 0.2 || minor > 0.8)) minor = std::round(minor);
        sketch().key.minor = random("mode").chance(minor);
        const std::vector<std::string> hints = m_heard.wanted("mode", true);
        if (!hints.empty() && m_heard.wanted("mood").empty()) sketch().key.minor = hints.front() == "minor";
        const std::set<std::string> unwanted = m_heard.unwanted("mode");
        if (unwanted.size() == 1) sketch().key.minor = !unwanted.contains("minor");
        if (m_heard.minor) sketch().key.minor = *m_heard.minor;
        sketch().key.tonic = random("tonic").integer(0, 11);
    }

    void drawChords() {
        if (!m_wishes.chords.empty()) {
            sketch().progressions = {m_wishes.chords};
            sketch().goesOn = true; // the chords follow each other, whatever sections there are
            return;
        }
        const std::vector<std::string>& known = sketch().key.minor ? m_genre->minor : m_genre->major;
        const std::string& verse = random("progression").pick(known);
        base::Random second = random("chorus progression");
        const std::string& chorus = second.chance(0.35) ? second.pick(known) : verse;
        for (const std::string& degrees : {verse, chorus})
            sketch().progressions.push_back(plan::progressionInKey(sketch().key, degrees));
    }

    void drawForm() {
        const plan::Form& form = m_vocabulary.form(random("form").pick(m_genre->forms));
        const double barSeconds = 60.0 / sketch().bpm * sketch().beatsPerBar;
        const double bars = std::clamp(std::ceil(m_seconds / barSeconds - 0.25), 1.0, 1000.0);
        sketch().form = plan::layOut(form, static_cast<int>(bars));
        double shift = m_mood->energy;
        if (m_draft.style.texture == composer::Style::Texture::Dense) shift += 0.12;
        if (m_draft.style.texture == composer::Style::Texture::Sparse) shift -= 0.12;
        double ramp = m_mood->rise > 0.0 ? -0.08 : 0.0;
        for (plan::SectionSketch& section : sketch().form) {
            section.energy =
                static_cast<float>(std::clamp(static_cast<double>(section.energy) + shift + ramp, 0.1, 1.0));
            if (m_mood->rise > 0.0) ramp += 0.08;
            const bool second = section.name == "chorus" || section.name == "drop" || section.name == "bridge";
            section.progression = second && sketch().progressions.size() > 1 ? 1 : 0;
        }
    }

    const composer::Vocabulary& m_vocabulary;
    const Understanding& m_heard;
    std::string_view m_prompt;
    const plan::PlanWishes& m_wishes;
    double m_seconds;
    std::uint64_t m_seed;
    const Preferences& m_preferences;
    std::optional<int> m_beats;
    Draft m_draft;
    const composer::Genre* m_genre = nullptr;
    const composer::Mood* m_mood = nullptr;
};

} // namespace

std::uint64_t seedFor(std::uint64_t seed, std::string_view attribute, std::string_view prompt) {
    std::uint64_t hash = base::derivedSeed(seed, 0);
    const auto mix = [&](std::string_view text) {
        for (const char c : text)
            hash = base::derivedSeed(hash ^ static_cast<unsigned char>(c), 0);
        hash = base::derivedSeed(hash, text.size());
    };
    for (const Word& word : wordsOf(prompt))
        mix(word.text);
    mix(attribute);
    return hash;
}

base::Random randomFor(std::uint64_t seed, std::string_view attribute, std::string_view prompt) {
    return base::Random(seedFor(seed, attribute, prompt));
}

Draft drawPlan(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
               const plan::PlanWishes& wishes, double seconds, std::uint64_t seed, const Preferences& preferences) {
    return PlanDrawer(vocabulary, heard, prompt, wishes, seconds, seed, preferences).draw();
}

plan::Plan writePlan(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
                     const plan::PlanWishes& wishes, double seconds, std::uint64_t seed,
                     const Preferences& preferences) {
    const Draft draft = drawPlan(vocabulary, heard, prompt, wishes, seconds, seed, preferences);
    return composer::arranged(vocabulary, plan::buildPlan(draft.plan, seconds), draft.style,
                              seedFor(seed, "score", prompt));
}

} // namespace n2m::prompt
