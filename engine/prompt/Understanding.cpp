#include "engine/prompt/Understanding.h"

#include "engine/plan/Harmony.h"
#include "engine/prompt/Reader.h"

#include <algorithm>
#include <stdexcept>

namespace n2m::prompt {

namespace {

const std::set<std::string> guitars{"acoustic guitar",   "electric guitar", "distorted guitar", "nylon guitar",
                                    "steel guitar",      "jazz guitar",     "clean guitar",     "funk guitar",
                                    "overdriven guitar", "heavy guitar"};
const std::set<std::string> pianos{"piano", "bright piano", "upright piano"};
const std::set<std::string> electricPianos{"electric piano", "tine piano", "fm piano"};
const std::set<std::string> organs{"organ", "drawbar organ", "rock organ", "church organ"};
const std::set<std::string> bowed{"strings",           "violin",        "viola",        "cello",
                                  "low cello",         "second violin", "bowed bass",   "tremolo strings",
                                  "pizzicato strings", "fast strings",  "slow strings", "synth strings"};
const std::set<std::string> brasses{"trumpet", "trombone",  "french horn", "brass section",
                                    "tuba",    "low brass", "horns",       "synth brass"};
const std::set<std::string> synths{"synth lead",   "square lead", "synth bass", "sub bass",     "warm pad",
                                   "airy pad",     "glass pad",   "polysynth",  "synth brass",  "synth pluck",
                                   "saw arpeggio", "chip voice",  "chip bass",  "synth strings"};
const std::set<std::string> voices{"choir", "voices"};

// All instruments that a listener would call by the excluded one's name: no guitar at all for "no guitars".
std::set<std::string> familyOf(const std::vector<std::string>& values, const std::string& phrase) {
    std::set<std::string> family(values.begin(), values.end());
    const auto add = [&](const std::set<std::string>& more) { family.insert(more.begin(), more.end()); };
    const auto has = [&](const char* name) { return family.contains(name); };
    const auto says = [&](const char* word) { return phrase.find(word) != std::string::npos; };
    if (says("synth")) add(synths);
    if (says("guitar") && values.size() > 1) add(guitars);
    if (says("key") && values.size() > 1) {
        add(pianos);
        add(electricPianos);
        add(organs);
        family.insert({"harpsichord", "clavinet", "accordion"});
    }
    if (says("brass") || says("horn") || says("trumpets")) add(brasses);
    if (says("wind") || says("reed")) family.insert({"flute", "clarinet", "oboe", "saxophone", "pan flute", "whistle"});
    if (has("strings")) add(bowed);
    if (has("piano")) add(pianos), add(electricPianos);
    if (has("electric piano")) add(electricPianos);
    if (has("organ")) add({"organ", "drawbar organ", "rock organ"});
    if (has("acoustic guitar")) add({"nylon guitar", "steel guitar"});
    if (has("electric guitar"))
        add({"jazz guitar", "clean guitar", "funk guitar", "distorted guitar", "overdriven guitar", "heavy guitar"});
    if (has("distorted guitar")) add({"overdriven guitar", "heavy guitar"});
    if (has("violin")) add({"second violin"});
    if (has("cello")) add({"low cello"});
    if (has("french horn")) add({"horns", "low brass"});
    if (has("trombone")) add({"low brass", "brass section"});
    if (has("trumpet")) add({"brass section"});
    if (has("choir")) add(voices);
    if (has("warm pad")) add({"airy pad", "glass pad", "polysynth", "synth strings"});
    if (has("double bass")) add({"bowed bass"});
    if (has("electric bass")) add({"slap bass", "fretless bass"});
    if (has("synth bass")) add({"sub bass", "chip bass"});
    if (has("glockenspiel")) family.insert("glockenspiel");
    if (has("square lead")) add({"chip voice"});
    return family;
}

bool isBass(const std::string& instrument) {
    static const std::set<std::string> all{"double bass", "bowed bass", "electric bass", "fretless bass",
                                           "slap bass",   "synth bass", "sub bass",      "chip bass"};
    return all.contains(instrument);
}

class Resolver {
public:
    Resolver(Understanding& into, std::string_view prompt)
        : m_into(into)
        , m_prompt(prompt) {}

    void resolve(const std::vector<std::string>& excludedPhrases) {
        figures();
        exclusions(excludedPhrases);
        roles();
        instruments();
        players();
        if (!m_into.instruments.empty()) chooseLead();
    }

private:
    // The first of each kind counts.
    void figures() {
        for (const Finding& finding : m_into.findings) {
            if (finding.excluded) continue;
            const std::string& value = finding.values.front();
            if (finding.attribute == "bpm" && !m_into.bpm) m_into.bpm = std::stod(value);
            if (finding.attribute == "key" && !m_into.key) m_into.key = plan::parseKey(value);
            if (finding.attribute == "metre" && !finding.hint && !m_into.beatsPerBar)
                m_into.beatsPerBar = std::stoi(value);
            if (finding.attribute == "mode" && !finding.hint && !m_into.minor) m_into.minor = value == "minor";
        }
    }

    void exclusions(const std::vector<std::string>& phrases) {
        for (std::size_t n = 0; n < m_into.findings.size(); ++n) {
            const Finding& finding = m_into.findings[n];
            if (!finding.excluded) continue;
            if (finding.attribute == "instrument")
                m_into.excludedInstruments.merge(familyOf(finding.values, phrases[n]));
            if (finding.attribute != "role") continue;
            const std::string& role = finding.values.front();
            if (role == "drums") m_into.drums = false;
            // "No double bass" names an instrument; "no bass" every one.
            if (role == "bass") m_into.bass = false;
            if (role == "melody") m_into.melody = false;
            if (role == "accompaniment") m_into.accompaniment = false;
            if (role == "voices") m_into.excludedInstruments.insert({"choir", "voices"});
        }
    }

    void roles() {
        for (const Finding& finding : m_into.findings) {
            if (finding.excluded || finding.attribute != "role" || finding.hint) continue;
            if (finding.values.front() == "drums" && !m_into.drums) m_into.drums = true;
            if (finding.values.front() == "bass" && !m_into.bass) m_into.bass = true;
        }
    }

    void instruments() {
        for (const Finding& finding : m_into.findings) {
            if (finding.excluded || finding.attribute != "instrument" || finding.hint) continue;
            std::vector<std::string> left;
            for (const std::string& name : finding.values)
                if (!m_into.excludedInstruments.contains(name)) left.push_back(name);
            const bool known =
                std::any_of(m_into.instruments.begin(), m_into.instruments.end(), [&](const auto& wanted) {
                    return std::find_first_of(wanted.oneOf.begin(), wanted.oneOf.end(), left.begin(), left.end()) !=
                           wanted.oneOf.end();
                });
            if (left.empty()) continue;
            if (known) { // "a guitar ballad with electric guitar": the narrower of the two, the better part of the two
                for (std::size_t k = 0; k < m_into.instruments.size(); ++k) {
                    auto& wanted = m_into.instruments[k].oneOf;
                    if (std::find_first_of(wanted.begin(), wanted.end(), left.begin(), left.end()) == wanted.end())
                        continue;
                    if (left.size() < wanted.size()) wanted = left;
                    m_foreground[k] = std::max(m_foreground[k], finding.foreground);
                    break;
                }
                continue;
            }
            if (std::all_of(left.begin(), left.end(), isBass)) m_into.bass = true;
            m_into.instruments.push_back({left, false});
            m_foreground.push_back(finding.foreground);
        }
    }

    void players() {
        int count = 0;
        bool justBefore = false;
        for (std::size_t n = 0; n < m_into.findings.size(); ++n) {
            const Finding& finding = m_into.findings[n];
            if (finding.attribute != "players" || finding.excluded) continue;
            const std::string& value = finding.values.front();
            if (value == "solo") m_soloSaid = m_soloSaid || isSolo(n);
            if (value == "alone") {
                m_into.only = true;
                if (m_into.instruments.empty()) m_into.accompaniment = false;
            }
            if (value == "only") justBefore = justBefore || namesInstrumentNear(n);
            if (value == "jazz trio") {
                m_into.drums = m_into.bass = true;
                m_into.only = true;
                if (m_into.instruments.empty())
                    want(m_into.excludedInstruments.contains("piano") ? "electric guitar" : "piano");
            } else if (value == "power trio") {
                m_into.drums = m_into.bass = true;
                m_into.only = true;
                if (m_into.instruments.empty()) want("distorted guitar");
            } else if (value == "strings") {
                for (const char* name : {"violin", "viola", "cello"})
                    want(name);
                std::erase_if(m_into.instruments, [](const auto& w) { return w.oneOf.front() == "strings"; });
                m_foreground.assign(m_into.instruments.size(), 0);
                m_into.only = true;
                if (!m_into.drums) m_into.drums = false;
            } else if (value.size() == 1 && value[0] > '1' && value[0] < '9') {
                count = value[0] - '0';
            }
        }
        if (justBefore && (named() > 0 || m_into.drums == true)) m_into.only = true;
        if (count > 0 && named() == count) m_into.only = true;
        if (m_soloSaid && named() <= 1 && m_into.drums != true && m_into.bass != true) m_into.solo = true;
        // "Solo drums", "a bass solo": one player too.
        if (m_soloSaid && m_into.instruments.empty() && m_into.drums == true && m_into.bass != true) m_into.only = true;
        if (m_soloSaid && m_into.instruments.empty() && m_into.bass == true && m_into.drums != true) m_into.solo = true;
        if (m_into.only && m_into.instruments.size() == 1 && named() == 1) m_into.solo = true;
        m_into.only = m_into.only || m_into.solo;
        if (m_into.only && m_into.drums != true) m_into.drums = false;
        if (m_into.only && m_into.bass != true) m_into.bass = false;
    }

    // How many players are named.
    int named() const {
        int count = static_cast<int>(m_into.instruments.size()) + (m_into.drums == true ? 1 : 0);
        const bool bassist = std::any_of(m_into.instruments.begin(), m_into.instruments.end(), [](const auto& wanted) {
            return std::all_of(wanted.oneOf.begin(), wanted.oneOf.end(), isBass);
        });
        return count + (m_into.bass == true && !bassist ? 1 : 0);
    }

    void want(const char* name) {
        m_into.instruments.push_back({{name}, false});
        m_foreground.push_back(0);
    }

    // "Solo" behind an instrument in a band's music is a passage, not the number of players: "rock with a guitar solo".
    bool isSolo(std::size_t n) const {
        const Finding& solo = m_into.findings[n];
        const auto isBand = [](const Finding& f) {
            static const std::set<std::string> bands{"rock", "metal", "jazz",  "funk",   "blues",   "salsa",
                                                     "pop",  "soul",  "disco", "reggae", "country", "hip-hop"};
            return f.attribute == "genre" && !f.excluded && !f.hint && bands.contains(f.values.front());
        };
        const bool band = std::any_of(m_into.findings.begin(), m_into.findings.end(), isBand);
        const std::string_view word = m_prompt.substr(solo.begin, solo.end - solo.begin);
        if (word != "solo" && word != "Solo" && word != "single") return true;
        bool behind = false, before = false;
        for (const Finding& other : m_into.findings) {
            if (other.attribute != "instrument" && other.attribute != "role") continue;
            if (other.end <= solo.begin && solo.begin - other.end <= 1) behind = other.attribute == "instrument";
            if (other.begin >= solo.end && other.begin - solo.end <= 1) before = true;
        }
        if (word == "single") return before;
        return !(behind && !before && band);
    }

    // "Just" means the players only next to them: "just a cello", "piano only"; not in "just before dawn".
    bool namesInstrumentNear(std::size_t n) const {
        const Finding& only = m_into.findings[n];
        return std::any_of(m_into.findings.begin(), m_into.findings.end(), [&](const Finding& other) {
            if (other.excluded || (other.attribute != "instrument" && other.attribute != "role")) return false;
            if (other.begin >= only.end) return other.begin - only.end < 24 && !stopBetween(only.end, other.begin);
            return other.end <= only.begin && only.begin - other.end < 3;
        });
    }
    bool stopBetween(std::size_t from, std::size_t to) const {
        return m_prompt.substr(from, to - from).find_first_of(".,;") != std::string_view::npos;
    }

    void chooseLead() {
        std::size_t best = 0;
        const auto worth = [&](std::size_t n) {
            const auto& names = m_into.instruments[n].oneOf;
            const bool bass = std::all_of(names.begin(), names.end(), isBass);
            const bool pad = names.front() == "warm pad" || names.front() == "saw arpeggio";
            return 10 * m_foreground[n] - (bass ? 60 : 0) - (pad ? 25 : 0) - static_cast<int>(n);
        };
        for (std::size_t n = 1; n < m_into.instruments.size(); ++n)
            if (worth(n) > worth(best)) best = n;
        const bool accompanies = worth(best) <= -15 && !m_into.only;
        if (!accompanies && m_into.melody) m_into.instruments[best].lead = true;
    }

    Understanding& m_into;
    std::string_view m_prompt;
    std::vector<int> m_foreground;
    bool m_soloSaid = false;
};

std::string phraseOf(std::string_view text, const Finding& finding) {
    std::string phrase;
    for (const Word& word : wordsOf(text.substr(finding.begin, finding.end - finding.begin)))
        phrase += word.text + ' ';
    return phrase;
}

} // namespace

bool Understanding::nothing() const {
    return std::all_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.attribute == "word" || finding.attribute == "unable";
    });
}

std::vector<std::string> Understanding::wanted(std::string_view attribute, bool hints) const {
    std::vector<std::string> values;
    for (const Finding& finding : findings) {
        if (finding.excluded || finding.attribute != attribute || finding.hint != hints) continue;
        for (const std::string& value : finding.values)
            if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    }
    return values;
}

std::set<std::string> Understanding::unwanted(std::string_view attribute) const {
    std::set<std::string> values;
    for (const Finding& finding : findings)
        if (finding.excluded && finding.attribute == attribute)
            values.insert(finding.values.begin(), finding.values.end());
    return values;
}

Understanding understand(const Lexicon& lexicon, std::string_view prompt, std::string_view negativePrompt) {
    Understanding result;
    Reader(lexicon, prompt).read(result);
    std::vector<std::string> phrases;
    for (const Finding& finding : result.findings)
        phrases.push_back(phraseOf(prompt, finding));
    Understanding negative;
    Reader(lexicon, negativePrompt).read(negative);
    for (Finding& finding : negative.findings) {
        // A hint of a word that is not wanted says nothing about what it only suggests.
        if (finding.hint || finding.attribute == "word" || finding.attribute == "players") continue;
        finding.excluded = true;
        phrases.push_back(phraseOf(negativePrompt, finding));
        finding.begin = finding.end = prompt.size();
        result.findings.push_back(std::move(finding));
    }
    Resolver(result, prompt).resolve(phrases);
    return result;
}

} // namespace n2m::prompt
