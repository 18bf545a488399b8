#include "ui/clip/Lanes.h"

#include "ui/Numbers.h"

#include "ui/Messages.h"
#include "ui/style/Theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>
#include <array>
#include <cmath>

namespace n2m::ui {

namespace {

QColor withAlpha(QColor colour, double alpha) {
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

/// Rounds to the middle of a device pixel, so that a thin line stays thin.
double crisp(const QPainter& painter, double x) {
    const double scale = painter.device()->devicePixelRatioF();
    return (std::floor(x * scale) + 0.5) / scale;
}

void verticalLine(QPainter& painter, double x, double top, double bottom) {
    const double at = crisp(painter, x);
    painter.drawLine(QPointF(at, top), QPointF(at, bottom));
}

QPen hairline(const QPainter& painter, const QColor& colour) {
    return QPen(colour, 1.0 / painter.device()->devicePixelRatioF());
}

} // namespace

LaneColours LaneColours::current(const QPalette& palette) {
    const ThemeColours& theme = themeColours();
    return {palette.color(QPalette::Window),
            palette.color(QPalette::Base),
            theme.line,
            palette.color(QPalette::Text),
            theme.dimmed,
            theme.accent,
            theme.dark ? QColor("#5fb3e8") : QColor("#1b6ca8")};
}

double roundStep(double least) {
    if (least > 10.0) {
        for (const double step : {15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0})
            if (least <= step) return step;
        return std::ceil(least / 3600.0) * 3600.0;
    }
    const double power = std::pow(10.0, std::floor(std::log10(least) + 1e-9));
    for (const double factor : {1.0, 2.0, 5.0})
        if (least <= factor * power * (1.0 + 1e-9)) return factor * power;
    return 10.0 * power;
}

void paintRuler(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                const LaneColours& colours) {
    const QFontMetricsF metrics(painter.font());
    const double timeHeight = bars.empty() ? area.height() : std::ceil(area.height() * 0.56);
    painter.setPen(hairline(painter, colours.line));
    painter.drawLine(QPointF(area.left(), area.bottom()), QPointF(area.right(), area.bottom()));
    if (timeline.empty()) return;

    const double widest =
        metrics.horizontalAdvance(timeText(timeline.seconds(), timeline.secondsPerPixel() * 50.0)) + 16.0;
    const double step = roundStep(widest * timeline.secondsPerPixel());
    const int divisions = step >= 60.0 ? 4 : 5;
    const double part = step / divisions;
    for (auto tick = static_cast<qint64>(std::floor(timeline.begin() / part)); tick * part <= timeline.end(); ++tick) {
        const double time = static_cast<double>(tick) * part, x = area.left() + timeline.toPixel(time);
        if (time > timeline.seconds() + 1e-9) break;
        const bool labelled = tick % divisions == 0;
        if (x >= area.left()) {
            painter.setPen(hairline(painter, labelled ? colours.dimmed : colours.line));
            verticalLine(painter, x, area.top() + timeHeight - (labelled ? 7.0 : 4.0), area.top() + timeHeight);
        }
        if (!labelled) continue;
        const QString text = timeText(time, step);
        const double width = metrics.horizontalAdvance(text);
        if (x < area.left() || x + 4.0 + width > area.right()) continue;
        painter.setPen(colours.dimmed);
        painter.drawText(QPointF(x + 4.0, area.top() + timeHeight - 6.0 + metrics.descent() * 0.3), text);
    }
    if (bars.empty()) return;

    // Every 1st, 2nd, 4th, 8th … bar has its number, as the room allows.
    double bar = 0.0;
    for (const PlanBar& one : bars)
        if (one.number > 0) bar = std::max(bar, one.end - one.start);
    int every = 1;
    while (every < 4096 && bar * every / timeline.secondsPerPixel() < 26.0)
        every *= 2;
    for (const PlanBar& one : bars) {
        if (one.number < 1 || (one.number - 1) % every != 0) continue;
        const double x = area.left() + timeline.toPixel(one.start);
        if (x < area.left() - 1.0 || x > area.right()) continue;
        painter.setPen(hairline(painter, colours.dimmed));
        verticalLine(painter, x, area.top() + timeHeight + 2.0, area.bottom());
        painter.setPen(colours.text);
        const QString text = QString::number(one.number);
        if (x + 4.0 + metrics.horizontalAdvance(text) <= area.right())
            painter.drawText(QPointF(x + 4.0, area.bottom() - 3.0), text);
    }
}

void paintGrid(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
               const QColor& colour) {
    if (plan.beats.size() < 2) return;
    const double beat = 60.0 / std::max(plan.bpm, 1.0) / timeline.secondsPerPixel(); // pixels
    const bool beats = beat >= 12.0, bars = beat * plan.beatsPerBar >= 7.0;
    if (!bars) return;
    for (const plan::Beat& one : plan.beats) {
        if (!one.downbeat && !beats) continue;
        const double x = area.left() + timeline.toPixel(one.time);
        if (x < area.left() || x > area.right()) continue;
        painter.setPen(hairline(painter, withAlpha(colour, one.downbeat ? 0.34 : 0.11)));
        verticalLine(painter, x, area.top(), area.bottom());
    }
}

void paintChords(QPainter& painter, const QRectF& area, const Timeline& timeline, const std::vector<PlanBar>& bars,
                 const std::vector<bool>& edited, const LaneColours& colours) {
    const QFontMetricsF metrics(painter.font());
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const PlanBar& bar = bars[i];
        const bool changed = i < edited.size() && edited[i];
        if (bar.chords.isEmpty() && !changed) continue;
        const double left = area.left() + timeline.toPixel(bar.start), right = area.left() + timeline.toPixel(bar.end);
        if (right < area.left() || left > area.right()) continue;
        const QRectF chip = QRectF(left + 1.0, area.top() + 2.0, right - left - 2.0, area.height() - 4.0);
        if (chip.width() < 1.0) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(changed ? colours.accent : colours.dimmed, changed ? 0.35 : 0.16));
        painter.drawRoundedRect(chip, 4.0, 4.0);
        // The text stays in sight while any part of its bar does.
        const double from = std::max(chip.left(), area.left()) + 5.0, to = std::min(chip.right(), area.right()) - 3.0;
        const QString text = metrics.elidedText(bar.chords, Qt::ElideRight, to - from);
        if (text.isEmpty() || text == QStringLiteral("…")) continue;
        painter.setPen(colours.text);
        painter.drawText(QRectF(from, area.top(), to - from, area.height()), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
    painter.restore();
}

void paintSections(QPainter& painter, const QRectF& area, const Timeline& timeline, const plan::Plan& plan,
                   const LaneColours& colours) {
    const QFontMetricsF metrics(painter.font());
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    for (const plan::Section& section : plan.sections) {
        const double left = area.left() + timeline.toPixel(section.start);
        const double right = area.left() + timeline.toPixel(std::min(section.end, plan.seconds));
        if (right < area.left() || left > area.right() || right - left < 3.0) continue;
        // The more energy, the stronger the band.
        painter.fillRect(QRectF(left + 1.0, area.top(), right - left - 2.0, area.height() - 1.0),
                         withAlpha(colours.other, 0.10 + 0.35 * std::clamp<double>(section.energy, 0.0, 1.0)));
        const double from = std::max(left, area.left()) + 6.0, to = std::min(right, area.right()) - 4.0;
        const QString text =
            metrics.elidedText(inUsersLanguage(section.name), Qt::ElideRight, std::max(0.0, to - from));
        if (text.isEmpty() || text == QStringLiteral("…")) continue;
        painter.setPen(colours.text);
        painter.drawText(QRectF(from, area.top(), to - from, area.height()), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
    painter.restore();
}

namespace {

/// Fills one column of the picture between two heights; pixels at the ends are covered in part.
void fillColumn(QImage& image, int x, double top, double bottom, QRgb colour) {
    const auto put = [&](int y, double cover) {
        if (y < 0 || y >= image.height() || cover <= 0.0) return;
        auto& pixel = reinterpret_cast<QRgb*>(image.scanLine(y))[x];
        const int alpha = static_cast<int>(std::lround(qAlpha(colour) * std::min(cover, 1.0)));
        if (alpha > qAlpha(pixel)) pixel = qRgba(qRed(colour), qGreen(colour), qBlue(colour), alpha);
    };
    const int first = static_cast<int>(std::floor(top)), last = static_cast<int>(std::floor(bottom));
    if (first == last) {
        put(first, bottom - top);
        return;
    }
    put(first, first + 1 - top);
    for (int y = first + 1; y < last; ++y)
        put(y, 1.0);
    put(last, bottom - last);
}

/// Draws lines between samples, column by column: stroking a thousand short lines with QPainter takes 40 ms.
void drawLine(QImage& image, const audio::Clip& clip, int channel, double begin, double framesPerColumn, double gain,
              double thickness, QRgb colour) {
    const auto frames = static_cast<std::int64_t>(clip.frames());
    const double half = image.height() / 2.0;
    const auto sample = [&](std::int64_t frame) {
        frame = std::clamp<std::int64_t>(frame, 0, frames - 1);
        const float value = clip.samples[static_cast<std::size_t>(frame * clip.channels + channel)];
        return half - std::clamp(value * gain, -1.0, 1.0) * half;
    };
    const auto at = [&](double frame) {
        const auto before = static_cast<std::int64_t>(std::floor(frame));
        const double share = frame - static_cast<double>(before);
        return sample(before) + share * (sample(before + 1) - sample(before));
    };
    for (int x = 0; x < image.width(); ++x) {
        const double from = begin + x * framesPerColumn, to = from + framesPerColumn;
        if (from >= static_cast<double>(frames)) break;
        const double left = at(from), right = at(to);
        double top = std::min(left, right), bottom = std::max(left, right);
        for (auto frame = static_cast<std::int64_t>(std::ceil(from)); static_cast<double>(frame) < to; ++frame) {
            top = std::min(top, sample(frame));
            bottom = std::max(bottom, sample(frame));
        }
        // A slanting line is higher than it is thick.
        const double reach = 0.5 * thickness * std::min(3.0, std::hypot(1.0, bottom - top));
        fillColumn(image, x, top - reach, bottom + reach, colour);
    }
}

void drawDots(QPainter& painter, const QRectF& row, const Timeline& timeline, const audio::Clip& clip, int channel,
              const QColor& colour, double gain) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(timeline.begin() * clip.sampleRate) - 1);
    const auto last = std::min(static_cast<std::int64_t>(clip.frames()),
                               static_cast<std::int64_t>(timeline.end() * clip.sampleRate) + 2);
    for (std::int64_t frame = first; frame < last; ++frame) {
        const float value = clip.samples[static_cast<std::size_t>(frame * clip.channels + channel)];
        painter.drawEllipse(QPointF(row.left() + timeline.toPixel(static_cast<double>(frame) / clip.sampleRate),
                                    row.center().y() - std::clamp(value * gain, -1.0, 1.0) * row.height() / 2.0),
                            2.2, 2.2);
    }
}

} // namespace

void paintWaveform(QPainter& painter, const QRectF& area, const Timeline& timeline,
                   const audio::WaveformPyramid& pyramid, const QColor& colour, const QColor& line, double gain) {
    const audio::Clip& clip = pyramid.clip();
    const int channels = std::min(clip.channels, 2);
    const double scale = painter.device()->devicePixelRatioF();
    const double perPixel = timeline.secondsPerPixel() / scale * clip.sampleRate; // frames per device pixel
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    for (int channel = 0; channel < channels; ++channel) {
        const double height = area.height() / channels;
        const QRectF row(area.left(), area.top() + channel * height, area.width(), height);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(hairline(painter, line));
        const double middle = crisp(painter, row.center().y());
        painter.drawLine(QPointF(row.left(), middle), QPointF(row.right(), middle));
        if (channel > 0) {
            const double top = crisp(painter, row.top());
            painter.drawLine(QPointF(row.left(), top), QPointF(row.right(), top));
        }
        const QRectF inner = row.adjusted(0.0, 3.0, 0.0, -3.0);
        QImage image(static_cast<int>(std::ceil(inner.width() * scale)), static_cast<int>(inner.height() * scale),
                     QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        image.setDevicePixelRatio(scale);
        if (perPixel < 1.0) {
            drawLine(image, clip, channel, timeline.begin() * clip.sampleRate, perPixel, gain, 1.3 * scale,
                     colour.rgba());
            painter.drawImage(inner.topLeft(), image);
            if (perPixel * scale < 0.2) drawDots(painter, inner, timeline, clip, channel, colour, gain);
            continue;
        }
        std::vector<audio::WaveformPeaks> columns(static_cast<std::size_t>(image.width()));
        pyramid.columns(channel, timeline.begin() * clip.sampleRate, perPixel, columns);
        const QRgb outer = withAlpha(colour, 0.55).rgba(), core = colour.rgba();
        const double half = image.height() / 2.0;
        const double end = (clip.seconds() - timeline.begin()) / timeline.secondsPerPixel() * scale;
        for (int x = 0; x < image.width() && x < end; ++x) {
            audio::WaveformPeaks peaks = columns[static_cast<std::size_t>(x)];
            if (x > 0) { // columns of few samples may not overlap: the line connects them
                const audio::WaveformPeaks& before = columns[static_cast<std::size_t>(x - 1)];
                peaks.lowest = std::min(peaks.lowest, before.highest);
                peaks.highest = std::max(peaks.highest, before.lowest);
            }
            const auto place = [&](double value) { return half - std::clamp(value * gain, -1.0, 1.0) * half; };
            double top = place(peaks.highest), bottom = place(peaks.lowest);
            if (bottom - top < scale) { // silence is a line, too
                const double centre = 0.5 * (top + bottom);
                top = centre - 0.5 * scale;
                bottom = centre + 0.5 * scale;
            }
            const double rms = peaks.rms;
            fillColumn(image, x, std::max(top, place(rms)), std::min(bottom, place(-rms)), core);
            fillColumn(image, x, top, bottom, outer);
        }
        painter.drawImage(inner.topLeft(), image);
    }
    painter.restore();
}

void paintFrequencyLabels(QPainter& painter, const QRectF& gutter, const audio::FrequencyAxis& axis,
                          const LaneColours& colours) {
    const QFontMetricsF metrics(painter.font());
    static constexpr std::array<double, 20> round = {50,   100,  200,  300,  500,   700,   1000,  1500,  2000,  3000,
                                                     4000, 5000, 6000, 8000, 10000, 12000, 14000, 16000, 18000, 20000};
    double lastY = gutter.bottom() + metrics.height();
    for (const double frequency : round) {
        if (frequency > axis.highest() || frequency < axis.lowest()) continue;
        const double y = gutter.bottom() - axis.positionOf(frequency) * gutter.height();
        if (lastY - y < metrics.height() * 1.25 || y - metrics.height() / 2.0 < gutter.top() ||
            y + metrics.height() / 2.0 > gutter.bottom())
            continue;
        lastY = y;
        const QString text =
            frequency >= 1000.0
                ? QCoreApplication::translate("ClipView", "%1 kHz").arg(QLocale().toString(frequency / 1000.0))
                : QCoreApplication::translate("ClipView", "%1 Hz").arg(frequency);
        painter.setPen(colours.dimmed);
        painter.drawText(QRectF(gutter.left(), y - metrics.height() / 2.0, gutter.width() - 7.0, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, text);
        painter.setPen(hairline(painter, colours.dimmed));
        const double at = crisp(painter, y);
        painter.drawLine(QPointF(gutter.right() - 4.0, at), QPointF(gutter.right() - 1.0, at));
    }
}

void paintLevelLabels(QPainter& painter, const QRectF& gutter, int channels, const LaneColours& colours) {
    const QFontMetricsF metrics(painter.font());
    const double height = gutter.height() / std::max(channels, 1);
    for (int channel = 0; channel < channels; ++channel) {
        const double middle = gutter.top() + (channel + 0.5) * height;
        for (const double decibels : {0.0, -6.0, -18.0}) {
            const double y = middle - std::pow(10.0, decibels / 20.0) * (height / 2.0 - 3.0);
            if (decibels < 0.0 && (height < 56.0 || middle - y < metrics.height() * 0.9)) continue;
            const double textY = std::max(y - metrics.height() / 2.0, gutter.top() + channel * height);
            painter.setPen(colours.dimmed);
            painter.drawText(
                QRectF(gutter.left(), textY, gutter.width() - 7.0, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                decibels == 0.0 ? QCoreApplication::translate("ClipView", "0 dB") : numberText(decibels, 0));
            painter.setPen(hairline(painter, colours.dimmed));
            const double at = crisp(painter, y);
            painter.drawLine(QPointF(gutter.right() - 4.0, at), QPointF(gutter.right() - 1.0, at));
        }
    }
}

void paintPlayhead(QPainter& painter, double x, double top, double bottom, const QColor& colour) {
    const double scale = painter.device()->devicePixelRatioF();
    const double at = std::round(x * scale) / scale;
    painter.fillRect(QRectF(at - 1.5, top, 3.5, bottom - top), QColor(0, 0, 0, 150));
    painter.fillRect(QRectF(at - 0.5, top, 1.5, bottom - top), colour);
}

} // namespace n2m::ui
