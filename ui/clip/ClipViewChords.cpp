// How chords are written over a ClipView's bars.
#include "ui/clip/ClipView.h"

#include "ui/Messages.h"

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

void ClipView::editBar(int number) {
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (m_bars[i].number == number && number > 0) openEditor(i);
}

std::optional<plan::Plan> ClipView::editedPlan() const {
    if (!m_plan) return std::nullopt;
    return withChords(*m_plan, m_bars, m_edited);
}

bool ClipView::hasBars() const {
    return std::any_of(m_bars.begin(), m_bars.end(), [](const PlanBar& bar) { return bar.number > 0; });
}

void ClipView::editBarAtPlayhead() {
    // The last one that has begun; in the upbeat and before it the first. A playhead at a bar's start stands on the
    // frame that is nearest, which may be just before it.
    const double place = m_playhead + 0.5 / m_timeline.sampleRate();
    int number = 1;
    for (const PlanBar& bar : m_bars)
        if (bar.number > 0 && bar.start <= place) number = bar.number;
    editBar(number);
}

void ClipView::editNeighbour(bool next) {
    const int number = m_bars[m_editedBar].number + (next ? 1 : -1);
    if (finishEditing()) editBar(number);
}

bool ClipView::finishEditing() {
    if (!m_editor) return true;
    try {
        checkedBar(m_editor->text());
    } catch (const std::invalid_argument& error) {
        complain(inUsersLanguage(error.what()));
        return false; // to be mended
    }
    closeEditor(true);
    return true;
}

void ClipView::complain(const QString& why) {
    // No tool tip: that goes as soon as the mouse, or what is under it, moves.
    constexpr int widest = 420;
    const int width = std::min(widest, this->width());
    m_complaint->setText(why);
    m_complaint->resize(width, m_complaint->heightForWidth(width));
    m_complaint->move(std::min(m_editor->x(), this->width() - width), m_editor->geometry().bottom() + 3);
    m_complaint->show();
    m_complaint->raise();
}

void ClipView::openEditor(std::size_t bar) {
    closeEditor(false);
    const bool seen = m_bars[bar].start >= m_timeline.begin() && m_bars[bar].start < m_timeline.end();
    if (!seen) m_timeline.scrollTo(m_bars[bar].start);
    m_editedBar = bar;
    m_editor = new QLineEdit(m_bars[bar].chords, this);
    m_editor->setObjectName(QStringLiteral("chordEditor"));
    m_editor->setAccessibleName(tr("Chords of bar %1").arg(m_bars[bar].number));
    m_editor->setToolTip(
        tr("The chords of bar %1, for example Am7 or C G. Enter keeps them, Tab goes on to the next bar, Esc leaves "
           "them as they were.")
            .arg(m_bars[bar].number));
    m_editor->setMaxLength(100);
    placeEditor();
    m_editor->selectAll();
    m_editor->show();
    m_editor->setFocus();
    connect(m_editor, &QLineEdit::returnPressed, this, [this] { finishEditing(); });
    connect(m_editor, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_complaint->hide(); // it was of another text
        // Red while it is no chord.
        bool good = true;
        try {
            checkedBar(text);
        } catch (const std::invalid_argument&) {
            good = false;
        }
        m_editor->setProperty("state", good ? QVariant() : QVariant(QStringLiteral("bad")));
        m_editor->setStyleSheet(good ? QString() : QStringLiteral("QLineEdit { color: #d0342c; }"));
    });
    m_editor->installEventFilter(this);
}

void ClipView::placeEditor() {
    if (!m_editor) return;
    const PlanBar& bar = m_bars[m_editedBar];
    if (bar.end <= m_timeline.begin() || bar.start >= m_timeline.end()) return closeEditor(true); // out of sight
    const double left = std::max(m_timeline.toPixel(bar.start), 0.0);
    const int width = std::clamp(static_cast<int>(m_timeline.toPixel(bar.end) - left), 96, std::max(96, this->width()));
    const int x = std::min(static_cast<int>(m_chordArea.left() + left), this->width() - width);
    m_editor->setGeometry(x, static_cast<int>(m_chordArea.top()) - 2, width,
                          static_cast<int>(m_chordArea.height()) + 4);
}

bool ClipView::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_editor) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut) closeEditor(true);
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        closeEditor(false);
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Tab || key == Qt::Key_Backtab) {
            editNeighbour(key == Qt::Key_Tab);
            return true;
        }
    }
    return false;
}

void ClipView::closeEditor(bool commit) {
    if (!m_editor) return;
    m_complaint->hide();
    QLineEdit* editor = std::exchange(m_editor, nullptr);
    const QString text = editor->text();
    const bool wasWrittenIn = window()->focusWidget() == editor; // no longer where the user has clicked elsewhere
    editor->hide();
    editor->deleteLater();
    if (wasWrittenIn) setFocus();
    if (!commit || m_editedBar >= m_bars.size()) return;
    try {
        const QString checked = checkedBar(text);
        if (checked == m_bars[m_editedBar].chords) return;
        m_bars[m_editedBar].chords = checked;
    } catch (const std::invalid_argument& error) {
        QToolTip::showText(mapToGlobal(m_chordArea.bottomLeft().toPoint()), inUsersLanguage(error.what()), this, {},
                           complaintMilliseconds);
        return;
    }
    m_edited[m_editedBar] = true;
    redraw();
    Q_EMIT chordsEdited(progression());
}

} // namespace n2m::ui
