#include "app/studio/TakeDesk.h"

#include "app/studio/BoardDesk.h"
#include "app/studio/ClipLoader.h"
#include "app/studio/LongTasks.h"
#include "app/studio/MarkDesk.h"
#include "engine/plan/PlanJson.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/history/FactsPanel.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/keys/Actions.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QMessageBox>
#include <QUndoStack>
#include <QUrl>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace n2m::studio {
namespace {

constexpr int patience = 150; // milliseconds that the last clip stays while another is read

std::optional<plan::Plan> planOf(const storage::Take& take) {
    const auto json = nlohmann::json::parse(take.plan, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    try {
        return plan::planFromJson(json);
    } catch (const std::invalid_argument&) { // of another program, say: a clip like any other
        return std::nullopt;
    }
}

} // namespace

TakeDesk::TakeDesk(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_loader(new ClipLoader(this)) {
    connect(m_loader, &ClipLoader::loaded, this, &TakeDesk::showLoaded);
    connect(m_loader, &ClipLoader::failed, this, [this](qlonglong take, const QString& error) {
        m_slow.stop();
        m_reading = m_playWhenLoaded = false;
        const QString line = ui::inUsersLanguage(error.toStdString()), why = tr("This clip could not be read.");
        // Nobody asked for the one of the start: it is no error each time the program begins.
        if (take == m_begun) return showNothing(why + QStringLiteral("\n\n") + line);
        m_readError = m_parts.window.notice().showError(line);
        showNothing(why);
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(patience);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        keepForComparison();
        showNothing(readingHint());
    });
    connectPanels();
    connectActions();
    enableActions();
}

TakeDesk::~TakeDesk() = default;

void TakeDesk::connectPanels() {
    ui::HistoryPanel* history = &m_parts.history;
    connect(history, &ui::HistoryPanel::currentChanged, this, &TakeDesk::showTake);
    connect(history, &ui::HistoryPanel::activated, this, [this](qlonglong take) {
        if (take == m_shown && m_clip && !m_reading) {
            Q_EMIT playRequested();
            return;
        }
        showTake(take);
        m_playWhenLoaded = m_reading;
    });
    storage::TakeStore* takes = &m_parts.library.takes();
    const auto subjectOf = [this] { return subject(); };
    auto* marks =
        new MarkDesk({*takes, m_parts.actions, *history, m_parts.facts, m_parts.window, m_parts.undo, subjectOf}, this);
    connect(marks, &MarkDesk::changed, this, &TakeDesk::refreshMarks);
    auto* boards = new BoardDesk(*takes, *marks, *history, m_parts.window, subjectOf, this);
    connect(boards, &BoardDesk::changed, this, &TakeDesk::refresh);
}

void TakeDesk::connectActions() {
    ui::Actions& actions = m_parts.actions;
    const auto on = [&](const char* id, auto slot) { connect(actions[id], &QAction::triggered, this, slot); };
    on("clip.trash", &TakeDesk::trash);
    on("clip.restore", &TakeDesk::restore);
    on("trash.empty", &TakeDesk::emptyTrash);
    on("clip.showInFolder", &TakeDesk::showInFolder);
    on("clip.compare", &TakeDesk::compare);
    on("clip.facts", [this] { m_parts.window.showFacts(); });
    on("clip.export", [this] {
        if (!subject().empty()) Q_EMIT exportRequested(subject());
    });
    on("history.search", [this] {
        m_parts.actions["panel.history"]->setChecked(true);
        m_parts.history.focusSearch();
    });
    on("library.folder", [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_parts.library.folder().string())));
    });
    connect(&m_parts.undo, &QUndoStack::indexChanged, this, [this] {
        m_parts.window.notice().withdraw(m_trashNotice); // its button would undo something else now
        enableActions();
    });
    // What was marked may be off the screen: it is said, too.
    on("undo", [this] {
        const QString what = m_parts.undo.undoText();
        m_parts.undo.undo();
        m_parts.window.notice().showNews(tr("Undone: %1.").arg(what));
    });
    on("redo", [this] {
        const QString what = m_parts.undo.redoText();
        m_parts.undo.redo();
        m_parts.window.notice().showNews(tr("Done again: %1.").arg(what));
    });
}

std::vector<std::int64_t> TakeDesk::subject() const {
    std::vector<std::int64_t> ids = m_parts.history.selectedIds();
    if (ids.empty() && m_shown != 0) ids.push_back(m_shown);
    return ids;
}

void TakeDesk::begin(qlonglong take) {
    m_begun = take;
    choose(take);
    expect(); // it was not chosen by the user just now
}

void TakeDesk::takeMade(qlonglong take) {
    const bool follow = m_shown == 0 || (m_shown == m_newest && !isInHand());
    m_newest = take;
    refresh();
    if (follow) return choose(take);
    if (const auto made = m_parts.library.takes().find(take))
        m_parts.window.notice().showNews(tr("“%1” is ready.").arg(ui::HistoryModel::titleOf(*made)), tr("Show"),
                                         [this, take] { choose(take); });
}

bool TakeDesk::isInHand() const {
    const QWidget* focus = QApplication::focusWidget();
    const bool writing = focus && focus->testAttribute(Qt::WA_InputMethodEnabled) && m_parts.facts.isAncestorOf(focus);
    return writing || m_parts.history.selectedIds().size() > 1 || m_parts.inUse();
}

bool TakeDesk::playWhenRead() {
    if (!m_reading) return false;
    m_playWhenLoaded = !m_playWhenLoaded;
    if (!m_clip) Q_EMIT hintChanged(readingHint());
    return true;
}

QString TakeDesk::readingHint() const {
    const QString reading = tr("Reading …");
    return m_playWhenLoaded ? reading + QStringLiteral("\n\n") + tr("It plays as soon as it is there.") : reading;
}

void TakeDesk::refresh() {
    m_parts.history.refresh();
    showFacts();
    enableActions();
}

void TakeDesk::refreshMarks() {
    m_parts.history.refreshMarks();
    showFacts();
    enableActions();
}

void TakeDesk::choose(qlonglong take) {
    if (!m_parts.history.select(take)) { // else the next command would be about what is selected there
        const QSignalBlocker quiet(&m_parts.history);
        m_parts.history.selectNothing();
    }
    if (m_shown != take) showTake(take); // the search may hide it from the list
}

void TakeDesk::showPreview(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan,
                           const QString& prompt) {
    m_parts.history.selectNothing();
    if (m_shown != 0) showTake(0);
    m_previewed = prompt;
    m_clip = std::move(clip);
    m_clipTake = 0;
    m_playWhenLoaded = false;
    showFacts();
    enableActions();
    Q_EMIT clipShown(m_clip, std::move(plan));
    Q_EMIT playRequested();
}

void TakeDesk::endPreview() {
    if (!m_previewed.isEmpty() && m_shown == 0) showTake(0);
}

void TakeDesk::showTake(qlonglong id) {
    const auto take = id == 0 ? std::nullopt : m_parts.library.takes().find(id); // first: it may throw
    const bool another = id != m_shown;
    m_shown = id;
    if (id != m_begun) m_begun = 0;
    const bool preview = !m_previewed.isEmpty();
    if (preview) {
        m_previewed.clear();
        m_clip.reset(); // it stays on the screen until the take has been read
    }
    showFacts();
    enableActions();
    if (!another && (m_clip || m_reading)) return;
    m_slow.stop();
    m_reading = m_playWhenLoaded = false;
    m_parts.window.notice().withdraw(m_readError);
    if (!take) {
        m_loader->forget();
        m_clip.reset();
        Q_EMIT clipShown(nullptr, std::nullopt);
        return;
    }
    m_reading = true;
    if (!preview) m_slow.start(); // what is heard of a preview goes on in the take
    m_loader->load(id, m_parts.library.takes().pathOf(*take));
}

void TakeDesk::showNothing(const QString& why) {
    m_clip.reset();
    Q_EMIT hintChanged(why);
    Q_EMIT clipShown(nullptr, std::nullopt);
    enableActions();
}

void TakeDesk::showLoaded(qlonglong id, std::shared_ptr<const audio::Clip> clip) {
    m_slow.stop();
    m_reading = false;
    const auto take = m_parts.library.takes().find(id);
    if (!take || id != m_shown) return;
    keepForComparison();
    m_clip = std::move(clip);
    m_clipTake = id;
    if (std::exchange(m_compared, nullptr)) showFacts();
    Q_EMIT compared(nullptr);
    Q_EMIT clipShown(m_clip, planOf(*take));
    if (m_playWhenLoaded) Q_EMIT playRequested();
    m_playWhenLoaded = false;
    enableActions();
}

void TakeDesk::keepForComparison() {
    if (!m_clip) return;
    m_before = m_clip;
    m_beforeTake = m_clipTake;
}

void TakeDesk::showFacts() {
    const auto take = m_shown == 0 ? std::nullopt : m_parts.library.takes().find(m_shown);
    m_parts.facts.showTake(take,
                           take ? QString::fromStdString(m_parts.library.takes().pathOf(*take).string()) : QString());
    const auto second = m_compared ? m_parts.library.takes().find(m_beforeTake) : std::nullopt;
    if (!take && !m_previewed.isEmpty())
        m_parts.window.showClipTitle(m_previewed, tr("still being made"));
    else if (take && second)
        m_parts.window.showClipTitle(tr("A: %1").arg(ui::HistoryModel::titleOf(*take)),
                                     tr("B: %1").arg(ui::HistoryModel::titleOf(*second)));
    else
        m_parts.window.showClipTitle(take ? ui::HistoryModel::titleOf(*take) : QString(),
                                     take ? ui::HistoryModel::factsLine(*take) : QString());
}

void TakeDesk::enableActions() {
    ui::Actions& actions = m_parts.actions;
    const bool any = !subject().empty(), trashed = m_parts.history.showsTrash();
    const auto take = m_shown == 0 ? std::nullopt : m_parts.library.takes().find(m_shown);
    const bool made = take && !take->recipe.empty();
    for (const char* id : {"clip.star", "clip.rate0", "clip.rate1", "clip.rate2", "clip.rate3", "clip.rate4",
                           "clip.rate5", "clip.tags", "clip.board", "clip.export", "clip.trash"})
        actions[id]->setEnabled(any && !trashed);
    actions["clip.restore"]->setEnabled(any && trashed);
    actions["clip.showInFolder"]->setEnabled(take.has_value());
    actions["clip.facts"]->setEnabled(take.has_value());
    actions["clip.usePrompt"]->setEnabled(take && !take->prompt.empty());
    for (const char* id : {"clip.useAll", "clip.useAllButSeed", "clip.useSeed", "clip.verify"})
        actions[id]->setEnabled(made);
    actions["clip.compare"]->setEnabled(m_compared || (m_before && m_clip));
    actions["trash.empty"]->setEnabled(m_parts.library.takes().trashCount() > 0);
    actions["undo"]->setEnabled(m_parts.undo.canUndo());
    actions["redo"]->setEnabled(m_parts.undo.canRedo());
}

void TakeDesk::trash() {
    const auto ids = subject();
    if (ids.empty() || m_parts.history.showsTrash()) return;
    move(ids, TrashCommand::Way::In);
    m_trashNotice = m_parts.window.notice().showNews(ids.size() == 1 ? tr("The clip is in the trash.")
                                                                     : tr("%1 clips are in the trash.").arg(ids.size()),
                                                     tr("Undo"), [this] { m_parts.undo.undo(); });
}

void TakeDesk::restore() {
    const auto ids = subject();
    if (ids.empty()) return;
    move(ids, TrashCommand::Way::Out);
}

void TakeDesk::move(const std::vector<std::int64_t>& ids, TrashCommand::Way way) {
    const auto show = [this, ids] { showMoved(ids); };
    m_parts.undo.push(new TrashCommand(m_parts.library.takes(), ids, way, show));
    show();
}

void TakeDesk::showMoved(const std::vector<std::int64_t>& ids) {
    refresh();
    const auto take = m_parts.library.takes().find(ids.front());
    // Brought back, it is what the user wants to look at.
    if (take && take->trashed.has_value() == m_parts.history.showsTrash()) return choose(take->id);
    if (!m_parts.history.selectedIds().empty()) return; // another is in hand
    const std::int64_t neighbour = m_parts.history.currentId();
    if (neighbour != 0)
        m_parts.history.select(neighbour); // the list shows it, but selects nothing
    else if (std::find(ids.begin(), ids.end(), m_shown) != ids.end())
        showTake(0);
}

void TakeDesk::emptyTrash() {
    const auto ids = m_parts.library.takes().trashedIds(); // what comes into the trash later was not asked about
    if (ids.empty()) return;
    QMessageBox box(QMessageBox::Warning, tr("Empty the trash"),
                    ids.size() == 1 ? tr("Delete the clip in the trash for good?")
                                    : tr("Delete the %1 clips in the trash for good?").arg(ids.size()),
                    QMessageBox::NoButton, &m_parts.window);
    box.setInformativeText(tr("Their files are deleted. This cannot be undone."));
    QPushButton* yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes) return;
    m_parts.undo.clear(); // what it could bring back is gone
    m_parts.tasks.start(tr("Emptying the trash"), [this, ids,
                                                   folder = m_parts.library.folder()](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        QString result;
        try {
            library.takes().deleteTrashed(ids, [&steps](std::size_t done, std::size_t of) { steps.watch(done, of); });
        } catch (const LongTasks::Stopped&) {
            result = tr("%1 of %2 clips deleted; stopped.").arg(steps.done()).arg(steps.of());
        }
        return [this, result] {
            refresh();
            if (!result.isEmpty()) m_parts.window.notice().showResult(result);
        };
    });
}

void TakeDesk::showInFolder() {
    const auto take = m_parts.library.takes().find(m_shown);
    if (!take) return;
    const QFileInfo file(QString::fromStdString(m_parts.library.takes().pathOf(*take).string()));
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath())))
        m_parts.window.notice().showNews(tr("The file is %1").arg(file.absoluteFilePath()));
}

void TakeDesk::compare() {
    m_compared = m_compared ? nullptr : m_before;
    Q_EMIT compared(m_compared);
    showFacts();
    enableActions();
}

} // namespace n2m::studio
