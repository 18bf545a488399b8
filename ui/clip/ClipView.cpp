#include "ui/clip/ClipView.h"

#include "ui/clip/ClipControls.h"
#include "ui/clip/SelectionGrip.h"
#include "ui/style/Theme.h"

#include <QEvent>
#include <QLabel>
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
    , m_complaint(new QLabel(this)) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Clip"));
    setAccessibleDescription(tr("Waveform and spectrogram of the clip over time"));
    m_scrollBar->setAccessibleName(tr("Position in the clip"));
    m_scrollBar->setFocusPolicy(Qt::NoFocus);
    m_complaint->setObjectName(QStringLiteral("chordProblem"));
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->setWordWrap(true);
    m_complaint->hide();

    connect(&m_timeline, &Timeline::viewChanged, this, [this] {
        updateScrollBar();
        redraw();
        placeEditor();
    });
    connect(&m_timeline, &Timeline::selectionChanged, this, [this] {
        update();
        Q_EMIT selectionChanged(m_timeline.selection());
    });
    connect(&m_timeline, &Timeline::loopChanged, this, [this] {
        update();
        Q_EMIT loopChanged(m_timeline.loop());
    });
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

// --- what is shown ---

void ClipView::setClip(std::shared_ptr<const audio::Clip> clip) {
    if (clip == m_sound.clip()) return;
    m_sound.setClip(std::move(clip));
    const audio::Clip* now = m_sound.clip().get();
    m_timeline.setClip(now ? static_cast<std::int64_t>(now->frames()) : 0, now ? now->sampleRate : 1);
    if (!now && m_take != Take::A) setTake(Take::A);
    m_controls->refresh();
    updateTiles();
    layOut();
    updateScrollBar();
    redraw();
}

void ClipView::setPlan(std::optional<plan::Plan> plan) {
    if (plan == m_plan && std::find(m_edited.begin(), m_edited.end(), true) == m_edited.end()) return;
    closeEditor(false);
    m_plan = std::move(plan);
    m_bars = m_plan ? barsOf(*m_plan) : std::vector<PlanBar>{};
    m_edited.assign(m_bars.size(), false);
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
    if (!m_other.clip() && m_take != Take::A) setTake(Take::A);
    m_controls->refresh();
    updateTiles();
    redraw();
}

void ClipView::setTake(Take take) {
    if (take != Take::A && (!m_other.clip() || !m_sound.clip())) return;
    if (take == m_take) return;
    m_take = take;
    updateTiles();
    updateColours();
    layOut();
    redraw();
    Q_EMIT takeChanged(take);
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
    double highest = 0.0;
    for (const auto* clip : {&one, &other}) // the same axis for both takes, or switching would move everything
        if (*clip) highest = std::max(highest, 0.5 * (*clip)->sampleRate);
    const int rows = rowsFor(m_spectrogramArea.height() * devicePixelRatioF());
    m_tiles.setAxis(audio::FrequencyAxis(m_options.scale, 0.0, std::max(highest, 1000.0)), rows);
    if (m_take == Take::Difference)
        m_tiles.setClips(one, other, m_offset);
    else
        m_tiles.setClips(m_take == Take::A ? one : other);
}

void ClipView::updateColours() {
    ColourTable levels{};
    if (m_take == Take::Difference) {
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
    return m_take == Take::B ? m_other.pyramid() : m_sound.pyramid();
}

void ClipView::setPlayhead(double seconds) {
    if (seconds == m_playhead) return;
    const QRect before = playheadStrip(m_playhead);
    m_playhead = seconds;
    const double shown = m_timeline.end() - m_timeline.begin();
    if (m_following && m_drag == Drag::None && !m_editor && !m_timeline.fits() &&
        (seconds < m_timeline.begin() || seconds >= m_timeline.end()))
        m_timeline.scrollTo(seconds - 0.02 * shown);
    const QRect after = playheadStrip(m_playhead);
    if (before == after && m_layersValid) return;
    update(before);
    update(after);
}

// --- geometry ---

void ClipView::layOut() {
    const double small = QFontMetricsF(font()).height();
    const double width = std::max(1.0, this->width() - gutter);
    const bool bars = !m_bars.empty(), sections = m_plan && !m_plan->sections.empty();
    double y = 0.0;
    const auto take = [&](double height) {
        const QRectF area(gutter, y, width, height);
        y += height;
        return area;
    };
    m_rulerArea = take(std::round(bars ? small * 2.3 : small * 1.5));
    m_sectionArea = take(sections ? std::round(small * 1.1) : 0.0);
    m_chordArea = take(bars ? std::round(small * 1.7) : 0.0);
    const double foot = std::round(small * 1.5);
    const double lanes = std::max(40.0, height() - y - foot - scrollBarHeight - gap);
    m_waveformArea = take(std::round(lanes * m_split));
    y += gap;
    m_spectrogramArea = take(lanes - m_waveformArea.height());
    m_scrollBar->setGeometry(static_cast<int>(gutter), static_cast<int>(y), static_cast<int>(width), scrollBarHeight);
    y += scrollBarHeight;
    m_footArea = QRectF(0.0, y, this->width(), foot);
    const auto left = static_cast<int>(gutter);
    m_controls->place({0, 0, left, static_cast<int>(m_waveformArea.top())},
                      {0, static_cast<int>(m_spectrogramArea.bottom()) + 1, left,
                       height() - static_cast<int>(m_spectrogramArea.bottom()) - 1});
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
    return QRect(static_cast<int>(std::floor(x)) - 7, 0, 15, static_cast<int>(m_spectrogramArea.bottom()) + 1);
}

void ClipView::redraw() {
    m_layersValid = false;
    update();
}

} // namespace n2m::ui
