#include "ui/prompt/RepaintBox.h"

#include "ui/Numbers.h"
#include "ui/style/Icons.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace n2m::ui {
namespace {

constexpr double sameTime = 1e-6, tenth = 0.1; // seconds
constexpr int widestName = 160;                // pixels

} // namespace

RepaintBox::RepaintBox(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel) {
    setObjectName("repaint");
    m_text->setWordWrap(true);
    auto* drop = new QToolButton;
    drop->setObjectName("dropRepaint");
    drop->setIcon(icon("cancel"));
    drop->setIconSize(QSize(12, 12));
    drop->setAccessibleName(tr("Make a whole clip"));
    drop->setToolTip(tr("Keep nothing of that clip: make a whole one"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 4, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(drop, 0, Qt::AlignTop);
    connect(drop, &QToolButton::clicked, this, &RepaintBox::drop);
    refresh();
}

void RepaintBox::writeTo(Request& request) const {
    request.repaint = m_repaint;
    if (m_repaint && m_toEnd) request.repaint->to = request.seconds;
}

void RepaintBox::show(const Request& request) {
    m_repaint = request.repaint;
    m_toEnd = m_repaint && m_repaint->to >= request.seconds - sameTime;
    refresh();
}

QString RepaintBox::verb() const {
    if (!m_repaint) return {};
    return m_toEnd ? tr("Extend") : tr("Repaint");
}

void RepaintBox::drop() {
    if (!m_repaint) return;
    m_repaint.reset();
    refresh();
    Q_EMIT dropped();
}

void RepaintBox::refresh() {
    setVisible(m_repaint.has_value());
    if (m_repaint) {
        const QString whole = QFileInfo(QString::fromStdString(m_repaint->file)).completeBaseName();
        const QString name = fontMetrics().elidedText(whole, Qt::ElideMiddle, widestName);
        m_text->setToolTip(whole);
        const QString from = timeText(m_repaint->from, tenth), to = timeText(m_repaint->to, tenth);
        m_text->setText(
            m_toEnd ? tr("Extends <b>%2</b> from %1; the part before stays.").arg(from, name.toHtmlEscaped())
                    : tr("Repaints %1 to %2 of <b>%3</b>; the rest stays.").arg(from, to, name.toHtmlEscaped()));
    }
    Q_EMIT changed();
}

} // namespace n2m::ui
