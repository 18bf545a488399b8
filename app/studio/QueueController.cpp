#include "app/studio/QueueController.h"

#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/ModelFacts.h"
#include "ui/actions/Actions.h"
#include "ui/prompt/PromptPanel.h"
#include "ui/queue/QueueModel.h"
#include "ui/queue/QueuePanel.h"
#include "ui/window/NoticeBar.h"

#include <algorithm>
#include <cmath>

namespace n2m::studio {

using storage::JobState;

namespace {

QString timeLeft(double seconds) {
    const int whole = static_cast<int>(std::ceil(seconds));
    if (whole < 90) return QueueController::tr("%1 s left").arg(whole);
    return QueueController::tr("%1 min left").arg((whole + 30) / 60);
}

} // namespace

QString progressLine(const Progress& progress) {
    QStringList parts{ui::stageTitle(QString::fromStdString(progress.stage))};
    if (progress.steps > 1) parts << QueueController::tr("step %1 of %2").arg(progress.step).arg(progress.steps);
    if (progress.secondsLeft >= 0.0) parts << timeLeft(progress.secondsLeft);
    return parts.join(QStringLiteral(", "));
}

QueueController::QueueController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    m_parts.model.setJobs(m_parts.library.jobs().list());
    connectActions();
    connectPanel();
    connectWorker();
}

void QueueController::connectActions() {
    ui::Actions& actions = m_parts.actions;
    connect(actions["queue.cancelRunning"], &QAction::triggered, this, &QueueController::cancelRunning);
    connect(actions["queue.clear"], &QAction::triggered, this, [this] {
        if (m_parts.library.jobs().cancelWaiting() > 0) refresh();
    });
    actions["queue.pause"]->setChecked(m_parts.library.jobs().paused());
    connect(actions["queue.pause"], &QAction::toggled, this, [this](bool paused) {
        m_parts.library.jobs().setPaused(paused);
        if (!paused) wake();
        refresh();
    });
}

void QueueController::connectPanel() {
    const ui::QueuePanel* panel = &m_parts.panel;
    storage::JobStore* jobs = &m_parts.library.jobs();
    connect(panel, &ui::QueuePanel::cancelRequested, this, &QueueController::cancel);
    connect(panel, &ui::QueuePanel::cancelAllRequested, this, &QueueController::cancelAll);
    connect(panel, &ui::QueuePanel::cancelWaitingRequested, this, [this, jobs] {
        jobs->cancelWaiting();
        refresh();
    });
    connect(panel, &ui::QueuePanel::retryRequested, this, [this, jobs](const Ids& ids) {
        jobs->retry(ids);
        refresh();
        wake(); // also where none was retried: a clip that could not be saved is saved again
    });
    connect(panel, &ui::QueuePanel::moveRequested, this, &QueueController::move);
    connect(&m_parts.model, &ui::QueueModel::moveRequested, this, &QueueController::move);
    connect(panel, &ui::QueuePanel::removalRequested, this, [this, jobs](const Ids& ids) {
        if (jobs->remove(ids)) refresh();
    });
    connect(panel, &ui::QueuePanel::finishedRemovalRequested, this, [this, jobs] {
        jobs->removeFinished();
        refresh();
    });
}

void QueueController::connectWorker() {
    const GenerationWorker* worker = &m_parts.worker;
    connect(worker, &GenerationWorker::started, this, &QueueController::start);
    connect(worker, &GenerationWorker::verificationStarted, this, [this] { start(0); });
    connect(worker, &GenerationWorker::progressed, this, &QueueController::showProgress);
    connect(worker, &GenerationWorker::finished, this, [this](qlonglong job, qlonglong take) {
        end(job);
        Q_EMIT takeMade(take);
    });
    connect(worker, &GenerationWorker::cancelled, this, &QueueController::end);
    connect(worker, &GenerationWorker::failed, this, &QueueController::showFailure);
    connect(worker, &GenerationWorker::saveFailed, this, &QueueController::showSaveFailure);
    connect(worker, &GenerationWorker::libraryFailed, this, [this](const base::Message& error) {
        m_parts.notice.showError(ui::inUsersLanguage(error), tr("Try again"), [this] { wake(); });
    });
}

void QueueController::begin() {
    Ids interrupted;
    try { // on a full disk the clips of the library can be seen and heard all the same
        if (!m_parts.library.readOnly())
            for (const storage::Job& job : m_parts.library.jobs().recover())
                interrupted.push_back(job.id);
    } catch (const storage::LibraryError& error) {
        m_parts.notice.showError(ui::inUsersLanguage(error), tr("Try again"), [this] { begin(); });
    }
    refresh();
    if (!interrupted.empty()) showInterrupted(interrupted);
    wake();
}

void QueueController::showInterrupted(const Ids& jobs) {
    m_parts.notice.showError(jobs.size() == 1
                                 ? tr("The program ended while a clip was being made.")
                                 : tr("The program ended while %1 clips were being made.").arg(jobs.size()),
                             tr("Make it again"), [this, jobs] {
                                 m_parts.library.jobs().retry(jobs, true);
                                 refresh();
                                 wake();
                             });
}

void QueueController::wake() {
    if (m_parts.library.readOnly()) return; // taking a job writes to the library
    QMetaObject::invokeMethod(&m_parts.worker, &GenerationWorker::wake, Qt::QueuedConnection);
}

void QueueController::refresh() {
    m_parts.model.setJobs(m_parts.library.jobs().list());
    const bool paused = m_parts.library.jobs().paused();
    m_parts.actions["queue.pause"]->setChecked(paused);
    m_parts.prompt.showPaused(paused && m_parts.model.count(JobState::Waiting) > 0);
    Q_EMIT changed();
}

int QueueController::unfinished() const {
    return m_parts.model.count(JobState::Running) + m_parts.model.count(JobState::Waiting);
}

void QueueController::cancelRunning() {
    if (!m_running) return;
    m_parts.worker.cancel(*m_running);
    wake(); // the worker may wait with a clip that could not be saved
}

void QueueController::cancel(const Ids& ids) {
    for (const std::int64_t id : ids)
        if (m_parts.library.jobs().state(id) == JobState::Running) m_parts.worker.cancel(id);
    if (!m_parts.library.jobs().cancel(ids)) return;
    refresh();
    wake();
}

void QueueController::cancelAll() {
    for (const storage::Job& job : m_parts.library.jobs().list())
        if (job.state == JobState::Running) m_parts.worker.cancel(job.id);
    m_parts.library.jobs().cancelAll();
    refresh();
    wake();
}

void QueueController::move(const Ids& ids, std::int64_t before) {
    if (m_parts.library.jobs().move(ids, before)) refresh();
}

void QueueController::start(qlonglong job) {
    m_running = job;
    m_runningFor.start();
    m_done = 0.0;
    m_parts.model.setProgress(job, tr("Starting"), 0.0);
    m_parts.prompt.showProgress(tr("Starting"), 0.0);
    refresh();
}

void QueueController::showProgress(qlonglong job, const Progress& progress) {
    const QString line = progressLine(progress);
    // The share of the time that is over; it never falls, though the estimate of the rest may grow.
    if (progress.secondsLeft >= 0.0) {
        const double elapsed = static_cast<double>(m_runningFor.elapsed()) / 1000.0;
        m_done = std::max(m_done, elapsed / std::max(elapsed + progress.secondsLeft, 1e-3));
    }
    m_parts.model.setProgress(job, line, m_done);
    m_parts.prompt.showProgress(line, m_done);
}

void QueueController::showFailure(qlonglong job, const base::Message& error) {
    end(job);
    m_parts.notice.showError(tr("A clip could not be made: %1").arg(ui::inUsersLanguage(error)), tr("Try again"),
                             [this, job] {
                                 if (m_parts.library.jobs().retry({job}, true)) wake();
                                 refresh();
                             });
}

void QueueController::showSaveFailure(qlonglong job, const base::Message& error) {
    const QString line = ui::inUsersLanguage(error);
    m_parts.model.setUnsaved(job, line);
    m_parts.prompt.showProgress(tr("Made, but not saved yet"), 1.0);
    refresh();
    m_parts.notice.showError(tr("The clip is made, but could not be saved: %1. It is kept in memory: make room, then "
                                "save it again.")
                                 .arg(line),
                             tr("Save again"), [this] { wake(); });
}

void QueueController::end(qlonglong job) {
    if (m_running == job) m_running.reset();
    m_parts.prompt.showIdle();
    refresh();
}

} // namespace n2m::studio
