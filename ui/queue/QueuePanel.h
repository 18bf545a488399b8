#pragma once

#include <QWidget>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QListView;
class QToolButton;

namespace n2m::storage {
struct Job;
}

namespace n2m::ui {

class Actions;
class QueueModel;

/// The queue and the buttons for it. It asks for changes by its signals; the model shows them. GUI thread.
class QueuePanel : public QWidget {
    Q_OBJECT

public:
    using Ids = std::vector<std::int64_t>;

    /// Model and actions must outlive it.
    QueuePanel(QueueModel& model, Actions& actions, QWidget* parent = nullptr);

    /// Estimates the seconds that the waiting jobs will take, if known. Called whenever the queue has changed.
    using Forecast = std::function<std::optional<double>(const std::vector<storage::Job>& waiting)>;
    void setForecast(Forecast forecast);

    Ids selectedIds() const;

    /// Del, Alt+Up and Alt+Down in the list act on its jobs, not on the shown clip or the prompt.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void cancelRequested(const std::vector<std::int64_t>& jobs); ///< running ones stop between two steps
    void cancelAllRequested();
    void cancelWaitingRequested();
    /// Failed, cancelled and interrupted jobs wait again; a clip that could not be saved is saved again.
    void retryRequested(const std::vector<std::int64_t>& jobs);
    /// Waiting jobs are moved in front of another waiting one; 0 = to the end.
    void moveRequested(const std::vector<std::int64_t>& jobs, std::int64_t before);
    void removalRequested(const std::vector<std::int64_t>& jobs);
    void finishedRemovalRequested();
    /// A waiting job is taken back into the settings, to be changed there.
    void editRequested(qlonglong job);
    void takeChosen(qlonglong take);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Work = void (QueuePanel::*)();
    static Work workOf(const QKeyEvent& key); ///< null: not a key of the list
    Ids waitingIds() const;
    void askToMove(const Ids& jobs, std::int64_t before);
    void moveUp();
    void moveDown();
    void cancelSelected();
    void retrySelected();
    void removeSelected();
    void dropSelected();
    void showMenu(const QPoint& place);
    void showState();
    QString summary() const;
    void openCurrent();

    QueueModel& m_model;
    Actions& m_actions;
    QListView* m_list;
    QToolButton *m_cancel, *m_retry, *m_edit;
    QLabel* m_summary;
    QWidget* m_bar; ///< summary and buttons
    Forecast m_forecast;
};

} // namespace n2m::ui
