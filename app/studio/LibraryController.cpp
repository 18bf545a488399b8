#include "app/studio/LibraryController.h"

#include "app/studio/BoardController.h"
#include "app/studio/LongTasks.h"
#include "app/studio/MarkController.h"
#include "app/studio/ShownClip.h"
#include "storage/Library.h"
#include "ui/actions/Actions.h"
#include "ui/history/HistoryPanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QMessageBox>
#include <QUndoStack>
#include <QUrl>

#include <algorithm>

namespace n2m::studio {

LibraryController::LibraryController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    makeMarksAndBoards();
    connectActions();
    connectUndo();
    connect(&m_parts.shown, &ShownClip::changed, this, &LibraryController::enableActions);
    enableActions();
}

void LibraryController::makeMarksAndBoards() {
    const auto subjectOf = [this] { return subject(); };
    auto* marks = new MarkController(
        {m_parts.library, m_parts.actions, m_parts.history, m_parts.facts, m_parts.window, m_parts.undo, subjectOf},
        this);
    connect(marks, &MarkController::changed, &m_parts.shown, &ShownClip::refreshMarks);
    auto* boards = new BoardController(m_parts.library, *marks, m_parts.history, m_parts.window, subjectOf, this);
    connect(boards, &BoardController::changed, &m_parts.shown, &ShownClip::refresh);
}

void LibraryController::connectActions() {
    const auto on = [this](const char* id, auto slot) {
        connect(m_parts.actions[id], &QAction::triggered, this, slot);
    };
    on("clip.trash", &LibraryController::trash);
    on("clip.restore", &LibraryController::restore);
    on("trash.empty", &LibraryController::emptyTrash);
    on("clip.showInFolder", &LibraryController::showInFolder);
    on("clip.export", [this] {
        if (!subject().empty()) Q_EMIT exportRequested(subject());
    });
    on("clip.exportScore", [this] {
        if (!subject().empty()) Q_EMIT scoreExportRequested(subject());
    });
    on("history.search", [this] {
        m_parts.actions["panel.history"]->setChecked(true);
        m_parts.history.focusSearch();
    });
    on("library.folder", [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_parts.library.folder().string())));
    });
}

void LibraryController::connectUndo() {
    connect(&m_parts.undo, &QUndoStack::indexChanged, this, [this] {
        m_parts.window.notice().withdraw(m_trashNotice); // its button would undo another command now
        enableActions();
    });
    // A notice, too: the clips whose marks change may be outside the visible part of the list.
    connect(m_parts.actions["undo"], &QAction::triggered, this, [this] {
        const QString what = m_parts.undo.undoText();
        m_parts.undo.undo();
        m_parts.window.notice().showNews(tr("Undone: %1.").arg(what));
    });
    connect(m_parts.actions["redo"], &QAction::triggered, this, [this] {
        const QString what = m_parts.undo.redoText();
        m_parts.undo.redo();
        m_parts.window.notice().showNews(tr("Redone: %1.").arg(what));
    });
}

std::vector<std::int64_t> LibraryController::subject() const {
    std::vector<std::int64_t> ids = m_parts.history.selectedIds();
    if (ids.empty() && m_parts.shown.take() != 0) ids.push_back(m_parts.shown.take());
    return ids;
}

void LibraryController::enableActions() {
    ui::Actions& actions = m_parts.actions;
    const bool any = !subject().empty(), trashed = m_parts.history.showsTrash();
    for (const char* id : {"clip.star", "clip.rate0", "clip.rate1", "clip.rate2", "clip.rate3", "clip.rate4",
                           "clip.rate5", "clip.tags", "clip.board", "clip.export", "clip.exportScore", "clip.trash"})
        actions[id]->setEnabled(any && !trashed);
    actions["clip.restore"]->setEnabled(any && trashed);
    actions["trash.empty"]->setEnabled(m_parts.library.takes().trashCount() > 0);
    actions["undo"]->setEnabled(m_parts.undo.canUndo());
    actions["redo"]->setEnabled(m_parts.undo.canRedo());
}

void LibraryController::trash() {
    const auto ids = subject();
    if (ids.empty() || m_parts.history.showsTrash()) return;
    move(ids, TrashCommand::Way::In);
    m_trashNotice = m_parts.window.notice().showNews(ids.size() == 1 ? tr("The clip is in the trash.")
                                                                     : tr("%1 clips are in the trash.").arg(ids.size()),
                                                     tr("Undo"), [this] { m_parts.undo.undo(); });
}

void LibraryController::restore() {
    const auto ids = subject();
    if (!ids.empty()) move(ids, TrashCommand::Way::Out);
}

void LibraryController::move(const std::vector<std::int64_t>& ids, TrashCommand::Way way) {
    const auto show = [this, ids] { showMoved(ids); };
    m_parts.undo.push(new TrashCommand(m_parts.library.files(), ids, way, show));
    show();
}

void LibraryController::showMoved(const std::vector<std::int64_t>& ids) {
    m_parts.shown.refresh();
    const auto take = m_parts.library.takes().find(ids.front());
    // A clip that comes into the visible list is the one that the user wants to see.
    if (take && take->trashed.has_value() == m_parts.history.showsTrash()) return m_parts.shown.choose(take->id);
    if (!m_parts.history.selectedIds().empty()) return; // the user works with another
    const std::int64_t neighbour = m_parts.history.currentId();
    if (neighbour != 0)
        m_parts.history.select(neighbour); // the list shows it, but selects nothing
    else if (std::find(ids.begin(), ids.end(), m_parts.shown.take()) != ids.end())
        m_parts.shown.choose(0);
}

bool LibraryController::confirmDeletion(std::size_t clips) {
    QMessageBox box(QMessageBox::Warning, tr("Empty the trash"),
                    clips == 1 ? tr("Delete the clip in the trash for good?")
                               : tr("Delete the %1 clips in the trash for good?").arg(clips),
                    QMessageBox::NoButton, &m_parts.window);
    box.setInformativeText(tr("Their files are deleted. This cannot be undone."));
    QPushButton* yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    return box.clickedButton() == yes;
}

void LibraryController::emptyTrash() {
    const auto ids = m_parts.library.takes().trashedIds(); // clips that are trashed later were not asked about
    if (ids.empty() || !confirmDeletion(ids.size())) return;
    m_parts.undo.clear(); // it cannot bring them back
    m_parts.tasks.start(tr("Emptying the trash"), [this, ids,
                                                   folder = m_parts.library.folder()](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        QString result;
        try {
            library.files().deleteTrashed(ids, [&steps](std::size_t done, std::size_t of) { steps.watch(done, of); });
        } catch (const LongTasks::TaskStopped&) {
            result = tr("%1 of %2 clips deleted; stopped.").arg(steps.done()).arg(steps.of());
        }
        return [this, result] {
            m_parts.shown.refresh();
            if (!result.isEmpty()) m_parts.window.notice().showResult(result);
        };
    });
}

void LibraryController::showInFolder() {
    const auto take = m_parts.shown.findTake();
    if (!take) return;
    const QFileInfo file(QString::fromStdString(m_parts.library.takes().pathOf(*take).string()));
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath())))
        m_parts.window.notice().showNews(tr("The file is %1").arg(file.absoluteFilePath()));
}

} // namespace n2m::studio
