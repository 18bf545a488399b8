#include "ui/window/NoticeBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/Label.h"

#include <QAccessible>

namespace n2m::ui {
namespace {

constexpr int newsMilliseconds = 8000;

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel)
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
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (m_action) m_action();
    });
}

void NoticeBar::showNews(const QString& text, const QString& button, std::function<void()> action) {
    show(text, "", button, std::move(action));
    m_timer.start(newsMilliseconds);
}

void NoticeBar::showResult(const QString& text) {
    m_timer.stop();
    show(text, "", {}, {});
}

void NoticeBar::showError(const QString& text, const QString& button, std::function<void()> action) {
    m_timer.stop();
    show(text, "bad", button, std::move(action));
}

void NoticeBar::show(const QString& text, const char* state, const QString& button, std::function<void()> action) {
    const ThemeColours& colours = themeColours();
    const bool bad = *state != '\0';
    m_sign->setPixmap((bad ? icon("warning", colours.bad) : icon("info", colours.accent)).pixmap(16));
    setState(m_text, state);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_action = std::move(action);
    QWidget::show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : m_text->text();
}

} // namespace n2m::ui
