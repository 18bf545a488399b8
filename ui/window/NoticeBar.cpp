#include "ui/window/NoticeBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Label.h"

#include <QAccessible>

namespace n2m::ui {
namespace {

constexpr int newsMilliseconds = 8000;

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_sign(new IconLabel(16))
    , m_text(new QLabel)
    , m_button(new QPushButton) {
    setObjectName("notice");
    setProperty("panel", true);
    m_text->setObjectName("noticeText");
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton;
    close->setIcon(icon("cancel"));
    close->setIconSize(QSize(14, 14));
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(close->accessibleName());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 8, 5);
    layout->addWidget(m_sign);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(close);
    hide();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::dismiss);
    connect(close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const auto action = m_shown.action; // it may have something to say itself
        dismiss();
        if (action) action();
    });
}

int NoticeBar::showNews(const QString& text, const QString& button, std::function<void()> action) {
    show({text, false, button, std::move(action)});
    m_timer.start(newsMilliseconds);
    return m_number;
}

void NoticeBar::showResult(const QString& text, const QString& button, std::function<void()> action) {
    show({text, false, button, std::move(action)});
}

void NoticeBar::showError(const QString& text, const QString& button, std::function<void()> action) {
    m_error = Message{text, true, button, std::move(action)};
    show(*m_error);
}

void NoticeBar::withdraw(int message) {
    if (message == m_number && !isHidden()) dismiss();
}

void NoticeBar::dismiss() {
    m_timer.stop();
    if (m_shown.bad) m_error.reset();
    if (m_error)
        show(*m_error);
    else
        hide();
}

void NoticeBar::show(const Message& message) {
    m_timer.stop();
    m_shown = message;
    ++m_number;
    showSign();
    setState(m_text, message.bad ? "bad" : "");
    m_text->setText(message.text);
    m_button->setText(message.button);
    m_button->setVisible(!message.button.isEmpty());
    QWidget::show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::showSign() {
    const ThemeColours& colours = themeColours();
    m_sign->setIcon(m_shown.bad ? icon("warning", colours.bad) : icon("info", colours.accent));
}

void NoticeBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) showSign(); // another theme
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : m_text->text();
}

} // namespace n2m::ui
