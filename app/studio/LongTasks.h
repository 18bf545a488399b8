#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>

namespace n2m::ui {
class TaskStrip;
}

namespace n2m::studio {

/// Work on many files, on a thread of its own, one task after another. The window shows the progress, and the user can
/// stop it between two files: finished files stay, and none is left half written. GUI thread.
class LongTasks : public QObject {
    Q_OBJECT

public:
    /// Thrown by Steps::watch() where the task was stopped.
    struct TaskStopped {};

    /// The progress of a task, and whether it goes on. Any thread.
    class Steps {
    public:
        /// Call before each file. False: stop here.
        bool next(std::size_t done, std::size_t of);
        /// The same for work that only an exception can end, such as a library's: throws TaskStopped.
        void watch(std::size_t done, std::size_t of);
        bool stopped() const { return m_stopped; }
        std::size_t done() const { return m_done; }
        std::size_t of() const { return m_of; }
        void stop() { m_stopped = true; }

    private:
        std::atomic<std::size_t> m_done = 0, m_of = 0;
        std::atomic<bool> m_stopped = false;
    };
    /// Called on the GUI's thread after the work, also after stopped work.
    using Report = std::function<void()>;
    /// Runs on the thread of the tasks; must not touch objects of the GUI's thread.
    using Work = std::function<Report(Steps&)>;

    /// `strip` must outlive it.
    explicit LongTasks(ui::TaskStrip& strip, QObject* parent = nullptr);
    /// Waits for the current file.
    ~LongTasks() override;

    /// `name` is shown: "Exporting".
    void start(const QString& name, Work work);
    /// The running task ends after its current file; the waiting ones are dropped without a report. Does not wait.
    void stopAll();

Q_SIGNALS:
    /// The work has thrown.
    void failed(const QString& error);

private:
    struct Task {
        QString name;
        Work work;
        std::shared_ptr<Steps> steps = std::make_shared<Steps>();
    };
    void run();
    void finish(const Report& report);
    void show();

    ui::TaskStrip& m_strip;
    std::deque<Task> m_tasks; ///< the first one runs
    QElapsedTimer m_since;
    QTimer m_look;
    QThreadPool m_pool;
};

} // namespace n2m::studio
