#include "ui/prompt/HeardLine.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Label.h"

#include <QHBoxLayout>

namespace n2m::ui {
namespace {

constexpr int pause = 1200; // milliseconds: longer than between two keys

} // namespace

HeardLine::HeardLine(QWidget* parent)
    : QWidget(parent)
    , m_heard(new ElidedLabel)
    , m_doubts(new ElidedLabel) {
    m_heard->setObjectName("heardAs");
    m_heard->setProperty("dimmed", true);
    m_doubts->setObjectName("heardDoubts");
    setState(m_doubts, "warning");
    for (ElidedLabel* label : {m_heard, m_doubts})
        label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred); // as wide as its words, if there is room
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 0, 2, 0);
    layout->setSpacing(16);
    layout->addWidget(m_heard);
    layout->addWidget(m_doubts);
    layout->addStretch();
    // As high without words, so that nothing moves when one begins to type.
    setFixedHeight(m_heard->fontMetrics().height() + 2);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, [this] { show(m_whole); });
}

void HeardLine::say(const HeardPrompt& heard, const QString& typed) {
    m_pause.stop();
    m_whole = heard;
    HeardPrompt shown = heard;
    if (!shown.unknown.isEmpty() && typed.endsWith(shown.unknown.last())) {
        shown.unknown.removeLast();
        m_pause.start();
    }
    show(shown);
}

void HeardLine::show(const HeardPrompt& heard) {
    m_heard->setText(heard.heard.isEmpty() ? QString()
                                           : tr("Heard as: %1").arg(heard.heard.join(QStringLiteral(" · "))));
    m_heard->setToolTip(m_heard->text());
    QStringList doubts, reasons;
    if (!heard.contradictory.isEmpty()) {
        doubts << tr("Contradictory: %1").arg(heard.contradictory.join(QStringLiteral("; ")));
        reasons << tr("These words exclude one another, so the model has to choose.");
    }
    if (!heard.impossible.isEmpty()) {
        doubts << tr("Not possible: %1").arg(heard.impossible.join(QStringLiteral(", ")));
        reasons << tr("The model has learned no music with this.");
    }
    if (!heard.unknown.isEmpty()) {
        doubts << tr("Not understood: %1").arg(heard.unknown.join(QStringLiteral(", ")));
        reasons << tr("The model does not know these words, so they hardly change the music.");
    }
    m_doubts->setText(doubts.join(QStringLiteral(" · ")));
    m_doubts->setToolTip(
        doubts.isEmpty() ? QString() : m_doubts->text() + QStringLiteral("\n\n") + reasons.join(QLatin1Char('\n')));
}

QString HeardLine::text() const {
    return m_doubts->text().isEmpty() ? m_heard->text() : m_heard->text() + QStringLiteral(" · ") + m_doubts->text();
}

} // namespace n2m::ui
