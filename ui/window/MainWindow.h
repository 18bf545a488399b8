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

/// The window: prompt on top, parameters left, the clip in the centre and under it the one that is being made, then
/// queue and facts, history right, the player at the bottom. It lays out and remembers; what the panels say is
/// connected elsewhere. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// What it is made of; it takes ownership.
    struct Parts {
        QWidget *prompt, *parameters, *clip, *making, *queue, *facts, *history, *player;
    };
    /// `actions` must outlive it.
    MainWindow(const Parts& parts, Actions& actions, QWidget* parent = nullptr);

    NoticeBar& notice() { return *m_notice; }
    TaskStrip& task() { return *m_task; }

    /// The heading over the clip; no title: there is no clip, and a hint stands in its place.
    void showClipTitle(const QString& title, const QString& facts);
    /// What an empty studio offers to begin with; the menu stays its owner's.
    void setHintMenu(QMenu* menu);
    void showFacts();
    void showQueueCount(int jobs);

    /// Too low for everything at its usual height: what can be is to be shorter, and follows lowChanged().
    bool isLow() const { return m_low; }

    /// Size, place and panels, as they were; at the first start a small window leaves panels out that a key brings.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    /// Dropped on it, or pasted into it.
    void filesGiven(const QStringList& files);
    void lowChanged(bool low);
    /// The user wants to close it.
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
