#pragma once

#include "engine/audio/FrequencyAxis.h"
#include "engine/audio/WaveformPyramid.h"
#include "ui/clip/PlanBars.h"
#include "ui/clip/Timeline.h"

#include <QColor>
#include <QPainter>

#include <vector>

namespace n2m::ui {

/// Colours of a clip view's lanes. The functions below paint one lane each into an area of whole logical pixels, whose
/// left edge is the timeline's pixel 0. They keep no state. GUI thread.
struct LaneColours {
    QColor background, lane, line, text, dimmed, accent, other;

    /// The colours of the present theme and palette.
    static LaneColours current(const QPalette& palette);
};

/// The shortest round step of at least `least`: 1, 2 or 5 · 10^n seconds, above 10 s also 15 and 30 s, 1, 2, 5 … min.
double roundStep(double least);

/// Paints time ticks and, below them, the numbers of the bars.
void paintRuler(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                const LaneColours& colours);

/// Paints lines of bars, and of beats if there is room, over a lane.
void paintGrid(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
               const QColor& colour);

/// Paints a chip per bar with its chords; `edited` marks the bars whose text is not the plan's.
void paintChords(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                 const std::vector<bool>& edited, const LaneColours& colours);

/// Paints the names of the sections as a thin band.
void paintSections(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
                   const LaneColours& colours);

/// Paints a row per channel: lowest to highest sample, the RMS on it, and lines between samples that are pixels apart.
/// `gain` scales the samples.
void paintWaveform(QPainter& painter, const QRectF& area, const Timeline& timeline,
                   const audio::WaveformPyramid& pyramid, const QColor& colour, const QColor& line, double gain = 1.0);

/// Paints the labels of a frequency axis, right-aligned in a gutter, with ticks.
void paintFrequencyLabels(QPainter& painter, const QRectF& gutter, const audio::FrequencyAxis& axis,
                          const LaneColours& colours);
/// Paints the labels of the waveform's amplitude in dB.
void paintLevelLabels(QPainter& painter, const QRectF& gutter, int channels, const LaneColours& colours);

/// Paints a vertical line that is visible on dark and on bright.
void paintPlayhead(QPainter& painter, double x, double top, double bottom, const QColor& colour);

} // namespace n2m::ui
