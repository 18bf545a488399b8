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
class JobStore;
} // namespace n2m::storage

namespace n2m::ui {

class Actions;
class QueueModel;

/// The queue and what can be done with it. GUI thread.
class QueuePanel : public QWidget {
    Q_OBJECT

public:
    /// All must outlive it.
    QueuePanel(QueueModel& model, storage::JobStore& jobs, Actions& actions, QWidget* parent = nullptr);

    /// How many seconds the jobs that wait will take, where that is known. Asked whenever the queue has changed.
    using Forecast = std::function<std::optional<double>(const std::vector<storage::Job>& waiting)>;
    void setForecast(Forecast forecast);

    std::vector<std::int64_t> selectedIds() const;

    /// Del, Alt+Up and Alt+Down in the list are about the jobs there, not about the clip that is shown or the prompt.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The queue was changed here: whoever works on it should look at it.
    void changed();
    /// Stop this job, between two steps.
    void cancelRunning(qlonglong job);
    /// A waiting job is taken back into the settings, to be changed there.
    void editRequested(qlonglong job);
    void takeChosen(qlonglong take);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Work = void (QueuePanel::*)();
    static Work workOf(const QKeyEvent& key); ///< null: it is none of its keys
    std::vector<std::int64_t> waitingIds() const;
    void moveUp();
    void moveDown();
    void cancelSelected();
    void retrySelected();
    void removeFinished();
    void removeSelected();
    void dropSelected();
    void showMenu(const QPoint& place);
    void showState();
    QString summary() const;
    void openCurrent();

    QueueModel& m_model;
    storage::JobStore& m_jobs;
    Actions& m_actions;
    QListView* m_list;
    QToolButton *m_cancel, *m_retry, *m_edit;
    QLabel* m_summary;
    QWidget* m_bar; ///< summary and buttons
    Forecast m_forecast;
};

} // namespace n2m::ui
