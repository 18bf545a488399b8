#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;

namespace n2m::ui {

/// One message at a time, at the bottom of the window, with at most one thing to do about it. Errors stay until they
/// are closed; news goes by itself. GUI thread.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    void showNews(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// News that stays until it is closed: what the user asked for and may have gone away meanwhile.
    void showResult(const QString& text);
    void showError(const QString& text, const QString& button = {}, std::function<void()> action = {});
    QString text() const;

private:
    void show(const QString& text, const char* state, const QString& button, std::function<void()> action);

    QLabel *m_sign, *m_text;
    QPushButton* m_button;
    QTimer m_timer;
    std::function<void()> m_action;
};

} // namespace n2m::ui
