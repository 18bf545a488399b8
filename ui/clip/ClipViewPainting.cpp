// Paints a ClipView: the layers that stay while it plays, the marks that move over them, and the readout.
#include "ui/clip/ClipView.h"

#include "ui/Numbers.h"
#include "ui/clip/ChordEditor.h"
#include "ui/clip/Lanes.h"
#include "ui/style/Theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

namespace {

QColor selectionColour(bool dark) {
    return dark ? QColor(255, 255, 255, 38) : QColor(70, 110, 190, 52);
}

} // namespace

void ClipView::drawLayers() {
    const double scale = devicePixelRatioF();
    const QSize size = (QSizeF(this->size()) * scale).toSize();
    if (m_layers.size() != size) m_layers = QPixmap(size);
    m_layers.setDevicePixelRatio(scale);
    m_layersValid = true;

    const LaneColours colours = LaneColours::current(palette());
    QPainter painter(&m_layers);
    QFont small = font();
    small.setPointSizeF(std::max(6.0, small.pointSizeF() - 1.0));
    painter.setFont(small);
    painter.fillRect(rect(), colours.background);
    painter.fillRect(m_areas.waveform, colours.lane);
    const auto empty = m_timeline.empty();
    paintRuler(painter, m_areas.ruler, m_timeline, m_chords->bars(), colours);
    if (m_plan) {
        paintSections(painter, m_areas.sections, m_timeline, *m_plan, colours);
        paintChords(painter, m_areas.chords, m_timeline, m_chords->bars(), m_chords->editedBars(), colours);
    }
    if (empty) {
        painter.fillRect(m_areas.waveform.united(m_areas.spectrogram), colours.lane);
        painter.setFont(font());
        painter.setPen(colours.dimmed);
        painter.drawText(m_areas.waveform.united(m_areas.spectrogram).adjusted(20, 0, -20, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, m_hint);
        return;
    }
    if (m_comparison == Comparison::Difference && m_other.pyramid()) {
        QColor other = colours.other, one = colours.accent;
        other.setAlpha(170);
        one.setAlpha(170);
        paintWaveform(painter, m_areas.waveform, m_timeline, *m_sound.pyramid(), one, colours.line);
        paintWaveform(painter, m_areas.waveform, m_timeline, *m_other.pyramid(), other, colours.line,
                      std::pow(10.0, m_offset / 20.0));
    } else if (const audio::WaveformPyramid* pyramid = shownPyramid()) {
        paintWaveform(painter, m_areas.waveform, m_timeline, *pyramid,
                      m_comparison == Comparison::B ? colours.other : colours.accent, colours.line);
    }
    m_tiles.paint(painter, m_areas.spectrogram, m_timeline.begin(), m_timeline.secondsPerPixel());
    if (m_plan) {
        paintGrid(painter, m_areas.waveform, m_timeline, *m_plan, colours.text);
        paintGrid(painter, m_areas.spectrogram, m_timeline, *m_plan, Qt::white);
    }
    const QRectF wave(0.0, m_areas.waveform.top(), m_areas.waveform.left(), m_areas.waveform.height());
    if (const audio::WaveformPyramid* pyramid = shownPyramid())
        paintLevelLabels(painter, wave, std::min(pyramid->clip().channels, 2), colours);
    paintFrequencyLabels(painter,
                         QRectF(0.0, m_areas.spectrogram.top(), m_areas.waveform.left(), m_areas.spectrogram.height()),
                         audio::FrequencyAxis(m_options.scale, 0.0, highestFrequency()), colours);
}

void ClipView::drawMarks(QPainter& painter) {
    const LaneColours colours = LaneColours::current(palette());
    const QRectF lanes(m_areas.waveform.left(), m_areas.ruler.top(), m_areas.ruler.width(),
                       m_areas.spectrogram.bottom() - m_areas.ruler.top());
    painter.save();
    painter.setClipRect(lanes, Qt::IntersectClip);
    if (const auto loop = m_timeline.loop()) {
        const double left = toX(m_timeline.timeOf(loop->begin)), right = toX(m_timeline.timeOf(loop->end));
        QColor band = colours.accent;
        painter.fillRect(QRectF(left, m_areas.ruler.top(), right - left, 4.0), band);
        band.setAlpha(200);
        painter.setPen(QPen(band, 1.0, Qt::DashLine));
        for (const double x : {left, right})
            painter.drawLine(QPointF(x, m_areas.ruler.top()), QPointF(x, m_areas.spectrogram.bottom()));
    }
    const audio::FrameRange selection = m_timeline.selection();
    if (!selection.empty()) {
        const double left = toX(m_timeline.timeOf(selection.begin)), right = toX(m_timeline.timeOf(selection.end));
        const bool dark = themeColours().dark;
        painter.fillRect(
            QRectF(left, m_areas.ruler.top(), right - left, m_areas.waveform.bottom() - m_areas.ruler.top()),
            selectionColour(dark));
        // The spectrogram is dark in both themes.
        painter.fillRect(QRectF(left, m_areas.spectrogram.top(), right - left, m_areas.spectrogram.height()),
                         selectionColour(true));
        for (const double x : {left, right}) {
            painter.fillRect(QRectF(std::round(x), m_areas.ruler.top(), 1.0, m_areas.waveform.bottom()), colours.text);
            painter.fillRect(QRectF(std::round(x), m_areas.spectrogram.top(), 1.0, m_areas.spectrogram.height()),
                             Qt::white);
        }
    }
    if (m_hover && m_areas.spectrogram.contains(*m_hover)) {
        painter.setPen(QPen(QColor(255, 255, 255, 90), 1.0));
        painter.drawLine(QPointF(m_areas.spectrogram.left(), std::round(m_hover->y()) + 0.5),
                         QPointF(m_areas.spectrogram.right(), std::round(m_hover->y()) + 0.5));
    }
    if (!m_timeline.empty()) {
        const double x = toX(m_timeline.playhead());
        paintPlayhead(painter, x, m_areas.ruler.bottom() - 3.0, m_areas.spectrogram.bottom(), QColor("#ffffff"));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1.0));
        painter.setBrush(colours.accent);
        const double y = m_areas.ruler.bottom();
        painter.drawPolygon(QPolygonF{{x - 5.0, y - 9.0}, {x + 5.0, y - 9.0}, {x, y - 1.0}});
    }
    painter.restore();
}

void ClipView::paintEvent(QPaintEvent* event) {
    if (!m_layersValid || m_layers.devicePixelRatio() != devicePixelRatioF()) drawLayers();
    QPainter painter(this);
    painter.setClipRegion(event->region());
    const double scale = devicePixelRatioF();
    for (const QRect& dirty : event->region())
        painter.drawPixmap(QRectF(dirty), m_layers,
                           QRectF(QPointF(dirty.topLeft()) * scale, QSizeF(dirty.size()) * scale));
    drawMarks(painter);
    if (event->region().intersects(m_areas.foot.toAlignedRect()) && !m_timeline.empty()) drawFoot(painter);
}

void ClipView::drawFoot(QPainter& painter) {
    const LaneColours colours = LaneColours::current(palette());
    QFont small = font();
    small.setPointSizeF(std::max(6.0, small.pointSizeF() - 1.0));
    painter.setFont(small);
    painter.setPen(colours.dimmed);
    const QRectF foot = m_areas.foot.adjusted(m_areas.waveform.left(), 0.0, -8.0, 0.0);
    const QFontMetricsF metrics(small);
    const QString readout = m_hover ? readoutAt(*m_hover).text : QString();
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, readout);
    // Too narrow for both, the right text is cut, not the readout.
    const double used = m_hover ? metrics.horizontalAdvance(readout) + 24.0 : 0.0;
    const QRectF rest = foot.adjusted(used, 0.0, 0.0, 0.0);
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(footText(), Qt::ElideRight, std::max(0.0, rest.width())));
}

/// The right text of the foot: the selection, or which clip is seen.
QString ClipView::footText() const {
    if (const audio::FrameRange selection = m_timeline.selection(); !selection.empty())
        return tr("Selection %1 – %2 (%3 s)")
            .arg(timeText(m_timeline.timeOf(selection.begin), 0.001), timeText(m_timeline.timeOf(selection.end), 0.001),
                 numberText(m_timeline.timeOf(selection.length()), 3));
    if (m_comparison == Comparison::Difference)
        return tr("Orange: the first clip is louder. Blue: the second is. Colours end at 24 dB.");
    if (!m_other.clip()) return {};
    return m_comparison == Comparison::A ? tr("First clip") : tr("Second clip");
}

ClipReadout ClipView::readoutAt(const QPointF& position) const {
    ClipReadout readout;
    readout.time = std::clamp(m_timeline.toTime(position.x() - m_areas.waveform.left()), 0.0, m_timeline.seconds());
    QStringList parts{timeText(readout.time, 0.001)};
    const auto level = [](double decibels) { return tr("%1 dB").arg(numberText(decibels, 1)); };
    if (m_areas.spectrogram.contains(position)) {
        const double place = (m_areas.spectrogram.bottom() - position.y()) / m_areas.spectrogram.height();
        readout.frequency = audio::FrequencyAxis(m_options.scale, 0.0, highestFrequency()).frequencyAt(place);
        parts << tr("%1 Hz").arg(numberText(*readout.frequency, 0))
              << QString::fromStdString(audio::noteName(*readout.frequency));
        readout.level = m_tiles.levelAt(readout.time, place);
        if (readout.level)
            parts << (m_comparison == Comparison::Difference && *readout.level >= 0.0 ? QStringLiteral("+")
                                                                                      : QString()) +
                         level(*readout.level);
    } else if (const audio::WaveformPyramid* pyramid = shownPyramid(); pyramid && m_areas.waveform.contains(position)) {
        const int channels = std::min(pyramid->clip().channels, 2);
        const int channel =
            std::clamp(static_cast<int>((position.y() - m_areas.waveform.top()) / m_areas.waveform.height() * channels),
                       0, channels - 1);
        const double frame = m_timeline.toTime(position.x() - m_areas.waveform.left()) * pyramid->clip().sampleRate;
        const double wide = std::max(1.0, m_timeline.secondsPerPixel() * pyramid->clip().sampleRate);
        const auto first = static_cast<std::int64_t>(wide > 1.0 ? std::floor(frame) : std::llround(frame));
        const auto peaks = pyramid->peaks(channel, first, first + std::max<std::int64_t>(1, std::llround(wide)));
        const double peak = std::max(std::abs(peaks.lowest), std::abs(peaks.highest));
        if (peak > 0.0) {
            readout.level = 20.0 * std::log10(peak);
            parts << level(*readout.level);
        }
        if (wide <= 1.0) parts << numberText(peaks.highest, 5);
    }
    parts.removeAll(QString());
    readout.text = parts.join(QStringLiteral("   "));
    return readout;
}

} // namespace n2m::ui
