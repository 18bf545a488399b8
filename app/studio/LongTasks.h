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

/// Work on many files, off the GUI's thread, one task after another. The window shows how far it is, and the user can
/// stop it between two files: what is done stays done, and nothing is left half written. GUI thread.
class LongTasks : public QObject {
    Q_OBJECT

public:
    struct Stopped {};

    /// How far a task is, and whether it is still wanted. Any thread.
    class Steps {
    public:
        /// To be asked before each file. False: no more of them.
        bool next(std::size_t done, std::size_t of);
        /// The same for work that can be ended only by throwing, such as a library's: throws Stopped.
        void watch(std::size_t done, std::size_t of);
        bool stopped() const { return m_stopped; }
        std::size_t done() const { return m_done; }
        std::size_t of() const { return m_of; }
        void stop() { m_stopped = true; }

    private:
        std::atomic<std::size_t> m_done = 0, m_of = 0;
        std::atomic<bool> m_stopped = false;
    };
    /// What the GUI's thread does when the work has ended, however it ended.
    using Report = std::function<void()>;
    /// Runs on a thread of its own, and may not touch what belongs to the GUI's.
    using Work = std::function<Report(Steps&)>;

    /// `strip` must outlive it.
    explicit LongTasks(ui::TaskStrip& strip, QObject* parent = nullptr);
    /// Waits for the file at hand.
    ~LongTasks() override;

    /// `what` it is, for the eye: "Exporting".
    void start(const QString& what, Work work);
    /// The one that runs ends after the file at hand; those that wait are dropped, unreported. Does not wait.
    void stopAll();

Q_SIGNALS:
    /// Work has thrown.
    void failed(const QString& error);

private:
    struct Task {
        QString what;
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
