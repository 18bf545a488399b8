#pragma once

#include "app/studio/GenerationWorker.h"
#include "storage/Take.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <optional>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class NoticeBar;
class ParametersPanel;
class PromptPanel;
class QueueModel;
class QueuePanel;
} // namespace n2m::ui

namespace n2m::studio {

/// From the settings to the queue, and from the worker back to the eye: adds jobs, shows their progress, puts a clip's
/// settings back. GUI thread.
class Making : public QObject {
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::PromptPanel& prompt;
        ui::ParametersPanel& parameters;
        ui::QueueModel& queue;
        ui::QueuePanel& queuePanel;
        ui::NoticeBar& notice;
        GenerationWorker& worker;
        /// Throws std::invalid_argument for a request that cannot be made.
        std::function<void(const Request&)> check;
        /// Called before the panels are read: takes over what is still being typed elsewhere. Throws
        /// std::invalid_argument where that makes no sense.
        std::function<void()> settle;
    };
    explicit Making(const Parts& parts, QObject* parent = nullptr);

    enum class Use { All, AllButSeed, Prompt, Seed };
    void use(const storage::Take& take, Use what);
    void show(const Request& request);
    /// A waiting job that is being edited is left as it is, and a repaint is given up; what stood in the panels before
    /// comes back.
    void endEditing();
    /// The settings of a clip are put back for a range of it to be made anew, from `from` seconds to `to`; without
    /// `to`, it is to go on beyond its end.
    void repaint(const storage::Take& take, double from, std::optional<double> to);

    /// For the start: what ran when the last program ended is offered again, and what waits is begun.
    void begin();
    /// The library may have been changed by another program.
    void refresh();
    int unfinished() const; ///< jobs that run or wait
    /// A verification shows its progress as a job does; this is its end.
    void endVerification() { end(0); }

Q_SIGNALS:
    /// What the panels say was put into the queue.
    void queued();
    void takeMade(qlonglong take);
    void queueChanged();

private:
    Request requestOfPanels();
    void generate(bool front);
    void edit(qlonglong job);
    void leaveJob();
    void keepDraft();
    void restoreDraft();
    void fill(const Request& request);
    void wake();
    void connectWorker();
    void start(qlonglong job);
    void showProgress(qlonglong job, const Progress& progress);
    void end(qlonglong job);
    void clearQueue();

    /// What was being written.
    struct Draft {
        QString prompt, negativePrompt, seed;
        Request settings; ///< its prompt is that of the plan that it gives
    };

    Parts m_parts;
    qlonglong m_editing = 0;
    std::optional<Draft> m_draft;       ///< while a waiting job is edited, or a clip repainted, in its place
    std::optional<qlonglong> m_running; ///< 0: a verification
    QElapsedTimer m_runningFor;
    double m_done = 0.0;
};

/// "Spectrogram, step 3 of 24, 12 s left".
QString progressLine(const Progress& progress);

} // namespace n2m::studio
