#include "app/studio/GenerationController.h"

#include "app/studio/QueueController.h"
#include "engine/plan/PlanEdits.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/prompt/PromptPanel.h"
#include "ui/queue/QueuePanel.h"
#include "ui/window/NoticeBar.h"

#include <QRandomGenerator>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace n2m::studio {
namespace {

constexpr quint32 seedsBelow = 1'000'000'000; // short enough to be read out and typed in again

} // namespace

GenerationController::GenerationController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    const ui::Actions& actions = m_parts.actions;
    connect(actions["generate"], &QAction::triggered, this, [this] { generate(false); });
    connect(actions["generate.next"], &QAction::triggered, this, [this] { generate(true); });
    connect(&m_parts.queuePanel, &ui::QueuePanel::editRequested, this, &GenerationController::edit);
    connect(&m_parts.prompt, &ui::PromptPanel::editingCancelled, this, &GenerationController::endEditing);
    connect(&m_parts.parameters, &ui::ParametersPanel::repaintEnded, this, &GenerationController::restoreDraft);
}

Request GenerationController::requestOfPanels() {
    Request request;
    m_parts.parameters.takeTyped();
    request.prompt = m_parts.prompt.prompt().toStdString();
    request.negativePrompt = m_parts.prompt.negativePrompt().toStdString();
    m_parts.parameters.writeTo(request);
    // An extended clip gets new music beyond its end, from the engine.
    if (request.givenPlan && !request.repaint)
        request.givenPlan = plan::withLength(std::move(*request.givenPlan), request.seconds);
    request.seed = m_parts.parameters.seed().value_or(QRandomGenerator::global()->bounded(seedsBelow));
    return request;
}

void GenerationController::generate(bool front) {
    Request request;
    try {
        m_parts.settle();
        request = requestOfPanels();
        request.validate();
    } catch (const std::invalid_argument& error) { // shown below the prompt, where the user can mend it
        m_parts.prompt.showProblem(ui::inUsersLanguage(error));
        if (m_parts.prompt.prompt().isEmpty()) m_parts.prompt.focusPrompt();
        return;
    }
    m_parts.prompt.showProblem({});
    m_parts.library.prompts().remember(request.prompt, request.negativePrompt);
    m_parts.parameters.setLastSeed(request.seed);
    queue(std::move(request), front);
}

void GenerationController::queue(Request request, bool front) {
    const qlonglong editing = m_editing;
    const int variations = editing != 0 ? 1 : m_parts.parameters.variations();
    std::vector<storage::NewJob> jobs;
    for (int variation = 1; variation <= variations; ++variation, ++request.seed)
        jobs.push_back({toJson(request), request.prompt, request.seed, variation, variations});
    if (editing == 0 || !m_parts.library.jobs().edit(editing, jobs.front())) {
        m_parts.library.jobs().add(jobs, front);
        if (editing != 0) m_parts.notice.showNews(tr("That job had begun already; yours was added to the queue."));
    }
    endEditing(); // after the library took the jobs: if it throws, the panels stay as they are
    // Once: the next prompt is for another clip. Variations repaint the same range several times.
    if (editing == 0) m_parts.parameters.endRepaint();
    m_parts.queue.refresh();
    m_parts.queue.wake();
    Q_EMIT queued();
}

void GenerationController::edit(qlonglong id) {
    const auto job = m_parts.library.jobs().find(id);
    if (!job || job->state != storage::JobState::Waiting) return;
    keepDraft();
    fill(requestFromJson(job->request));
    m_editing = id;
    m_parts.prompt.showEditing(true);
    m_parts.prompt.focusPrompt();
}

void GenerationController::keepDraft() {
    if (m_draft) return; // the panels show a job or a repaint, not the user's draft
    m_parts.parameters.takeTyped();
    m_draft = Draft{m_parts.prompt.prompt(), m_parts.prompt.negativePrompt(), m_parts.parameters.seedText(), {}};
    m_parts.parameters.writeTo(m_draft->settings);
    m_draft->settings.prompt = m_parts.parameters.promptOfGivenPlan().toStdString();
}

void GenerationController::endEditing() {
    leaveJob();
    restoreDraft();
}

void GenerationController::leaveJob() {
    m_editing = 0;
    m_parts.prompt.showEditing(false);
}

void GenerationController::restoreDraft() {
    if (const auto draft = std::exchange(m_draft, std::nullopt)) {
        m_parts.prompt.setPrompts(draft->prompt, draft->negativePrompt);
        m_parts.parameters.show(draft->settings);
        m_parts.parameters.setSeedText(draft->seed);
    }
}

void GenerationController::show(const Request& request) {
    m_draft.reset(); // the user chose other settings
    leaveJob();
    fill(request);
}

void GenerationController::fill(const Request& request) {
    m_parts.prompt.setPrompts(QString::fromStdString(request.prompt), QString::fromStdString(request.negativePrompt));
    m_parts.parameters.show(request);
    m_parts.parameters.setSeed(request.seed);
}

void GenerationController::use(const storage::Take& take, Reuse what) {
    if (what == Reuse::Seed) {
        m_parts.parameters.setSeed(take.seed);
        return;
    }
    if (what == Reuse::Prompt || take.recipe.empty()) {
        m_parts.prompt.setPrompts(QString::fromStdString(take.prompt), QString::fromStdString(take.negativePrompt));
        return;
    }
    if (what == Reuse::All) {
        show(requestOfRecipe(take.recipe));
        return;
    }
    // Another clip of the same kind: the user's own request, with a new seed.
    show(take.request.empty() ? requestOfRecipe(take.recipe, RecipePlan::AsWished) : requestFromJson(take.request));
    m_parts.parameters.setSeed(std::nullopt);
}

void GenerationController::repaint(const storage::Take& take, double from, std::optional<double> to) {
    Request request;
    if (take.recipe.empty()) { // imported: the settings in the panels describe the new music
        request = requestOfPanels();
        request.givenPlan.reset();
    } else {
        request = requestOfRecipe(take.recipe);
    }
    request.seconds = to ? take.seconds : std::min(take.seconds + Repaint::usualExtension, Request::maximumSeconds);
    request.repaint = {take.file.string(), from, to.value_or(request.seconds), {}};
    keepDraft();
    leaveJob();
    fill(request);
    m_parts.parameters.setSeed(std::nullopt); // the seed of the clip would give the same music again
    m_parts.prompt.focusPrompt();
}

} // namespace n2m::studio
