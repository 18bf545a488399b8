#include "engine/composer/Timeline.h"

#include <algorithm>
#include <cmath>

namespace n2m::composer {

namespace {
constexpr double tiny = 1e-6; // beats
}

const plan::Chord Timeline::noChord{};

Timeline::Timeline(const plan::Plan& plan, double swing, double swingUnit)
    : m_plan(plan)
    , m_swing(swing)
    , m_swingUnit(swingUnit)
    , m_beats(plan.seconds * plan.bpm / 60.0) {
    const double perBeat = secondsPerBeat();
    for (const plan::ChordSpan& span : plan.chords)
        m_spanStarts.push_back(span.start / perBeat);
    const int count = static_cast<int>(std::ceil(m_beats / plan.beatsPerBar - tiny));
    for (int n = 0; n < count; ++n) {
        TimelineBar bar;
        bar.index = n;
        bar.beat = n * plan.beatsPerBar;
        for (std::size_t s = 0; s < plan.sections.size(); ++s) {
            const plan::Section& section = plan.sections[s];
            const double start = section.start / perBeat, end = section.end / perBeat;
            if (bar.beat < start - tiny || bar.beat >= end - tiny) continue;
            bar.section = static_cast<int>(s);
            bar.inSection = static_cast<int>(std::lround((bar.beat - start) / plan.beatsPerBar));
            bar.sectionBars = std::max(1, static_cast<int>(std::ceil((end - start) / plan.beatsPerBar - tiny)));
            bar.energy = static_cast<double>(section.energy);
            const double place = static_cast<double>(bar.inSection) / bar.sectionBars;
            if (section.name == "build") bar.energy = std::min(1.0, bar.energy - 0.12 + 0.3 * place);
            if (section.name == "outro") bar.energy = std::max(0.1, bar.energy + 0.06 - 0.15 * place);
            bar.opening = bar.inSection == 0;
            bar.fill = bar.inSection + 1 == bar.sectionBars && s + 1 < plan.sections.size();
            bar.name = &section.name;
        }
        m_bars.push_back(bar);
    }
}

double Timeline::time(double beat) const {
    const double pair = 2.0 * m_swingUnit, base = std::floor(beat / pair + tiny) * pair;
    const double place = std::max(0.0, (beat - base) / pair); // 0 … 1 inside the pair; 0.5 moves to m_swing
    const double swung = place < 0.5 ? place / 0.5 * m_swing : m_swing + (place - 0.5) / 0.5 * (1.0 - m_swing);
    return (base + swung * pair) * secondsPerBeat();
}

std::size_t Timeline::spanAt(double beat) const {
    const auto after = std::upper_bound(m_spanStarts.begin(), m_spanStarts.end(), beat + tiny);
    return after == m_spanStarts.begin() ? 0 : static_cast<std::size_t>(after - m_spanStarts.begin()) - 1;
}

const plan::Chord& Timeline::chordAt(double beat) const {
    return m_plan.chords.empty() ? noChord : m_plan.chords[spanAt(beat)].chord;
}

double Timeline::chordEnd(double beat) const {
    const std::size_t span = spanAt(beat);
    return span + 1 < m_spanStarts.size() ? m_spanStarts[span + 1] : m_beats;
}

std::vector<double> Timeline::chordStarts(double from, double to) const {
    std::vector<double> starts{from};
    for (const double start : m_spanStarts)
        if (start > from + tiny && start < to - tiny) starts.push_back(start);
    return starts;
}

const TimelineBar& Timeline::barAt(double beat) const {
    const auto index = static_cast<std::size_t>(std::max(0.0, std::floor(beat / m_plan.beatsPerBar + tiny)));
    return m_bars[std::min(index, m_bars.size() - 1)];
}

} // namespace n2m::composer
