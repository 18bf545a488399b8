#pragma once

#include <QFrame>

#include <cstddef>

class QLabel;
class QProgressBar;
class QPushButton;

namespace n2m::ui {

/// How far work on many files is, in a line at the bottom of the window, with a button that stops it. GUI thread.
class TaskStrip : public QFrame {
    Q_OBJECT

public:
    explicit TaskStrip(QWidget* parent = nullptr);

    /// "Exporting: 12 of 80"; of 0: it is not known yet how many there are.
    void showTask(const QString& what, std::size_t done, std::size_t of);
    /// It was told to stop, and has a file in its hand yet.
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
