#include "engine/cascade/ScoreWishes.h"

#include <algorithm>
#include <set>

namespace n2m::cascade {

namespace {

using plan::ScoreSlot;

constexpr int bassCeiling = 60; // the highest pitch of instruments that play a bass line

class WishBuilder {
public:
    WishBuilder(const composer::Vocabulary& vocabulary, const prompt::Understanding& heard,
                const composer::Style& style)
        : m_vocabulary(vocabulary)
        , m_heard(heard)
        , m_style(style) {}

    ScoreWishes build() {
        addChoices();
        if (!m_style.melody) silence(ScoreSlot::Lead);
        if (!m_style.accompaniment) {
            silence(ScoreSlot::First);
            silence(ScoreSlot::Second);
        }
        decide(ScoreSlot::Drums, m_style.drums);
        decide(ScoreSlot::Bass, m_style.bass);
        if (m_style.melody && !m_heard.instruments.empty()) give(ScoreSlot::Lead, m_style.lead);
        for (const std::string& instrument : m_style.required) {
            if (instrument != m_style.lead) accompany(instrument);
        }
        if (m_style.only) silenceTheRest();
        return m_wishes;
    }

private:
    static std::size_t at(ScoreSlot slot) { return static_cast<std::size_t>(slot); }

    void addChoices() {
        std::set<int> kits;
        for (const composer::Genre& genre : m_vocabulary.genres())
            kits.insert(genre.kits.begin(), genre.kits.end());
        m_wishes.choices[at(ScoreSlot::Drums)].assign(kits.begin(), kits.end());
        std::array<std::set<int>, 3> programs; // of leads, accompaniments, basses
        for (const auto& [name, instrument] : m_vocabulary.instruments()) {
            if (m_style.excluded.contains(name)) continue;
            const bool bass = instrument.high <= bassCeiling;
            if (instrument.lead) programs[0].insert(instrument.programs.begin(), instrument.programs.end());
            programs[bass ? 2 : 1].insert(instrument.programs.begin(), instrument.programs.end());
        }
        programs[2].insert(0); // a left hand
        const auto set = [&](ScoreSlot slot, const std::set<int>& from) {
            m_wishes.choices[at(slot)].assign(from.begin(), from.end());
        };
        set(ScoreSlot::Lead, programs[0]);
        set(ScoreSlot::First, programs[1]);
        set(ScoreSlot::Second, programs[1]);
        set(ScoreSlot::Bass, programs[2]);
    }
    void silence(ScoreSlot slot) {
        m_wishes.guide.parts[at(slot)] = -1;
        m_wishes.keep[at(slot)] = true; // the plan has no part there
    }
    void decide(ScoreSlot slot, const std::optional<bool>& plays) {
        if (!plays) return;
        if (*plays)
            m_wishes.guide.parts[at(slot)] = 1;
        else
            silence(slot);
    }
    void give(ScoreSlot slot, const std::string& instrument) {
        const auto found = m_vocabulary.instruments().find(instrument);
        if (found == m_vocabulary.instruments().end()) return;
        m_wishes.programs[at(slot)] = found->second.programs.front();
        m_wishes.guide.parts[at(slot)] = 1;
    }
    void accompany(const std::string& instrument) {
        const auto found = m_vocabulary.instruments().find(instrument);
        if (found == m_vocabulary.instruments().end()) return;
        if (found->second.high <= bassCeiling) return give(ScoreSlot::Bass, instrument);
        for (const ScoreSlot slot : {ScoreSlot::First, ScoreSlot::Second}) {
            if (m_wishes.keep[at(slot)] || m_wishes.programs[at(slot)]) continue;
            return give(slot, instrument);
        }
    }
    // Where nobody else is to play, the lead's player accompanies if it has two hands.
    void silenceTheRest() {
        const auto lead = m_vocabulary.instruments().find(m_style.lead);
        const bool hands = lead != m_vocabulary.instruments().end() && (lead->second.voice == composer::Voice::Struck ||
                                                                        lead->second.voice == composer::Voice::Plucked);
        if (hands && !m_wishes.programs[at(ScoreSlot::First)] && !m_wishes.keep[at(ScoreSlot::First)])
            give(ScoreSlot::First, m_style.lead);
        for (const ScoreSlot slot : {ScoreSlot::First, ScoreSlot::Second, ScoreSlot::Bass, ScoreSlot::Drums}) {
            const bool wanted = m_wishes.programs[at(slot)] || m_wishes.guide.parts[at(slot)] == 1;
            if (!wanted) silence(slot);
        }
    }

    const composer::Vocabulary& m_vocabulary;
    const prompt::Understanding& m_heard;
    const composer::Style& m_style;
    ScoreWishes m_wishes;
};

} // namespace

ScoreWishes scoreWishes(const composer::Vocabulary& vocabulary, const prompt::Understanding& heard,
                        const composer::Style& style) {
    return WishBuilder(vocabulary, heard, style).build();
}

} // namespace n2m::cascade
