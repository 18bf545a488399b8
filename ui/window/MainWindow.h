#pragma once

#include <QByteArray>
#include <QMainWindow>

class QLabel;
class QMenu;
class QPushButton;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QVBoxLayout;

namespace n2m::ui {

class Actions;
class NoticeBar;
class TaskStrip;

/// The window: prompt on top, parameters left, history right, the player at the bottom; in the centre the clip, the
/// clip in progress, then queue and facts. It lays the panels out and remembers their sizes; the studio connects them.
/// GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// The panels; the window takes ownership.
    struct Parts {
        QWidget *prompt, *parameters, *clip, *making, *queue, *facts, *history, *player;
    };
    /// `actions` must outlive it.
    MainWindow(const Parts& parts, Actions& actions, QWidget* parent = nullptr);

    NoticeBar& notice() { return *m_notice; }
    TaskStrip& task() { return *m_task; }

    /// Sets the heading over the clip; without a title a hint is shown instead of the clip.
    void showClipTitle(const QString& title, const QString& facts);
    /// Sets the menu below the hint of an empty studio; its owner keeps it.
    void setHintMenu(QMenu* menu);
    void showFacts();
    void showQueueCount(int jobs);

    /// Whether the window is too low for all panels at full height; they follow lowChanged().
    bool isLow() const { return m_low; }

    /// Keeps size, place and panels. At the first start, a small window hides panels.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    /// Files were dropped on the window or pasted into it.
    void filesGiven(const QStringList& files);
    void lowChanged(bool low);
    /// The user closes the window.
    void closing();

protected:
    bool event(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeCentre();
    void connectPanels(Actions& actions);
    void fit();
    void keepRows();
    void showHint();

    Parts m_parts;
    Actions& m_actions;
    NoticeBar* m_notice;
    TaskStrip* m_task;
    QSplitter *m_columns, *m_rows;
    QStackedWidget* m_clip;
    QPushButton* m_begin;
    QLabel *m_picture, *m_hint, *m_title, *m_facts;
    QTabWidget* m_tabs;
    bool m_low = false;
    QByteArray m_highRows; ///< state of m_rows while the window is not low
};

} // namespace n2m::ui
