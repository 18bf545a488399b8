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

/// One notice at a time, at the bottom of the window, with at most one button. News disappears by itself; an error
/// stays until it is closed or another error replaces it. News covers an error for a while if that has a button or may
/// not have been read yet (nothing was pressed since, or too soon); it replaces an error that was read. GUI thread.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// Returns the notice's number, for withdraw().
    int showNews(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// Removes an outdated notice, even if it is covered; does nothing if it is gone already.
    void withdraw(int notice);
    /// Shows news that stays until it is closed: the user asked for it and may be away.
    void showResult(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// Returns the notice's number, for withdraw().
    int showError(const QString& text, const QString& button = {}, std::function<void()> action = {});
    QString text() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Notice {
        int number = 0;
        QString text;
        bool bad = false;
        QString button;
        std::function<void()> action;
    };
    void show(const Notice& notice);
    void showNew(Notice notice);
    void showSign();
    void dismiss();

    IconLabel* m_sign;
    QLabel* m_text;
    QPushButton* m_button;
    QTimer m_timer;
    Notice m_shown;
    std::optional<Notice> m_error; ///< not closed yet
    bool m_errorWasRead = false;
    QElapsedTimer m_since; ///< when m_shown appeared
    int m_number = 0;      ///< of the last notice
};

} // namespace n2m::ui
