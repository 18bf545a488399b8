#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace n2m::ui {

class IconLabel;

/// One message at a time, at the bottom of the window, with at most one thing to do about it. News goes by itself; an
/// error stays until it is closed, or another takes its place: what is shown meanwhile only covers it. GUI thread.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// The number is for withdraw().
    int showNews(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// Takes back a message that is true no more; nothing happens where another is shown by now.
    void withdraw(int message);
    /// News that stays until it is closed: what the user asked for and may have gone away meanwhile.
    void showResult(const QString& text, const QString& button = {}, std::function<void()> action = {});
    void showError(const QString& text, const QString& button = {}, std::function<void()> action = {});
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Message {
        QString text;
        bool bad = false;
        QString button;
        std::function<void()> action;
    };
    void show(const Message& message);
    void showSign();
    void dismiss();

    IconLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    Message m_shown;
    std::optional<Message> m_error; ///< that was not closed yet
    int m_number = 0;               ///< of the last message
};

} // namespace n2m::ui
