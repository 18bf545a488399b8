#pragma once

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace n2m::ui {

class IconLabel;

/// One message at a time, at the bottom of the window, with at most one thing to do about it. News goes by itself; an
/// error stays until it is closed, or another takes its place. News only covers an error about which something can be
/// done, and one that may not have been read: it was not there for long, or nobody has pressed anything since. One that
/// was read gives way to news for good. GUI thread.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// The number is for withdraw().
    int showNews(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// Takes back a message that is true no more, also where it is covered; nothing happens where it is gone by now.
    void withdraw(int message);
    /// News that stays until it is closed: what the user asked for and may have gone away meanwhile.
    void showResult(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// The number is for withdraw().
    int showError(const QString& text, const QString& button = {}, std::function<void()> action = {});
    QString text() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Message {
        int number = 0;
        QString text;
        bool bad = false;
        QString button;
        std::function<void()> action;
    };
    void show(const Message& message);
    void showNew(Message message);
    void showSign();
    void dismiss();

    IconLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    Message m_shown;
    std::optional<Message> m_error; ///< that was not closed yet
    bool m_errorWasRead = false;
    QElapsedTimer m_since; ///< the error is on the screen
    int m_number = 0;      ///< of the last message
};

} // namespace n2m::ui
