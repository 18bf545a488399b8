#include "ui/clip/Timeline.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace n2m::ui {

namespace {

constexpr double pixelsPerFrame = 24.0; // at the closest
constexpr double normal = 100.0;        // pixels per second

} // namespace

Timeline::Timeline(QObject* parent)
    : QObject(parent) {}

void Timeline::setClip(std::int64_t frames, int sampleRate) {
    const auto length = static_cast<double>(std::max<std::int64_t>(frames, 0));
    const double rate = std::max(sampleRate, 1);
    if (length == m_frames && rate == m_rate) return;
    m_frames = length;
    m_rate = rate;
    setSelection({});
    setLoop(std::nullopt);
    fit();
}

void Timeline::setWidth(int pixels) {
    m_width = std::max(pixels, 1);
    if (m_fitted)
        fit();
    else
        setView(m_begin, m_scale);
}

std::int64_t Timeline::toFrame(double pixel) const {
    return std::clamp<std::int64_t>(std::llround(toTime(pixel) * m_rate), 0, frames());
}

void Timeline::setView(double begin, double scale) {
    const double widest = empty() ? 1.0 / normal : seconds() / m_width;
    const double closest = std::min(widest, 1.0 / (m_rate * pixelsPerFrame));
    scale = std::clamp(scale, closest, widest);
    begin = std::clamp(begin, 0.0, std::max(0.0, seconds() - scale * m_width));
    m_fitted = scale >= widest;
    if (begin == m_begin && scale == m_scale) return;
    m_begin = begin;
    m_scale = scale;
    Q_EMIT viewChanged();
}

void Timeline::zoomAround(double pixel, double factor) {
    const double time = toTime(pixel);
    const double widest = empty() ? 1.0 / normal : seconds() / m_width;
    const double closest = std::min(widest, 1.0 / (m_rate * pixelsPerFrame));
    const double scale = std::clamp(m_scale / factor, closest, widest);
    setView(time - pixel * scale, scale);
}

void Timeline::scrollTo(double begin) {
    setView(begin, m_scale);
}

void Timeline::scrollBy(double pixels) {
    setView(m_begin + pixels * m_scale, m_scale);
}

void Timeline::showRange(double begin, double end) {
    if (end <= begin) return;
    setView(begin, (end - begin) / m_width);
}

void Timeline::fit() {
    setView(0.0, empty() ? 1.0 / normal : seconds() / m_width);
    m_fitted = true;
}

void Timeline::showNormal() {
    zoomAround(0.5 * m_width, m_scale * normal);
}

bool Timeline::fits() const {
    return m_fitted;
}

audio::FrameRange Timeline::inside(audio::FrameRange range) const {
    if (range.end < range.begin) std::swap(range.begin, range.end);
    return {std::clamp<std::int64_t>(range.begin, 0, frames()), std::clamp<std::int64_t>(range.end, 0, frames())};
}

void Timeline::setSelection(audio::FrameRange range) {
    range = inside(range);
    if (range == m_selection) return;
    m_selection = range;
    Q_EMIT selectionChanged(range);
}

void Timeline::setLoop(std::optional<audio::FrameRange> range) {
    if (range) range = inside(*range);
    if (range && range->empty()) range.reset();
    if (range == m_loop) return;
    m_loop = range;
    Q_EMIT loopChanged(range);
}

void Timeline::setPlayhead(double seconds) {
    if (seconds == m_playhead) return;
    const double before = std::exchange(m_playhead, seconds);
    Q_EMIT playheadMoved(before);
}

void Timeline::zoomAtPlayhead(double factor) {
    const double pixel = toPixel(m_playhead);
    zoomAround(pixel >= 0.0 && pixel <= m_width ? pixel : 0.5 * m_width, factor);
}

void Timeline::zoomIn() {
    zoomAtPlayhead(2.0);
}

void Timeline::zoomOut() {
    zoomAtPlayhead(0.5);
}

void Timeline::showSelection() {
    if (!m_selection.empty()) showRange(timeOf(m_selection.begin), timeOf(m_selection.end));
}

void Timeline::selectFromPlayhead() {
    const std::int64_t frame = std::llround(m_playhead * sampleRate());
    setSelection({frame, !m_selection.empty() && m_selection.end > frame ? m_selection.end : frames()});
}

void Timeline::selectToPlayhead() {
    const std::int64_t frame = std::llround(m_playhead * sampleRate());
    setSelection({!m_selection.empty() && m_selection.begin < frame ? m_selection.begin : 0, frame});
}

void Timeline::selectNothing() {
    setSelection({});
}

void Timeline::loopSelection() {
    if (m_selection.empty() || m_loop == m_selection)
        setLoop(std::nullopt);
    else
        setLoop(m_selection);
}

} // namespace n2m::ui
