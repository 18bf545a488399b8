#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QListView;
class QToolButton;

namespace n2m::storage {
class JobStore;
}

namespace n2m::ui {

class Actions;
class QueueModel;

/// The queue and what can be done with it. GUI thread.
class QueuePanel : public QWidget {
    Q_OBJECT

public:
    /// All must outlive it.
    QueuePanel(QueueModel& model, storage::JobStore& jobs, Actions& actions, QWidget* parent = nullptr);

    std::vector<std::int64_t> selectedIds() const;

    /// Del in the list is about the jobs there, not about the clip that is shown.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    /// The queue was changed here: whoever works on it should look at it.
    void changed();
    /// Stop this job, between two steps.
    void cancelRunning(qlonglong job);
    /// A waiting job is taken back into the settings, to be changed there.
    void editRequested(qlonglong job);
    void takeChosen(qlonglong take);

private:
    void cancelSelected();
    void retrySelected();
    void removeFinished();
    void removeSelected();
    void dropSelected();
    void showMenu(const QPoint& place);
    void showState();
    void openCurrent();

    QueueModel& m_model;
    storage::JobStore& m_jobs;
    Actions& m_actions;
    QListView* m_list;
    QToolButton *m_cancel, *m_retry, *m_edit;
    QLabel* m_summary;
};

} // namespace n2m::ui
