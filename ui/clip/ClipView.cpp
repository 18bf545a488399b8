#include "ui/clip/ClipView.h"

#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipControls.h"
#include "ui/clip/ClipGestures.h"
#include "ui/clip/SelectionGrip.h"
#include "ui/style/Theme.h"

#include <QEvent>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

namespace {

constexpr double gutter = 58.0; // left of the lanes, for their labels
constexpr double gap = 3.0;     // between lanes; the one between waveform and spectrogram can be dragged
constexpr int scrollBarHeight = 12;

int rowsFor(double pixels) {
    return pixels <= 300.0 ? 256 : pixels <= 700.0 ? 512 : 1024;
}

} // namespace

ClipView::ClipView(QWidget* parent)
    : QWidget(parent)
    , m_hint(tr("Nothing to show yet."))
    , m_scrollBar(new QScrollBar(Qt::Horizontal, this))
    , m_controls(new ClipControls(*this))
    , m_grip(new SelectionGrip(*this))
    , m_chords(std::make_unique<ChordEditor>(*this))
    , m_gestures(std::make_unique<ClipGestures>(*this, *m_grip)) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Clip"));
    setAccessibleDescription(tr("Waveform and spectrogram of the clip over time"));
    m_scrollBar->setAccessibleName(tr("Position in the clip"));
    m_scrollBar->setFocusPolicy(Qt::NoFocus);

    connect(&m_timeline, &Timeline::viewChanged, this, [this] {
        updateScrollBar();
        redraw();
        m_chords->place();
    });
    connect(&m_timeline, &Timeline::selectionChanged, this, [this] { update(); });
    connect(&m_timeline, &Timeline::loopChanged, this, [this] { update(); });
    connect(&m_timeline, &Timeline::playheadMoved, this, &ClipView::movePlayhead);
    connect(m_chords.get(), &ChordEditor::chordsEdited, this, &ClipView::redraw);
    connect(m_gestures.get(), &ClipGestures::seekRequested, this, &ClipView::seekRequested);
    connect(m_gestures.get(), &ClipGestures::selectionDragged, this, &ClipView::selectionDragged);
    connect(&m_tiles, &SpectrogramTiles::tilesReady, this, &ClipView::redraw);
    connect(&m_sound, &ClipSound::waveformGrew, this, &ClipView::redraw);
    connect(&m_other, &ClipSound::waveformGrew, this, &ClipView::redraw);
    connect(m_scrollBar, &QScrollBar::valueChanged, this,
            [this](int value) { m_timeline.scrollTo(value * m_timeline.secondsPerPixel()); });
    connect(m_grip, &SelectionGrip::copied, this, &ClipView::excerptCopied);
    updateColours();
    layOut();
}

ClipView::~ClipView() = default;

void ClipView::setClip(std::shared_ptr<const audio::Clip> clip) {
    if (clip == m_sound.clip()) return;
    m_sound.setClip(std::move(clip));
    const audio::Clip* now = m_sound.clip().get();
    m_timeline.setClip(now ? static_cast<std::int64_t>(now->frames()) : 0, now ? now->sampleRate : 1);
    if (!now) setComparison(Comparison::A);
    m_controls->refresh();
    updateTiles();
    layOut();
    updateScrollBar();
    redraw();
}

void ClipView::setPlan(std::optional<plan::Plan> plan) {
    if (plan == m_plan && !m_chords->hasEdits()) return;
    m_plan = std::move(plan);
    m_chords->setPlan(m_plan);
    layOut();
    redraw();
}

void ClipView::setHint(const QString& hint) {
    m_hint = hint;
    redraw();
}

void ClipView::setCompared(std::shared_ptr<const audio::Clip> clip, double offset) {
    m_offset = offset;
    m_other.setClip(std::move(clip));
    if (!m_other.clip()) setComparison(Comparison::A);
    m_controls->refresh();
    updateTiles();
    redraw();
}

void ClipView::setComparison(Comparison comparison) {
    if (comparison != Comparison::A && (!m_other.clip() || !m_sound.clip())) return;
    if (comparison == m_comparison) return;
    m_comparison = comparison;
    updateTiles();
    updateColours();
    layOut();
    redraw();
    Q_EMIT comparisonChanged(comparison);
}

void ClipView::switchClips() {
    setComparison(m_comparison == Comparison::B ? Comparison::A : Comparison::B);
}

void ClipView::switchDifference() {
    setComparison(m_comparison == Comparison::Difference ? Comparison::A : Comparison::Difference);
}

void ClipView::giveExcerpt(const QString& file) {
    m_grip->give(file);
}

void ClipView::setOptions(const SpectrogramOptions& options) {
    if (options == m_options) return;
    m_options = options;
    updateTiles();
    updateColours();
    redraw();
    Q_EMIT optionsChanged();
}

void ClipView::setSplit(double share) {
    m_split = std::clamp(share, 0.12, 0.85);
    layOut();
    updateTiles();
    redraw();
}

void ClipView::updateTiles() {
    const auto& one = m_sound.clip();
    const auto& other = m_other.clip();
    const int rows = rowsFor(m_areas.spectrogram.height() * devicePixelRatioF());
    m_tiles.setAxis(audio::FrequencyAxis(m_options.scale, 0.0, highestFrequency()), rows);
    if (m_comparison == Comparison::Difference)
        m_tiles.setClips(one, other, m_offset);
    else
        m_tiles.setClips(m_comparison == Comparison::A ? one : other);
}

/// Hz, at the top of the spectrogram. Both clips have the same axis, so that switching between them moves nothing.
double ClipView::highestFrequency() const {
    double highest = 1000.0;
    for (const auto* clip : {&m_sound.clip(), &m_other.clip()})
        if (*clip) highest = std::max(highest, 0.5 * (*clip)->sampleRate);
    return highest;
}

void ClipView::updateColours() {
    ColourTable levels{};
    if (m_comparison == Comparison::Difference) {
        // ±24 dB from one end of the colours to the other.
        const ColourTable table = differenceTable();
        for (int i = 0; i < 256; ++i) {
            const double decibels = 0.5 * (i - SpectrogramTiles::noDifference);
            levels[static_cast<std::size_t>(i)] =
                table[static_cast<std::size_t>(std::clamp(std::lround(128.0 + decibels / 24.0 * 127.0), 0l, 255l))];
        }
    } else {
        const ColourTable table = colourTable(m_options.colours);
        for (int i = 0; i < 256; ++i) {
            const double shown = audio::SpectrogramTile::decibels(static_cast<std::uint8_t>(i)) + m_options.gain;
            const double share = 1.0 + shown / m_options.range;
            levels[static_cast<std::size_t>(i)] =
                table[static_cast<std::size_t>(std::clamp(std::lround(share * 255.0), 0l, 255l))];
        }
    }
    m_tiles.setColours(levels);
}

const audio::WaveformPyramid* ClipView::shownPyramid() const {
    return m_comparison == Comparison::B ? m_other.pyramid() : m_sound.pyramid();
}

void ClipView::movePlayhead(double before) {
    const QRect left = playheadStrip(before);
    const double seconds = m_timeline.playhead(), shown = m_timeline.end() - m_timeline.begin();
    if (m_following && !m_gestures->isDragging() && !m_chords->isOpen() && !m_timeline.fits() &&
        (seconds < m_timeline.begin() || seconds >= m_timeline.end()))
        m_timeline.scrollTo(seconds - 0.02 * shown);
    const QRect entered = playheadStrip(seconds);
    if (left == entered && m_layersValid) return;
    update(left);
    update(entered);
}

void ClipView::showHover(std::optional<QPointF> position) {
    const auto line = [this](const std::optional<QPointF>& at) {
        return at && m_areas.spectrogram.contains(*at)
                   ? QRect(static_cast<int>(m_areas.spectrogram.left()), static_cast<int>(at->y()) - 2,
                           static_cast<int>(m_areas.spectrogram.width()), 5)
                   : QRect();
    };
    update(line(m_hover));
    m_hover = m_timeline.empty() ? std::nullopt : position;
    update(line(m_hover));
    update(m_areas.foot.toAlignedRect());
    Q_EMIT hovered(m_hover ? readoutAt(*m_hover) : ClipReadout{});
}

void ClipView::layOut() {
    const double small = QFontMetricsF(font()).height();
    const double width = std::max(1.0, this->width() - gutter);
    const bool bars = !m_chords->bars().empty(), sections = m_plan && !m_plan->sections.empty();
    double y = 0.0;
    const auto take = [&](double height) {
        const QRectF area(gutter, y, width, height);
        y += height;
        return area;
    };
    m_areas.ruler = take(std::round(bars ? small * 2.3 : small * 1.5));
    m_areas.sections = take(sections ? std::round(small * 1.1) : 0.0);
    m_areas.chords = take(bars ? std::round(small * 1.7) : 0.0);
    const double foot = std::round(small * 1.5);
    const double lanes = std::max(40.0, height() - y - foot - scrollBarHeight - gap);
    m_areas.waveform = take(std::round(lanes * m_split));
    y += gap;
    m_areas.spectrogram = take(lanes - m_areas.waveform.height());
    m_scrollBar->setGeometry(static_cast<int>(gutter), static_cast<int>(y), static_cast<int>(width), scrollBarHeight);
    y += scrollBarHeight;
    m_areas.foot = QRectF(0.0, y, this->width(), foot);
    const auto left = static_cast<int>(gutter);
    m_controls->place({0, 0, left, static_cast<int>(m_areas.waveform.top())},
                      {0, static_cast<int>(m_areas.spectrogram.bottom()) + 1, left,
                       height() - static_cast<int>(m_areas.spectrogram.bottom()) - 1});
    m_timeline.setWidth(static_cast<int>(width));
    m_grip->place();
    m_layersValid = false;
}

void ClipView::resizeEvent(QResizeEvent*) {
    layOut();
    updateTiles();
    updateScrollBar();
    redraw();
}

void ClipView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange) {
        layOut();
        redraw();
    }
    QWidget::changeEvent(event);
}

void ClipView::updateScrollBar() {
    const QSignalBlocker block(m_scrollBar);
    const int page = m_timeline.width();
    const double whole = std::min(m_timeline.seconds() / m_timeline.secondsPerPixel(), 2.0e9);
    m_scrollBar->setVisible(!m_timeline.empty() && !m_timeline.fits());
    m_scrollBar->setRange(0, std::max(0, static_cast<int>(whole) - page));
    m_scrollBar->setPageStep(page);
    m_scrollBar->setSingleStep(std::max(1, page / 20));
    m_scrollBar->setValue(static_cast<int>(m_timeline.begin() / m_timeline.secondsPerPixel()));
}

double ClipView::toX(double seconds) const {
    return gutter + m_timeline.toPixel(seconds);
}

QRect ClipView::playheadStrip(double seconds) const {
    const double x = std::clamp(toX(seconds), -10.0, width() + 10.0);
    return QRect(static_cast<int>(std::floor(x)) - 7, 0, 15, static_cast<int>(m_areas.spectrogram.bottom()) + 1);
}

void ClipView::redraw() {
    m_layersValid = false;
    update();
}

} // namespace n2m::ui
