#pragma once

#include <QFrame>

#include <cstddef>

class QLabel;
class QProgressBar;
class QPushButton;

namespace n2m::ui {

/// Progress of work on many files, a line at the bottom of the window with a button that stops it. GUI thread.
class TaskStrip : public QFrame {
    Q_OBJECT

public:
    explicit TaskStrip(QWidget* parent = nullptr);

    /// Shows "Exporting: 12 of 80"; `of` 0: the number is not known yet.
    void showTask(const QString& what, std::size_t done, std::size_t of);
    /// Shows that the work stops after the current file.
    void showStopping();
    void end();

Q_SIGNALS:
    void stopRequested();

private:
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_stop;
    bool m_stopping = false;
};

} // namespace n2m::ui
