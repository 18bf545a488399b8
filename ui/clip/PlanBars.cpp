#include "ui/clip/PlanBars.h"

#include "engine/plan/Harmony.h"

#include <algorithm>
#include <stdexcept>

namespace n2m::ui {

namespace {

constexpr double leastShare = 0.1; // of a bar: a smaller share comes from rounded times

QString chordsIn(const plan::Plan& plan, double start, double end) {
    QStringList symbols;
    for (const plan::ChordSpan& span : plan.chords) {
        const double shared = std::min(end, span.end) - std::max(start, span.start);
        if (shared < leastShare * (end - start)) continue;
        symbols << QString::fromStdString(plan::toString(span.chord));
    }
    // A bar of silence is shown empty.
    const QString none = QString::fromStdString(plan::toString(plan::Chord{}));
    return symbols == QStringList{none} ? QString() : symbols.join(QLatin1Char(' '));
}

/// The parts of the chords outside a bar.
std::vector<plan::ChordSpan> without(const std::vector<plan::ChordSpan>& spans, const PlanBar& bar) {
    constexpr double sliver = 1e-3; // seconds: a gap that rounding leaves between a chord and its bar
    std::vector<plan::ChordSpan> rest;
    for (const plan::ChordSpan& span : spans) {
        const double before = std::min(span.end, bar.start), after = std::max(span.start, bar.end);
        if (before - span.start > sliver) rest.push_back({span.start, before, span.chord});
        if (span.end - after > sliver) rest.push_back({after, span.end, span.chord});
    }
    return rest;
}

} // namespace

std::vector<PlanBar> barsOf(const plan::Plan& plan) {
    std::vector<PlanBar> bars;
    for (const plan::Beat& beat : plan.beats) {
        const bool begins = beat.downbeat || bars.empty();
        if (!begins || beat.time >= plan.seconds) continue;
        if (!bars.empty()) bars.back().end = beat.time;
        const int number = beat.downbeat ? (bars.empty() ? 1 : bars.back().number + 1) : 0;
        bars.push_back({beat.time, plan.seconds, number, {}});
    }
    for (PlanBar& bar : bars)
        bar.chords = chordsIn(plan, bar.start, bar.end);
    return bars;
}

QString progressionOf(const std::vector<PlanBar>& bars) {
    QStringList texts;
    for (const PlanBar& bar : bars)
        if (bar.number > 0) texts << (bar.chords.isEmpty() ? QStringLiteral("N.C.") : bar.chords);
    // A single bar needs a bar line, or each of its chords would be a bar.
    return texts.size() == 1 ? texts.first() + QStringLiteral(" |") : texts.join(QStringLiteral(" | "));
}

plan::Plan withChords(plan::Plan plan, const std::vector<PlanBar>& bars, const std::vector<bool>& edited) {
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const PlanBar& bar = bars[i];
        if (i >= edited.size() || !edited[i]) continue;
        plan.chords = without(plan.chords, bar);
        plan.parts.clear();
        if (bar.chords.isEmpty()) continue;
        const auto chords = plan::parseChords(bar.chords.toStdString());
        // Chords are on beats, as in built plans; the last bar may be cut off.
        const int count = static_cast<int>(chords.size()), beats = std::max(plan.beatsPerBar, count);
        const double beat = 60.0 / plan.bpm * plan.beatsPerBar / beats;
        const auto timeOf = [&](int chord) {
            const int place = (chord * beats + count - 1) / count;
            return chord < count ? std::min(bar.start + place * beat, bar.end) : bar.end;
        };
        for (int n = 0; n < count; ++n)
            if (timeOf(n) < timeOf(n + 1))
                plan.chords.push_back({timeOf(n), timeOf(n + 1), chords[static_cast<std::size_t>(n)]});
    }
    std::sort(plan.chords.begin(), plan.chords.end(),
              [](const plan::ChordSpan& one, const plan::ChordSpan& other) { return one.start < other.start; });
    return plan;
}

QString checkedBar(const QString& text) {
    if (text.trimmed().isEmpty()) return {};
    if (text.contains(QLatin1Char('|'))) throw std::invalid_argument("one bar at a time: no | between chords");
    QStringList symbols;
    for (const plan::Chord& chord : plan::parseChords(text.toStdString()))
        symbols << QString::fromStdString(plan::toString(chord));
    if (symbols.size() > 4) throw std::invalid_argument("a bar holds four chords at most");
    return symbols.join(QLatin1Char(' '));
}

} // namespace n2m::ui
