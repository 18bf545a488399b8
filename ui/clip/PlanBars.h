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
    QString chords;                ///< the symbols that sound in it: "Am F"; empty for silence
};

/// The bars of a plan, from its downbeats. The last one ends with the plan.
std::vector<PlanBar> barsOf(const plan::Plan& plan);

/// The progression as plan::parseProgression reads it: a bar per "|"; "N.C." for a bar without chords.
QString progressionOf(const std::vector<PlanBar>& bars);

/// The plan with the chords of the edited bars (`edited`: by bar), and without its score, which was written for the old
/// chords. Throws std::invalid_argument if a bar's text is not chords.
plan::Plan withChords(plan::Plan plan, const std::vector<PlanBar>& bars, const std::vector<bool>& edited);

/// Checks the text of one bar and returns it in the usual spelling: "Am7 F" for "Amin7 f". Throws
/// std::invalid_argument.
QString checkedBar(const QString& text);

} // namespace n2m::ui
