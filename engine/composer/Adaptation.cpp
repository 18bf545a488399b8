#include "engine/composer/Adaptation.h"

#include "engine/composer/Arranger.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace n2m::composer {
namespace {

using Role = plan::Part::Role;

constexpr double oneVoice = 1.3; // notes at once on the average, with those that overlap a little

/// The beats of a plan against a steady grid that begins with its first downbeat.
class BeatMap {
public:
    explicit BeatMap(const plan::Plan& plan)
        : m_gap(60.0 / plan.bpm) {
        const auto first =
            std::find_if(plan.beats.begin(), plan.beats.end(), [](const plan::Beat& b) { return b.downbeat; });
        for (auto beat = first; beat != plan.beats.end(); ++beat)
            m_times.push_back(beat->time);
    }

    bool usable() const { return m_times.size() >= 2; }
    std::size_t beats() const { return m_times.size(); }

    double toGrid(double time) const {
        const auto after = std::upper_bound(m_times.begin() + 1, m_times.end() - 1, time);
        const auto n = static_cast<std::size_t>(after - m_times.begin()) - 1;
        return (static_cast<double>(n) + (time - m_times[n]) / (m_times[n + 1] - m_times[n])) * m_gap;
    }
    double fromGrid(double time) const {
        const double beat = time / m_gap;
        const auto n =
            static_cast<std::size_t>(std::clamp(std::floor(beat), 0.0, static_cast<double>(m_times.size() - 2)));
        return m_times[n] + (beat - static_cast<double>(n)) * (m_times[n + 1] - m_times[n]);
    }

private:
    double m_gap;
    std::vector<double> m_times;
};

template <typename Span> std::vector<Span> onGrid(std::vector<Span> spans, const BeatMap& map, double seconds) {
    for (Span& span : spans) {
        span.start = std::max(0.0, map.toGrid(span.start));
        span.end = std::min(map.toGrid(span.end), seconds);
    }
    std::erase_if(spans, [](const Span& span) { return span.end - span.start < 1e-3; });
    return spans;
}

/// The parts of an arrangement in a style over a plan, at the plan's own times.
std::vector<plan::Part> arrangement(const Vocabulary& vocabulary, const plan::Plan& plan, const Style& style,
                                    std::uint64_t seed) {
    const BeatMap map(plan);
    if (!map.usable()) return {};
    plan::Plan grid;
    grid.bpm = plan.bpm;
    grid.beatsPerBar = plan.beatsPerBar;
    grid.key = plan.key;
    grid.seconds = map.toGrid(plan.seconds);
    for (std::size_t n = 0; n < map.beats(); ++n)
        grid.beats.push_back({static_cast<double>(n) * 60.0 / plan.bpm,
                              n % static_cast<std::size_t>(std::max(1, plan.beatsPerBar)) == 0});
    grid.chords = onGrid(plan.chords, map, grid.seconds);
    grid.sections = onGrid(plan.sections, map, grid.seconds);
    std::vector<plan::Part> parts = arranged(vocabulary, std::move(grid), style, seed).parts;
    const auto moved = [&](double time) { return std::round(map.fromGrid(time) * 1000.0) / 1000.0; };
    for (plan::Part& part : parts) {
        for (plan::Note& note : part.notes)
            note = {moved(note.start), std::min(moved(note.end), plan.seconds), note.pitch, note.velocity};
        std::erase_if(part.notes, [](const plan::Note& note) { return note.end <= note.start; });
    }
    return parts;
}

bool namesNoInstrument(const plan::Plan& plan) {
    return std::all_of(plan.parts.begin(), plan.parts.end(), [](const plan::Part& part) { return part.program == 0; });
}

int programOf(const Vocabulary& vocabulary, const Style& style, int otherwise) {
    const auto found = vocabulary.instruments().find(style.lead);
    return found == vocabulary.instruments().end() ? otherwise : found->second.programs.front();
}

/// Gives each part but the lead the instrument of a part of the same role.
void castAccompanists(std::vector<plan::Part>& parts, const std::vector<plan::Part>& model) {
    std::size_t accompanists = 0;
    for (plan::Part& part : parts) {
        if (part.role == Role::Lead) continue;
        std::vector<int> programs;
        for (const plan::Part& other : model)
            if (other.role == part.role) programs.push_back(other.program);
        if (programs.empty()) continue;
        part.program = programs[part.role == Role::Accompaniment ? accompanists++ % programs.size() : 0];
    }
}

} // namespace

bool isOnlyMelody(const plan::Plan& plan) {
    if (plan.parts.size() != 1 || plan.parts.front().role == Role::Drums) return false;
    double sounding = 0.0, all = 0.0, end = 0.0;
    for (const plan::Note& note : plan.parts.front().notes) { // sorted by start
        all += note.end - note.start;
        sounding += std::max(0.0, note.end - std::max(end, note.start));
        end = std::max(end, note.end);
    }
    return sounding > 0.0 && all < oneVoice * sounding;
}

plan::Plan adapted(const Vocabulary& vocabulary, plan::Plan plan, Style style, bool leadNamed, std::uint64_t seed) {
    const bool melody = isOnlyMelody(plan), anyInstrument = namesNoInstrument(plan);
    const bool wanted = style.accompaniment || style.bass == true || style.drums == true;
    style.melody = false; // it is there; with it the rules would add a second voice to their own
    std::vector<plan::Part> others;
    if ((melody && wanted) || (anyInstrument && !melody)) others = arrangement(vocabulary, plan, style, seed);
    std::erase_if(others, [](const plan::Part& part) { return part.role == Role::Lead; });
    if (melody) plan.parts.front().role = Role::Lead;
    for (plan::Part& part : plan.parts)
        if (part.role == Role::Lead && (leadNamed || anyInstrument))
            part.program = programOf(vocabulary, style, part.program);
    if (anyInstrument) castAccompanists(plan.parts, others);
    if (melody) plan.parts.insert(plan.parts.end(), others.begin(), others.end());
    return plan;
}

} // namespace n2m::composer
