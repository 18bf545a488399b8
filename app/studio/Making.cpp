#include "app/studio/Making.h"

#include "engine/plan/PlanEdits.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/ModelFacts.h"
#include "ui/keys/Actions.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/prompt/PromptPanel.h"
#include "ui/queue/QueueModel.h"
#include "ui/queue/QueuePanel.h"
#include "ui/window/NoticeBar.h"

#include <QRandomGenerator>

#include <cmath>
#include <stdexcept>
#include <utility>

namespace n2m::studio {

using storage::JobState;

namespace {

constexpr quint32 seedsBelow = 1'000'000'000; // short enough to be read out and typed in again

constexpr double usualExtension = 15.0; // seconds

QString timeLeft(double seconds) {
    const int whole = static_cast<int>(std::ceil(seconds));
    if (whole < 90) return Making::tr("%1 s left").arg(whole);
    return Making::tr("%1 min left").arg((whole + 30) / 60);
}

} // namespace

QString progressLine(const Progress& progress) {
    QStringList parts{ui::stageTitle(QString::fromStdString(progress.stage))};
    if (progress.steps > 1) parts << Making::tr("step %1 of %2").arg(progress.step).arg(progress.steps);
    if (progress.secondsLeft >= 0.0) parts << timeLeft(progress.secondsLeft);
    return parts.join(QStringLiteral(", "));
}

Making::Making(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    ui::Actions& actions = m_parts.actions;
    connect(actions["generate"], &QAction::triggered, this, [this] { generate(false); });
    connect(actions["generate.next"], &QAction::triggered, this, [this] { generate(true); });
    connect(actions["queue.cancelRunning"], &QAction::triggered, this, [this] {
        if (!m_running) return;
        m_parts.worker.cancel(*m_running);
        wake(); // it may wait with a clip that could not be saved
    });
    connect(actions["queue.clear"], &QAction::triggered, this, &Making::clearQueue);
    actions["queue.pause"]->setChecked(m_parts.library.jobs().paused());
    connect(actions["queue.pause"], &QAction::toggled, this, [this](bool paused) {
        m_parts.library.jobs().setPaused(paused);
        if (!paused) wake();
        refresh();
    });
    connect(&m_parts.queuePanel, &ui::QueuePanel::changed, this, [this] {
        refresh();
        wake();
    });
    connect(&m_parts.queuePanel, &ui::QueuePanel::cancelRunning, this,
            [this](qlonglong job) { m_parts.worker.cancel(job); });
    connect(&m_parts.queuePanel, &ui::QueuePanel::editRequested, this, &Making::edit);
    connect(&m_parts.prompt, &ui::PromptPanel::editingCancelled, this, &Making::endEditing);
    connect(&m_parts.parameters, &ui::ParametersPanel::repaintEnded, this, &Making::restoreDraft);
    connect(&m_parts.prompt, &ui::PromptPanel::settingsChosen, this, [this](const QString& settings) {
        m_parts.parameters.useSettings(requestFromJson(settings.toStdString()));
    });
    connect(&m_parts.parameters, &ui::ParametersPanel::presetChosen, this, [this](const QString& settings) {
        m_parts.parameters.useSettings(requestFromJson(settings.toStdString()));
    });
    connect(&m_parts.parameters, &ui::ParametersPanel::presetSaved, this, [this](const QString& name) {
        Request request;
        m_parts.parameters.takeTyped();
        m_parts.parameters.writeTo(request);
        request.givenPlan.reset(); // that of one clip, after "use all": a preset is for others
        request.repaint.reset();
        storage::SavedPrompt preset;
        preset.name = name.toStdString();
        preset.settings = toJson(request);
        m_parts.library.prompts().save(preset);
    });
    connectWorker();
}

void Making::connectWorker() {
    GenerationWorker* worker = &m_parts.worker;
    connect(worker, &GenerationWorker::started, this, &Making::start);
    connect(worker, &GenerationWorker::verificationStarted, this, [this] { start(0); });
    connect(worker, &GenerationWorker::progressed, this, &Making::showProgress);
    connect(worker, &GenerationWorker::finished, this, [this](qlonglong job, qlonglong take) {
        end(job);
        Q_EMIT takeMade(take);
    });
    connect(worker, &GenerationWorker::cancelled, this, &Making::end);
    connect(worker, &GenerationWorker::failed, this, [this](qlonglong job, const QString& error) {
        end(job);
        m_parts.notice.showError(tr("A clip could not be made: %1").arg(error), tr("Try again"), [this, job] {
            if (m_parts.library.jobs().retry({job}, true)) wake();
            refresh();
        });
    });
    connect(worker, &GenerationWorker::saveFailed, this, [this](qlonglong job, const QString& error) {
        m_parts.queue.setUnsaved(job, error);
        m_parts.prompt.showProgress(tr("Made, but not saved yet"), 1.0);
        refresh();
        m_parts.notice.showError(
            tr("The clip is made, but could not be saved: %1. It is kept in memory: make room, then "
               "save it again.")
                .arg(error),
            tr("Save again"), [this] { wake(); });
    });
    connect(worker, &GenerationWorker::libraryFailed, this,
            [this](const QString& error) { m_parts.notice.showError(error, tr("Try again"), [this] { wake(); }); });
}

void Making::begin() {
    std::vector<storage::Job> interrupted;
    try { // a full disk, say: what is in the library can be seen and heard all the same
        if (!m_parts.library.readOnly()) interrupted = m_parts.library.jobs().recover();
    } catch (const storage::LibraryError& error) {
        m_parts.notice.showError(ui::inUsersLanguage(error.what()), tr("Try again"), [this] { begin(); });
    }
    refresh();
    if (!interrupted.empty()) {
        std::vector<std::int64_t> ids;
        for (const storage::Job& job : interrupted)
            ids.push_back(job.id);
        m_parts.notice.showError(interrupted.size() == 1
                                     ? tr("The program ended while a clip was being made.")
                                     : tr("The program ended while %1 clips were being made.").arg(interrupted.size()),
                                 tr("Make it again"), [this, ids] {
                                     m_parts.library.jobs().retry(ids, true);
                                     refresh();
                                     wake();
                                 });
    }
    wake();
}

void Making::wake() {
    if (m_parts.library.readOnly()) return; // to take a job is to mark it
    QMetaObject::invokeMethod(&m_parts.worker, &GenerationWorker::wake, Qt::QueuedConnection);
}

void Making::refresh() {
    m_parts.queue.reload();
    const bool paused = m_parts.library.jobs().paused();
    m_parts.actions["queue.pause"]->setChecked(paused);
    m_parts.prompt.showPaused(paused && m_parts.queue.count(JobState::Waiting) > 0);
    Q_EMIT queueChanged();
}

int Making::unfinished() const {
    return m_parts.queue.count(JobState::Running) + m_parts.queue.count(JobState::Waiting);
}

Request Making::requestOfPanels() {
    Request request;
    m_parts.parameters.takeTyped();
    request.prompt = m_parts.prompt.prompt().toStdString();
    request.negativePrompt = m_parts.prompt.negativePrompt().toStdString();
    m_parts.parameters.writeTo(request);
    // A clip that goes on beyond its end gets new music there, from the engine.
    if (request.givenPlan && !request.repaint)
        request.givenPlan = plan::fitted(std::move(*request.givenPlan), request.seconds);
    request.seed = m_parts.parameters.seed().value_or(QRandomGenerator::global()->bounded(seedsBelow));
    return request;
}

void Making::generate(bool front) {
    Request request;
    try {
        m_parts.settle();
        request = requestOfPanels();
        m_parts.check(request);
    } catch (const std::invalid_argument& error) { // what the user wrote; it is said where he wrote it
        m_parts.prompt.showProblem(ui::inUsersLanguage(error.what()));
        if (m_parts.prompt.prompt().isEmpty()) m_parts.prompt.focusPrompt();
        return;
    }
    m_parts.prompt.showProblem({});
    m_parts.library.prompts().remember(request.prompt, request.negativePrompt);
    m_parts.parameters.setLastSeed(request.seed);
    const qlonglong editing = m_editing;
    const int variations = editing != 0 ? 1 : m_parts.parameters.variations();
    std::vector<storage::NewJob> jobs;
    for (int variation = 1; variation <= variations; ++variation, ++request.seed)
        jobs.push_back({toJson(request), request.prompt, request.seed, variation, variations});
    if (editing == 0 || !m_parts.library.jobs().edit(editing, jobs.front())) {
        m_parts.library.jobs().add(jobs, front);
        if (editing != 0) m_parts.notice.showNews(tr("That job had begun already; yours was added to the queue."));
    }
    endEditing(); // now that it is safe: a library that takes no jobs leaves what was written where it is
    // Once: else what is written next would be made into this clip too. More of the same are variations.
    if (editing == 0) m_parts.parameters.endRepaint();
    refresh();
    wake();
    Q_EMIT queued();
}

void Making::edit(qlonglong id) {
    const auto job = m_parts.library.jobs().find(id);
    if (!job || job->state != JobState::Waiting) return;
    keepDraft();
    fill(requestFromJson(job->request));
    m_editing = id;
    m_parts.prompt.showEditing(true);
    m_parts.prompt.focusPrompt();
}

void Making::keepDraft() {
    if (m_draft) return; // what stands there now is no work of the user's
    m_parts.parameters.takeTyped();
    m_draft = Draft{m_parts.prompt.prompt(), m_parts.prompt.negativePrompt(), m_parts.parameters.seedText(), {}};
    m_parts.parameters.writeTo(m_draft->settings);
    m_draft->settings.prompt = m_parts.parameters.promptOfGivenPlan().toStdString();
}

void Making::endEditing() {
    leaveJob();
    restoreDraft();
}

void Making::leaveJob() {
    m_editing = 0;
    m_parts.prompt.showEditing(false);
}

void Making::restoreDraft() {
    if (const auto draft = std::exchange(m_draft, std::nullopt)) {
        m_parts.prompt.setPrompts(draft->prompt, draft->negativePrompt);
        m_parts.parameters.show(draft->settings);
        m_parts.parameters.setSeedText(draft->seed);
    }
}

void Making::clearQueue() {
    if (m_parts.library.jobs().cancelWaiting() > 0) refresh();
}

void Making::show(const Request& request) {
    m_draft.reset(); // the user wants something else by now
    leaveJob();
    fill(request);
}

void Making::fill(const Request& request) {
    m_parts.prompt.setPrompts(QString::fromStdString(request.prompt), QString::fromStdString(request.negativePrompt));
    m_parts.parameters.show(request);
    m_parts.parameters.setSeed(request.seed);
}

void Making::use(const storage::Take& take, Use what) {
    if (what == Use::Seed) {
        m_parts.parameters.setSeed(take.seed);
        return;
    }
    if (what == Use::Prompt || take.recipe.empty()) {
        m_parts.prompt.setPrompts(QString::fromStdString(take.prompt), QString::fromStdString(take.negativePrompt));
        return;
    }
    if (what == Use::All) {
        show(requestOfRecipe(take.recipe));
        return;
    }
    // Another clip of the same kind: what the user had asked for, with a new seed.
    show(take.request.empty() ? requestOfRecipe(take.recipe, RecipePlan::AsWished) : requestFromJson(take.request));
    m_parts.parameters.setSeed(std::nullopt);
}

void Making::repaint(const storage::Take& take, double from, std::optional<double> to) {
    Request request;
    if (take.recipe.empty()) { // imported: what stands in the panels has to say what it is to be like
        request = requestOfPanels();
        request.givenPlan.reset();
    } else {
        request = requestOfRecipe(take.recipe);
    }
    request.seconds = to ? take.seconds : std::min(take.seconds + usualExtension, Request::maximumSeconds);
    request.repaint = {take.file.string(), from, to.value_or(request.seconds), {}};
    keepDraft();
    leaveJob();
    fill(request);
    m_parts.parameters.setSeed(std::nullopt); // the old one would be no other music
    m_parts.prompt.focusPrompt();
}

void Making::start(qlonglong job) {
    m_running = job;
    m_runningFor.start();
    m_done = 0.0;
    m_parts.queue.setProgress(job, tr("Starting"), 0.0);
    m_parts.prompt.showProgress(tr("Starting"), 0.0);
    refresh();
}

void Making::showProgress(qlonglong job, const Progress& progress) {
    const QString line = progressLine(progress);
    // How much of the time is over; it never goes back, though the estimate of the rest may grow.
    if (progress.secondsLeft >= 0.0) {
        const double elapsed = static_cast<double>(m_runningFor.elapsed()) / 1000.0;
        m_done = std::max(m_done, elapsed / std::max(elapsed + progress.secondsLeft, 1e-3));
    }
    m_parts.queue.setProgress(job, line, m_done);
    m_parts.prompt.showProgress(line, m_done);
}

void Making::end(qlonglong job) {
    if (m_running == job) m_running.reset();
    m_parts.prompt.showIdle();
    refresh();
}

} // namespace n2m::studio
