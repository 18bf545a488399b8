#include "ui/clip/PlanBars.h"

#include "engine/plan/Harmony.h"

#include <algorithm>
#include <stdexcept>

namespace n2m::ui {

namespace {

constexpr double leastShare = 0.1; // of a bar: less is where rounded times overlap

QString chordsIn(const plan::Plan& plan, double start, double end) {
    QStringList symbols;
    for (const plan::ChordSpan& span : plan.chords) {
        const double shared = std::min(end, span.end) - std::max(start, span.start);
        if (shared < leastShare * (end - start)) continue;
        symbols << QString::fromStdString(plan::toString(span.chord));
    }
    // A bar of silence is said by leaving it empty.
    const QString none = QString::fromStdString(plan::toString(plan::Chord{}));
    return symbols == QStringList{none} ? QString() : symbols.join(QLatin1Char(' '));
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
    // A lone bar needs a line behind it, or each of its chords would be a bar.
    return texts.size() == 1 ? texts.first() + QStringLiteral(" |") : texts.join(QStringLiteral(" | "));
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
