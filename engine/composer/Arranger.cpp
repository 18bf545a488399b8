#include "engine/composer/Arranger.h"

#include "engine/composer/Composer.h"

#include <algorithm>
#include <cmath>

namespace n2m::composer {

namespace {

constexpr double steadiness = 0.02; // seconds that a beat may be off the grid
constexpr float middling = 0.6f;    // energy where no section is

bool isSteady(const plan::Plan& plan) {
    if (plan.beats.empty() || !plan.beats.front().downbeat) return false;
    for (std::size_t n = 0; n < plan.beats.size(); ++n) {
        const plan::Beat& beat = plan.beats[n];
        if (std::abs(beat.time - static_cast<double>(n) * 60.0 / plan.bpm) > steadiness) return false;
        if (beat.downbeat != (n % static_cast<std::size_t>(plan.beatsPerBar) == 0)) return false;
    }
    return true;
}

// Every bar belongs to a section: each gap between the plan's becomes one.
std::vector<plan::Section> withoutGaps(const plan::Plan& plan) {
    std::vector<plan::Section> sections;
    double end = 0.0;
    const auto fill = [&](double until) {
        if (until > end + 1e-3) sections.push_back({end, until, "verse", middling});
    };
    for (const plan::Section& section : plan.sections) {
        fill(section.start);
        sections.push_back(section);
        end = section.end;
    }
    fill(plan.seconds);
    return sections;
}

template <typename Named> bool knows(const std::vector<Named>& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const Named& entry) { return entry.name == name; });
}

// Clears the names that this vocabulary lacks: another bundle's planner may use them.
Style withKnownNames(const Vocabulary& vocabulary, Style style) {
    if (!knows(vocabulary.genres(), style.genre)) style.genre.clear();
    if (!knows(vocabulary.moods(), style.mood)) style.mood.clear();
    if (style.era && !style.era->empty() && !knows(vocabulary.eras(), *style.era)) style.era.reset();
    const auto unknown = [&](const std::string& name) { return !vocabulary.instruments().contains(name); };
    if (unknown(style.lead)) style.lead.clear();
    std::erase_if(style.required, unknown);
    return style;
}

} // namespace

plan::Plan arranged(const Vocabulary& vocabulary, plan::Plan plan, const Style& style, std::uint64_t seed) {
    plan.parts.clear();
    if (plan.chords.empty() || !isSteady(plan)) return plan;
    plan::Plan covered = plan;
    covered.sections = withoutGaps(plan);
    const Sketch sketch = drawSketch(vocabulary, seed, plan.seconds, {withKnownNames(vocabulary, style), &covered});
    plan.parts = compose(vocabulary, sketch, std::move(covered)).plan.parts;
    return plan;
}

} // namespace n2m::composer
