#include "ui/clip/ChordEditor.h"

#include "ui/Messages.h"
#include "ui/clip/ClipView.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolTip>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace n2m::ui {
namespace {

constexpr int complaintMilliseconds = 6000;

} // namespace

ChordEditor::ChordEditor(ClipView& view)
    : m_view(view)
    , m_complaint(new QLabel(&view)) {
    m_complaint->setObjectName(QStringLiteral("chordProblem"));
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->setWordWrap(true);
    m_complaint->hide();
}

void ChordEditor::setPlan(const std::optional<plan::Plan>& plan) {
    close(false);
    m_bars = plan ? barsOf(*plan) : std::vector<PlanBar>{};
    m_edited.assign(m_bars.size(), false);
}

bool ChordEditor::hasBars() const {
    return std::any_of(m_bars.begin(), m_bars.end(), [](const PlanBar& bar) { return bar.number > 0; });
}

bool ChordEditor::hasEdits() const {
    return std::find(m_edited.begin(), m_edited.end(), true) != m_edited.end();
}

std::optional<plan::Plan> ChordEditor::editedPlan() const {
    if (!m_view.plan()) return std::nullopt;
    return withChords(*m_view.plan(), m_bars, m_edited);
}

void ChordEditor::openBar(int number) {
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (m_bars[i].number == number && number > 0) open(i);
}

void ChordEditor::openAtPlayhead() {
    // The last bar that has begun; in the upbeat and before it the first. A playhead at a bar's start is on the nearest
    // frame, which may be just before it.
    const double place = m_view.timeline().playhead() + 0.5 / m_view.timeline().sampleRate();
    int number = 1;
    for (const PlanBar& bar : m_bars)
        if (bar.number > 0 && bar.start <= place) number = bar.number;
    openBar(number);
}

void ChordEditor::openNeighbour(bool next) {
    const int number = m_bars[m_openBar].number + (next ? 1 : -1);
    if (finish()) openBar(number);
}

void ChordEditor::open(std::size_t bar) {
    close(false);
    Timeline& timeline = m_view.timeline();
    const bool seen = m_bars[bar].start >= timeline.begin() && m_bars[bar].start < timeline.end();
    if (!seen) timeline.scrollTo(m_bars[bar].start);
    m_openBar = bar;
    m_field = new QLineEdit(m_bars[bar].chords, &m_view);
    m_field->setObjectName(QStringLiteral("chordEditor"));
    m_field->setAccessibleName(tr("Chords of bar %1").arg(m_bars[bar].number));
    m_field->setToolTip(
        tr("The chords of bar %1, for example Am7 or C G. Enter keeps them, Tab goes on to the next bar, Esc leaves "
           "them as they were.")
            .arg(m_bars[bar].number));
    m_field->setMaxLength(100);
    place();
    m_field->selectAll();
    m_field->show();
    m_field->setFocus();
    connect(m_field, &QLineEdit::returnPressed, this, [this] { finish(); });
    connect(m_field, &QLineEdit::textChanged, this, &ChordEditor::check);
    m_field->installEventFilter(this);
}

/// Shows the text red while it is not a chord.
void ChordEditor::check(const QString& text) {
    m_complaint->hide(); // it was about another text
    bool good = true;
    try {
        checkedBar(text);
    } catch (const std::invalid_argument&) {
        good = false;
    }
    m_field->setProperty("state", good ? QVariant() : QVariant(QStringLiteral("bad")));
    m_field->setStyleSheet(good ? QString() : QStringLiteral("QLineEdit { color: #d0342c; }"));
}

void ChordEditor::place() {
    if (!m_field) return;
    const Timeline& timeline = m_view.timeline();
    const PlanBar& bar = m_bars[m_openBar];
    if (bar.end <= timeline.begin() || bar.start >= timeline.end()) return leave();
    const QRectF lane = m_view.areas().chords;
    const double left = std::max(timeline.toPixel(bar.start), 0.0);
    const int width = std::clamp(static_cast<int>(timeline.toPixel(bar.end) - left), 96, std::max(96, m_view.width()));
    const int x = std::min(static_cast<int>(lane.left() + left), m_view.width() - width);
    m_field->setGeometry(x, static_cast<int>(lane.top()) - 2, width, static_cast<int>(lane.height()) + 4);
}

bool ChordEditor::finish() {
    if (!m_field) return true;
    try {
        checkedBar(m_field->text());
    } catch (const std::invalid_argument& error) {
        complain(inUsersLanguage(error));
        return false; // to be corrected
    }
    close(true);
    return true;
}

void ChordEditor::complain(const QString& why) {
    // Not a tool tip, which disappears as soon as the mouse moves.
    constexpr int widest = 420;
    const int width = std::min(widest, m_view.width());
    m_complaint->setText(why);
    m_complaint->resize(width, m_complaint->heightForWidth(width));
    m_complaint->move(std::min(m_field->x(), m_view.width() - width), m_field->geometry().bottom() + 3);
    m_complaint->show();
    m_complaint->raise();
}

bool ChordEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field) return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut) leave();
    if (event->type() != QEvent::KeyPress) return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        close(false);
        return true;
    case Qt::Key_Tab:
        openNeighbour(true);
        return true;
    case Qt::Key_Backtab:
        openNeighbour(false);
        return true;
    default:
        return false;
    }
}

void ChordEditor::close(bool keep) {
    if (!m_field) return;
    m_complaint->hide();
    QLineEdit* field = std::exchange(m_field, nullptr);
    const QString text = field->text();
    const bool hadFocus = m_view.window()->focusWidget() == field; // not if the user has clicked elsewhere
    field->hide();
    field->deleteLater();
    if (hadFocus) m_view.setFocus();
    if (!keep || m_openBar >= m_bars.size()) return;
    try {
        const QString checked = checkedBar(text);
        if (checked == m_bars[m_openBar].chords) return;
        m_bars[m_openBar].chords = checked;
    } catch (const std::invalid_argument& error) {
        QToolTip::showText(m_view.mapToGlobal(m_view.areas().chords.bottomLeft().toPoint()), inUsersLanguage(error),
                           &m_view, {}, complaintMilliseconds);
        return;
    }
    m_edited[m_openBar] = true;
    Q_EMIT chordsEdited(progression());
}

} // namespace n2m::ui
