#pragma once

#include "engine/audio/FrequencyAxis.h"
#include "engine/audio/WaveformPyramid.h"
#include "ui/clip/PlanBars.h"
#include "ui/clip/Timeline.h"

#include <QColor>
#include <QPainter>

#include <vector>

namespace n2m::ui {

/// How the lanes of a clip view are painted. Every function paints one thing into its area (logical pixels, on whole
/// ones), whose left edge is the timeline's pixel 0, and remembers nothing. GUI thread.
struct LaneColours {
    QColor background, lane, line, text, dimmed, accent, other;

    /// From the theme and palette as they are now.
    static LaneColours current(const QPalette& palette);
};

/// The shortest that is at least `least`: 1, 2 or 5 · 10^n seconds, above 10 s also 15 and 30 s, 1, 2, 5 … minutes.
double roundStep(double least);

/// Time ticks, and below them (if there are bars) bar numbers.
void paintRuler(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                const LaneColours& colours);

/// Lines of bars, and of beats where there is room, over a lane.
void paintGrid(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
               const QColor& colour);

/// A chip per bar with its chords; `edited` has the bars whose text is not the plan's.
void paintChords(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                 const std::vector<bool>& edited, const LaneColours& colours);

/// Names of the sections, as a thin band.
void paintSections(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
                   const LaneColours& colours);

/// One row per channel; lowest to highest sample, and the RMS on it; single samples joined by lines when they are
/// pixels apart. `gain` scales the samples.
void paintWaveform(QPainter& painter, const QRectF& area, const Timeline& timeline,
                   const audio::WaveformPyramid& pyramid, const QColor& colour, const QColor& line, double gain = 1.0);

/// Labels of a frequency axis, right-aligned in a gutter, with ticks.
void paintFrequencyLabels(QPainter& painter, const QRectF& gutter, const audio::FrequencyAxis& axis,
                          const LaneColours& colours);
/// Labels of the waveform's amplitude in dB.
void paintLevelLabels(QPainter& painter, const QRectF& gutter, int channels, const LaneColours& colours);

/// A vertical line that shows on dark and on bright.
void paintPlayhead(QPainter& painter, double x, double top, double bottom, const QColor& colour);

} // namespace n2m::ui
