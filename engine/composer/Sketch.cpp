#include "engine/composer/Sketch.h"

#include "engine/base/Random.h"
#include "engine/composer/PartRules.h"
#include "engine/plan/Harmony.h"

#include <algorithm>
#include <cmath>

namespace n2m::composer {

namespace {

double clamped(double value) {
    return std::clamp(value, 0.0, 1.0);
}

bool contains(const Weighted<std::string>& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.first == name; });
}

// The form as sections: the second progression in choruses, drops and bridges.
std::vector<plan::SectionSketch> sectionsOf(const plan::Form& form, int bars, double energyShift) {
    std::vector<plan::SectionSketch> sections = plan::layOut(form, bars);
    for (plan::SectionSketch& section : sections) {
        section.energy = std::max(static_cast<float>(clamped(section.energy + energyShift)), 0.1f);
        const bool second = section.name == "chorus" || section.name == "drop" || section.name == "bridge";
        section.progression = second ? 1 : 0;
    }
    return sections;
}

bool fits(int beats, bool triplet, const Attributes& attributes) {
    return beats == attributes.beatsPerBar && triplet == (attributes.feel == "triplet");
}

class SketchDrawer {
public:
    SketchDrawer(const Vocabulary& vocabulary, std::uint64_t seed, double seconds, const FixedChoices& fixed)
        : m_vocabulary(vocabulary)
        , m_seconds(seconds)
        , m_fixed(fixed)
        , m_random(seed) {
        m_sketch.seed = seed;
    }

    Sketch draw() {
        drawCharacter();
        drawPlan();
        drawParts();
        drawSound();
        describe();
        return std::move(m_sketch);
    }

private:
    Attributes& attributes() { return m_sketch.attributes; }
    const Style& fixedStyle() const { return m_fixed.style; }
    const Genre& genre() const { return *m_genre; }

    void drawCharacter() {
        base::Random random = m_random.stream("character");
        m_genre =
            fixedStyle().genre.empty() ? &random.pick(m_vocabulary.genres()) : &m_vocabulary.genre(fixedStyle().genre);
        attributes().genre = genre().name;
        drawLead();
        // Mostly the genre's own moods, sometimes any: words must combine.
        attributes().mood =
            random.chance(0.75) ? random.weighted(genre().moods) : random.pick(m_vocabulary.moods()).name;
        if (!fixedStyle().mood.empty()) attributes().mood = fixedStyle().mood;
        m_mood = &m_vocabulary.mood(attributes().mood);
        attributes().era = random.weighted(genre().eras);
        attributes().beatsPerBar = random.weighted(genre().metres);
        attributes().feel = random.weighted(genre().feels);
        if (fixedStyle().era) attributes().era = *fixedStyle().era;
        if (!fixedStyle().feel.empty()) attributes().feel = fixedStyle().feel;
        if (m_fixed.plan) attributes().beatsPerBar = m_fixed.plan->beatsPerBar;
        const int beats = attributes().beatsPerBar;
        if ((beats == 3 && attributes().feel == "triplet") || beats == 6) attributes().feel = "straight";
        const bool swings = attributes().feel == "swing8" || attributes().feel == "swing16";
        m_sketch.swing = swings ? random.between(genre().swingLow, genre().swingHigh) : 0.5;
    }

    void drawLead() {
        base::Random random = m_random.stream("lead");
        const bool heldOut = isHeldOut(m_sketch.seed);
        std::vector<std::string> reserved, free;
        for (const std::string& lead : m_vocabulary.leads()) {
            if (contains(genre().leads, lead)) continue;
            (isReserved(m_vocabulary, genre().name, lead) ? reserved : free).push_back(lead);
        }
        const double kind = random.uniform();
        // Held-out clips ask for the reserved combinations often enough to score them.
        if (heldOut && kind < 0.2 && !reserved.empty()) {
            attributes().lead = random.pick(reserved);
        } else {
            attributes().lead = kind > 0.7 ? random.pick(free) : random.weighted(genre().leads);
        }
        if (!fixedStyle().lead.empty()) attributes().lead = fixedStyle().lead;
        attributes().unusualLead = !contains(genre().leads, attributes().lead);
        attributes().reserved = isReserved(m_vocabulary, genre().name, attributes().lead);
        m_sketch.leadProgram = random.pick(m_vocabulary.instrument(attributes().lead).programs);
        m_taken.push_back(attributes().lead);
    }

    void takePlan(const plan::Plan& plan) {
        attributes().bpm = static_cast<int>(std::lround(plan.bpm));
        attributes().tempo = tempoWord(plan.bpm);
        attributes().minor = plan.key.minor;
        attributes().key = plan::toString(plan.key);
        m_sketch.plan.bpm = plan.bpm;
        m_sketch.plan.beatsPerBar = plan.beatsPerBar;
        m_sketch.plan.key = plan.key;
        const double barSeconds = 60.0 / plan.bpm * plan.beatsPerBar;
        for (const plan::Section& section : plan.sections) {
            const int bars = std::max(1, static_cast<int>(std::lround((section.end - section.start) / barSeconds)));
            m_sketch.plan.form.push_back({section.name, bars, section.energy, 0});
        }
    }

    void drawPlan() {
        if (m_fixed.plan) {
            takePlan(*m_fixed.plan);
            return;
        }
        base::Random random = m_random.stream("plan");
        const double place = clamped(m_mood->tempo + 0.17 * random.bell());
        const int bpm = static_cast<int>(std::lround(genre().slowest + (genre().fastest - genre().slowest) * place));
        attributes().bpm = bpm;
        attributes().tempo = tempoWord(bpm);
        attributes().minor = random.chance(m_mood->minor);
        m_sketch.plan.bpm = bpm;
        m_sketch.plan.beatsPerBar = attributes().beatsPerBar;
        m_sketch.plan.key = {random.integer(0, 11), attributes().minor};
        attributes().key = plan::toString(m_sketch.plan.key);
        const std::vector<std::string>& progressions = attributes().minor ? genre().minor : genre().major;
        attributes().progression = random.pick(progressions);
        attributes().chorusProgression = random.chance(0.35) ? random.pick(progressions) : attributes().progression;
        m_sketch.plan.progressions = {plan::progressionInKey(m_sketch.plan.key, attributes().progression),
                                      plan::progressionInKey(m_sketch.plan.key, attributes().chorusProgression)};
        attributes().form = random.pick(genre().forms);
        const double barSeconds = 60.0 / bpm * attributes().beatsPerBar;
        const int bars = std::max(1, static_cast<int>(std::ceil(m_seconds / barSeconds - 0.01)));
        m_sketch.plan.form = sectionsOf(m_vocabulary.form(attributes().form), bars, m_mood->energy);
        if (m_mood->rise > 0.0) rampUp();
    }

    void rampUp() {
        float shift = -0.08f;
        for (plan::SectionSketch& section : m_sketch.plan.form) {
            section.energy = std::clamp(section.energy + shift, 0.1f, 1.0f);
            shift += 0.08f;
        }
    }

    // The styles of a list that fit the metre and the feel; all of them if none does.
    template <typename Find> std::vector<std::string> fitting(const std::vector<std::string>& styles, Find find) const {
        std::vector<std::string> result;
        for (const std::string& style : styles) {
            const auto& pattern = find(style);
            if (fits(pattern.beats, pattern.triplet, m_sketch.attributes)) result.push_back(style);
        }
        return result;
    }

    void drawParts() {
        base::Random random = m_random.stream("parts");
        const bool solo = genre().soloNames.contains(attributes().lead) && random.chance(0.75);
        for (const PartChoice& choice : genre().parts) {
            const bool plays = choice.always || random.chance(std::max(choice.chance, m_mood->layers));
            const bool asked = anyOf(choice.instruments, [this](const auto& name) { return isRequired(name); });
            const bool wished = asked || anyOf(choice.instruments, [this](const auto& name) { return isWished(name); });
            if (!wished && (!(plays || isWanted(choice)) || (solo && choice.unlessSolo))) continue;
            if (!isAllowed(choice, asked)) continue;
            PartSketch part;
            part.bass = choice.bass;
            part.instrument = instrumentFor(choice, random);
            m_taken.push_back(m_vocabulary.instrument(part.instrument).shows);
            part.program = random.pick(m_vocabulary.instrument(part.instrument).programs);
            const auto styles = choice.bass
                                    ? fitting(choice.styles, [this](const auto& s) { return m_vocabulary.bass(s); })
                                    : fitting(choice.styles, [this](const auto& s) { return m_vocabulary.comping(s); });
            part.style = styles.empty() ? fallback(choice, part.instrument) : random.pick(styles);
            base::Random loud = m_random.stream("loud " + part.instrument);
            part.loudStyle = !styles.empty() && loud.chance(0.45) ? loud.pick(styles) : part.style;
            if (fixedStyle().texture != Style::Texture::Usual && !styles.empty())
                part.style = part.loudStyle = patternFor(fixedStyle().texture, styles, [&](const std::string& style) {
                    return choice.bass ? m_vocabulary.bass(style).steps : m_vocabulary.comping(style).steps;
                });
            part.from = asked || isWanted(choice) ? 0.0 : choice.from;
            part.until = asked ? 1.01 : choice.until;
            part.gain = choice.gain;
            part.low = choice.low;
            part.high = choice.high;
            part.voices = choice.voices;
            m_sketch.parts.push_back(part);
        }
        addRequiredParts();
    }

    template <typename Test> static bool anyOf(const std::vector<std::string>& names, Test test) {
        return std::any_of(names.begin(), names.end(), test);
    }

    // Whether somebody asks for a part beyond the genre's own chance.
    bool isWanted(const PartChoice& choice) const {
        if (choice.bass) return fixedStyle().bass == true;
        return fixedStyle().texture == Style::Texture::Dense;
    }

    bool isAllowed(const PartChoice& choice, bool asked) const {
        if (!anyOf(choice.instruments, [this](const auto& name) { return !fixedStyle().excluded.contains(name); }))
            return false;
        if (choice.bass && fixedStyle().bass == false) return false;
        if (asked) return true;
        if (choice.bass && fixedStyle().bass == true) return true;
        if (fixedStyle().only || (!choice.bass && !fixedStyle().accompaniment)) return false;
        return fixedStyle().texture != Style::Texture::Sparse || choice.always;
    }

    bool isRequired(const std::string& instrument) const {
        return !fixedStyle().excluded.contains(instrument) &&
               !isCalled(m_vocabulary, instrument, m_sketch.attributes.lead) &&
               anyOf(fixedStyle().required, [&](const auto& name) { return isCalled(m_vocabulary, instrument, name); });
    }

    // Parts for those instruments that the user asks for and the genre lacks.
    void addRequiredParts() {
        base::Random random = m_random.stream("required parts");
        const Grid grid{attributes().beatsPerBar, attributesAre("triplet")};
        const auto add = [&](const std::string& name, int program) {
            const PartSketch part = partFor(m_vocabulary.instrument(name), program, grid);
            const auto other = std::find_if(m_sketch.parts.begin(), m_sketch.parts.end(),
                                            [&](const PartSketch& each) { return each.bass && part.bass; });
            if (other == m_sketch.parts.end()) {
                m_sketch.parts.push_back(part);
            } else { // one bass is enough
                other->instrument = part.instrument;
                other->program = part.program;
            }
        };
        const std::string& lead = attributes().lead;
        for (const std::string& name : fixedStyle().required) {
            const bool plays = std::any_of(m_sketch.parts.begin(), m_sketch.parts.end(), [&](const PartSketch& part) {
                return isCalled(m_vocabulary, part.instrument, name);
            });
            if (plays || name == lead || fixedStyle().excluded.contains(name)) continue;
            add(name, random.pick(m_vocabulary.instrument(name).programs));
        }
        const bool bass =
            std::any_of(m_sketch.parts.begin(), m_sketch.parts.end(), [](const PartSketch& part) { return part.bass; });
        if (fixedStyle().bass == true && !bass && !isBass(m_vocabulary.instrument(lead))) {
            for (const char* name : {"electric bass", "double bass", "synth bass"}) {
                if (fixedStyle().excluded.contains(name)) continue;
                add(name, random.pick(m_vocabulary.instrument(name).programs));
                break;
            }
        }
        if (fixedStyle().only && fixedStyle().melody && fixedStyle().accompaniment && m_sketch.parts.empty() &&
            fixedStyle().drums != true && accompaniesItself(m_vocabulary.instrument(lead)))
            add(lead, m_sketch.leadProgram); // the left hand
    }

    bool isWished(const std::string& instrument) const {
        const auto& names = m_fixed.style.instruments;
        return std::find(names.begin(), names.end(), instrument) != names.end();
    }

    // Avoids the lead and the instruments that play already, if there is another.
    std::string instrumentFor(const PartChoice& choice, base::Random& random) const {
        std::vector<std::string> allowed, others, asked, required;
        for (const std::string& name : choice.instruments) {
            if (fixedStyle().excluded.contains(name)) continue;
            allowed.push_back(name);
            if (isRequired(name)) required.push_back(name);
            const std::string& shows = m_vocabulary.instrument(name).shows;
            if (std::find(m_taken.begin(), m_taken.end(), shows) != m_taken.end()) continue;
            others.push_back(name);
            if (isWished(name)) asked.push_back(name);
        }
        if (!required.empty()) return random.pick(required);
        if (!asked.empty()) return random.pick(asked);
        return random.pick(others.empty() ? allowed : others);
    }

    std::string fallback(const PartChoice& choice, const std::string& instrument) const {
        const Grid grid{m_sketch.attributes.beatsPerBar, attributesAre("triplet")};
        if (choice.bass) return bassPattern(grid);
        if (grid.beats == 6 || grid.beats == 2) return chordPattern(m_vocabulary.instrument(instrument), grid);
        return grid.beats == 3 ? "waltz block" : grid.triplet ? "twelve arpeggio" : "halves";
    }
    bool attributesAre(const char* feel) const { return m_sketch.attributes.feel == feel; }

    void drawSound() {
        base::Random random = m_random.stream("sound");
        auto patterns = fitting(genre().drums, [this](const auto& s) { return m_vocabulary.drums(s); });
        const bool wanted = fixedStyle().drums == true;
        const bool lacking = patterns.empty() && (wanted || (!genre().drums.empty() && attributes().beatsPerBar == 6));
        if (const std::string any = drumPattern({attributes().beatsPerBar, attributesAre("triplet")});
            lacking && !any.empty())
            patterns.push_back(any);
        const double drums = fixedStyle().drums ? (*fixedStyle().drums ? 1.0 : 0.0) : genre().drumChance;
        if (!patterns.empty() && random.chance(drums)) m_sketch.drums = random.pick(patterns);
        base::Random loud = m_random.stream("loud drums");
        m_sketch.loudDrums = !m_sketch.drums.empty() && loud.chance(0.4) ? loud.pick(patterns) : m_sketch.drums;
        if (fixedStyle().texture != Style::Texture::Usual && !m_sketch.drums.empty())
            m_sketch.drums = m_sketch.loudDrums =
                patternFor(fixedStyle().texture, patterns, [this](const std::string& style) {
                    std::string strokes;
                    for (const auto& [lane, steps] : m_vocabulary.drums(style).lanes)
                        strokes += steps;
                    return strokes;
                });
        m_sketch.harmonised = loud.chance(genre().harmonised);
        m_sketch.kit = genre().kits.empty() ? 0 : random.pick(genre().kits);
        m_sketch.drumsFrom = wanted && genre().drums.empty() ? 0.0 : genre().drumsFrom;
        m_sketch.melody = fixedStyle().melody;
        if (fixedStyle().texture == Style::Texture::Sparse) m_sketch.melodyDensity = -0.4;
        if (fixedStyle().texture == Style::Texture::Dense) m_sketch.melodyDensity = 0.4;
        if (fixedStyle().only || fixedStyle().texture == Style::Texture::Sparse) m_sketch.harmonised = false;
        m_sketch.drumGain = genre().drumGain;
        m_sketch.pump = genre().pump;
        Finish finish = genre().finish;
        finish.room = clamped(finish.room + 0.3 * m_mood->room + 0.06 * random.bell());
        if (!attributes().era.empty()) {
            const Era& era = m_vocabulary.era(attributes().era);
            if (!era.kits.empty()) m_sketch.kit = random.pick(era.kits);
            if (era.finish.lowCut > 0.0) finish.lowCut = era.finish.lowCut;
            if (era.finish.highCut > 0.0) finish.highCut = era.finish.highCut;
            finish.crackle = std::max(finish.crackle, era.finish.crackle);
            finish.hiss = std::max(finish.hiss, era.finish.hiss);
            finish.drive = std::max(finish.drive, era.finish.drive);
            finish.room = clamped(finish.room + era.finish.room);
        }
        m_sketch.finish = finish;
    }

    // Every stated fact must be audible: parts and drums count only if some section is loud enough for them.
    void describe() {
        double bars = 0.0, energy = 0.0;
        for (const auto& section : m_sketch.plan.form) {
            bars += section.bars;
            energy += section.bars * static_cast<double>(section.energy);
        }
        attributes().energy = energy / bars;
        const auto heard = [this](double from, double until) {
            return std::any_of(m_sketch.plan.form.begin(), m_sketch.plan.form.end(), [&](const auto& section) {
                const double level = static_cast<double>(section.energy);
                return level >= from && level < until;
            });
        };
        std::erase_if(m_sketch.parts, [&](const PartSketch& part) { return !heard(part.from, part.until); });
        if (fixedStyle().drums == true && !heard(m_sketch.drumsFrom, 2.0)) m_sketch.drumsFrom = 0.0;
        if ((m_sketch.parts.empty() && fixedStyle().drums != true) || !heard(m_sketch.drumsFrom, 2.0))
            m_sketch.drums.clear();
        m_sketch.alone = m_sketch.parts.empty() && m_sketch.drums.empty();
        attributes().drums = !m_sketch.drums.empty();
        for (const PartSketch& part : m_sketch.parts)
            attributes().instruments.push_back(part.instrument);
    }

    const Vocabulary& m_vocabulary;
    double m_seconds;
    const FixedChoices& m_fixed;
    base::Random m_random;
    Sketch m_sketch;
    const Genre* m_genre = nullptr;
    const Mood* m_mood = nullptr;
    std::vector<std::string> m_taken; ///< lead instruments that the parts so far sound like
};

} // namespace

std::string tempoWord(double bpm) {
    if (bpm < 66.0) return "very slow";
    if (bpm < 90.0) return "slow";
    if (bpm < 116.0) return "mid-tempo";
    if (bpm < 148.0) return "fast";
    return "very fast";
}

bool isHeldOut(std::uint64_t seed) {
    return seed % 10 == 0;
}

bool isReserved(const Vocabulary& vocabulary, const std::string& genre, const std::string& lead) {
    if (contains(vocabulary.genre(genre).leads, lead)) return false;
    return base::Random(2302).stream(genre + "/" + lead).chance(0.12);
}

Sketch drawSketch(const Vocabulary& vocabulary, std::uint64_t seed, double seconds) {
    return drawSketch(vocabulary, seed, seconds, {});
}

Sketch drawSketch(const Vocabulary& vocabulary, std::uint64_t seed, double seconds, const FixedChoices& fixed) {
    return SketchDrawer(vocabulary, seed, seconds, fixed).draw();
}

} // namespace n2m::composer
