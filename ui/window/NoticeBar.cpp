#include "ui/window/NoticeBar.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Label.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>

namespace n2m::ui {
namespace {

constexpr int newsMilliseconds = 8000;
constexpr int readMilliseconds = 2000; // whoever presses something sooner has not read it

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
    qApp->installEventFilter(this); // to learn whether an error was read
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::dismiss);
    connect(close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const auto action = m_shown.action; // a copy: the action may show another notice
        dismiss();
        if (action) action();
    });
}

int NoticeBar::showNews(const QString& text, const QString& button, std::function<void()> action) {
    showNew({0, text, false, button, std::move(action)});
    m_timer.start(newsMilliseconds);
    return m_number;
}

void NoticeBar::showResult(const QString& text, const QString& button, std::function<void()> action) {
    showNew({0, text, false, button, std::move(action)});
}

int NoticeBar::showError(const QString& text, const QString& button, std::function<void()> action) {
    m_errorWasRead = false;
    showNew({0, text, true, button, std::move(action)});
    return m_number;
}

void NoticeBar::withdraw(int notice) {
    if (m_error && m_error->number == notice) m_error.reset();
    if (m_shown.number == notice && !isHidden()) dismiss();
}

void NoticeBar::showNew(Notice notice) {
    notice.number = ++m_number;
    if (notice.bad)
        m_error = notice;
    else if (m_error && m_errorWasRead && m_error->button.isEmpty())
        m_error.reset();
    show(notice);
}

void NoticeBar::dismiss() {
    m_timer.stop();
    if (m_shown.bad) m_error.reset();
    if (m_error)
        show(*m_error);
    else
        hide();
}

void NoticeBar::show(const Notice& notice) {
    m_timer.stop();
    m_shown = notice;
    m_since.start();
    showSign();
    setState(m_text, notice.bad ? "bad" : "");
    m_text->setText(notice.text);
    m_button->setText(notice.button);
    m_button->setVisible(!notice.button.isEmpty());
    QWidget::show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::showSign() {
    const ThemeColours& colours = themeColours();
    m_sign->setIcon(m_shown.bad ? icon("warning", colours.bad) : icon("info", colours.accent));
}

bool NoticeBar::eventFilter(QObject* watched, QEvent* event) {
    const bool pressed = event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress;
    if (pressed && m_shown.bad && !isHidden() && m_since.hasExpired(readMilliseconds)) m_errorWasRead = true;
    return QFrame::eventFilter(watched, event);
}

void NoticeBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) showSign(); // another theme
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : m_text->text();
}

} // namespace n2m::ui
