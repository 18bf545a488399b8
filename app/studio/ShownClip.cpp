#include "app/studio/ShownClip.h"

#include "app/studio/ClipLoader.h"
#include "engine/plan/PlanJson.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <utility>

namespace n2m::studio {
namespace {

std::optional<plan::Plan> planOf(const storage::Take& take) {
    const auto json = nlohmann::json::parse(take.plan, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    try {
        return plan::planFromJson(json);
    } catch (const std::invalid_argument&) { // written by another program: the clip is shown without it
        return std::nullopt;
    }
}

} // namespace

ShownClip::ShownClip(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_loader(new ClipLoader(this)) {
    connectLoader();
    connect(&m_parts.history, &ui::HistoryPanel::currentChanged, this, &ShownClip::show);
    connect(&m_parts.history, &ui::HistoryPanel::activated, this, [this](qlonglong take) {
        if (take == m_take && m_current.clip && !m_loader->isLoading()) {
            Q_EMIT playRequested();
            return;
        }
        show(take);
        m_playWhenRead = m_loader->isLoading();
    });
    connect(m_parts.actions["clip.compare"], &QAction::triggered, this, &ShownClip::toggleComparison);
    connect(m_parts.actions["clip.facts"], &QAction::triggered, this, [this] { m_parts.window.showFacts(); });
    enableActions(std::nullopt);
}

ShownClip::~ShownClip() = default;

void ShownClip::connectLoader() {
    connect(m_loader, &ClipLoader::loaded, this, &ShownClip::showLoaded);
    connect(m_loader, &ClipLoader::failed, this, &ShownClip::showReadError);
    connect(m_loader, &ClipLoader::delayed, this, [this] {
        keepForComparison();
        showNothing(readingHint());
    });
}

std::optional<storage::Take> ShownClip::findTake() const {
    return m_take == 0 ? std::nullopt : m_parts.library.takes().find(m_take);
}

void ShownClip::begin(qlonglong take) {
    m_ofLastSession = take;
    choose(take);
    giveWay(); // it was not chosen by the user just now
}

void ShownClip::choose(qlonglong take) {
    if (!m_parts.history.select(take)) { // else the next command would be about what is selected there
        const QSignalBlocker quiet(&m_parts.history);
        m_parts.history.selectNothing();
    }
    if (m_take != take) show(take); // the search may hide it from the list
}

void ShownClip::takeMade(qlonglong take) {
    const bool follow = m_take == 0 || (m_take == m_givesWay && !isInUse());
    m_givesWay = take;
    refresh();
    if (follow) return choose(take);
    if (const auto made = m_parts.library.takes().find(take))
        m_parts.window.notice().showNews(tr("“%1” is ready.").arg(ui::HistoryModel::titleOf(*made)), tr("Show"),
                                         [this, take] { choose(take); });
}

bool ShownClip::isInUse() const {
    const QWidget* focus = QApplication::focusWidget();
    const bool writing = focus && focus->testAttribute(Qt::WA_InputMethodEnabled) && m_parts.facts.isAncestorOf(focus);
    return writing || m_parts.history.selectedIds().size() > 1 || m_parts.inUse();
}

void ShownClip::refresh() {
    m_parts.history.refresh();
    update();
}

void ShownClip::refreshMarks() {
    m_parts.history.refreshMarks();
    update();
}

void ShownClip::showPreview(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan,
                            const QString& prompt) {
    m_parts.history.selectNothing();
    if (m_take != 0) show(0);
    m_previewPrompt = prompt;
    m_current = {0, std::move(clip)};
    m_playWhenRead = false;
    update();
    Q_EMIT clipShown(m_current.clip, std::move(plan));
    Q_EMIT playRequested();
}

void ShownClip::endPreview() {
    if (!m_previewPrompt.isEmpty() && m_take == 0) show(0);
}

bool ShownClip::playWhenRead() {
    if (!m_loader->isLoading()) return false;
    m_playWhenRead = !m_playWhenRead;
    if (!m_current.clip) Q_EMIT hintChanged(readingHint());
    return true;
}

QString ShownClip::readingHint() const {
    const QString reading = tr("Reading …");
    return m_playWhenRead ? reading + QStringLiteral("\n\n") + tr("It plays as soon as it is there.") : reading;
}

void ShownClip::show(qlonglong id) {
    const auto take = id == 0 ? std::nullopt : m_parts.library.takes().find(id); // first: it may throw
    const bool another = id != m_take;
    m_take = id;
    if (id != m_ofLastSession) m_ofLastSession = 0;
    const bool wasPreview = !m_previewPrompt.isEmpty();
    if (wasPreview) {
        m_previewPrompt.clear();
        m_current.clip.reset(); // it stays on the screen until the take has been read
    }
    update();
    if (!another && (m_current.clip || m_loader->isLoading())) return;
    m_playWhenRead = false;
    m_loader->forget();
    m_parts.window.notice().withdraw(m_readError);
    if (!take) {
        m_current.clip.reset();
        Q_EMIT clipShown(nullptr, std::nullopt);
        return;
    }
    m_loader->load(id, m_parts.library.takes().pathOf(*take));
    if (!wasPreview) m_loader->announceDelay(); // else what plays goes on in the take
}

void ShownClip::showNothing(const QString& why) {
    m_current.clip.reset();
    Q_EMIT hintChanged(why);
    Q_EMIT clipShown(nullptr, std::nullopt);
    enableActions(findTake());
}

void ShownClip::showLoaded(qlonglong id, std::shared_ptr<const audio::Clip> clip) {
    const auto take = m_parts.library.takes().find(id);
    if (!take || id != m_take) return;
    keepForComparison();
    m_current = {id, std::move(clip)};
    if (std::exchange(m_comparing, false)) update();
    Q_EMIT compared(nullptr);
    Q_EMIT clipShown(m_current.clip, planOf(*take));
    if (std::exchange(m_playWhenRead, false)) Q_EMIT playRequested();
    enableActions(take);
}

void ShownClip::showReadError(qlonglong take, const QString& error) {
    m_playWhenRead = false;
    const QString why = tr("This clip could not be read.");
    // The user did not choose the clip of the last session: no error notice at each start.
    if (take == m_ofLastSession) return showNothing(why + QStringLiteral("\n\n") + error);
    m_readError = m_parts.window.notice().showError(error);
    showNothing(why);
}

void ShownClip::keepForComparison() {
    if (m_current.clip) m_previous = m_current;
}

void ShownClip::toggleComparison() {
    m_comparing = !m_comparing && m_previous.clip;
    Q_EMIT compared(m_comparing ? m_previous.clip : nullptr);
    update();
}

void ShownClip::update() {
    const auto take = findTake();
    m_parts.facts.showTake(take,
                           take ? QString::fromStdString(m_parts.library.takes().pathOf(*take).string()) : QString());
    showTitle(take);
    enableActions(take);
    Q_EMIT changed();
}

void ShownClip::showTitle(const std::optional<storage::Take>& take) {
    const auto second = m_comparing ? m_parts.library.takes().find(m_previous.take) : std::nullopt;
    if (!take && !m_previewPrompt.isEmpty())
        m_parts.window.showClipTitle(m_previewPrompt, tr("still being made"));
    else if (take && second)
        m_parts.window.showClipTitle(tr("A: %1").arg(ui::HistoryModel::titleOf(*take)),
                                     tr("B: %1").arg(ui::HistoryModel::titleOf(*second)));
    else
        m_parts.window.showClipTitle(take ? ui::HistoryModel::titleOf(*take) : QString(),
                                     take ? ui::HistoryModel::factsLine(*take) : QString());
}

void ShownClip::enableActions(const std::optional<storage::Take>& take) {
    ui::Actions& actions = m_parts.actions;
    actions["clip.showInFolder"]->setEnabled(take.has_value());
    actions["clip.facts"]->setEnabled(take.has_value());
    actions["clip.usePrompt"]->setEnabled(take && !take->prompt.empty());
    for (const char* id : {"clip.useAll", "clip.useAllButSeed", "clip.useSeed", "clip.verify"})
        actions[id]->setEnabled(take && !take->recipe.empty());
    actions["clip.compare"]->setEnabled(m_comparing || (m_previous.clip && m_current.clip));
}

} // namespace n2m::studio
