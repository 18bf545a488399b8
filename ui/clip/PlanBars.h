#pragma once

#include "engine/plan/Plan.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace n2m::ui {

/// A bar of a plan, for the chord lane.
struct PlanBar {
    double start = 0.0, end = 0.0; ///< seconds
    int number = 0;                ///< from 1; 0: the beats before the first bar
    QString chords;                ///< the symbols that begin or go on in it: "Am F"; empty if none sounds
};

/// The bars of a plan, from its downbeats. The last one ends with the plan.
std::vector<PlanBar> barsOf(const plan::Plan& plan);

/// The progression as plan::parseProgression reads it: a bar per "|"; "N.C." for a bar without chords.
QString progressionOf(const std::vector<PlanBar>& bars);

/// The plan with the chords that these bars hold by now where `edited` says so, by bar, and without a score: it was
/// written over the chords before. Throws std::invalid_argument where a bar holds something else than chords.
plan::Plan withChords(plan::Plan plan, const std::vector<PlanBar>& bars, const std::vector<bool>& edited);

/// What one bar may hold, in the usual spelling: "Amin7 f" gives "Am7 F". Throws std::invalid_argument with one line.
QString checkedBar(const QString& text);

} // namespace n2m::ui
