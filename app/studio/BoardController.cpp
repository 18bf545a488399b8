#include "app/studio/BoardController.h"

#include "app/studio/MarkController.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QInputDialog>
#include <QMessageBox>

#include <stdexcept>

namespace n2m::studio {

BoardController::BoardController(storage::Library& library, MarkController& marks, ui::HistoryPanel& history,
                                 ui::MainWindow& window, std::function<std::vector<std::int64_t>()> subject,
                                 QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_marks(marks)
    , m_window(window)
    , m_subject(std::move(subject)) {
    connect(&history, &ui::HistoryPanel::boardChosen, this, &BoardController::put);
    connect(&history, &ui::HistoryPanel::boardRenameRequested, this, &BoardController::rename);
    connect(&history, &ui::HistoryPanel::boardRemovalRequested, this, &BoardController::remove);
    connect(&history, &ui::HistoryPanel::boardLeft, this, &BoardController::takeOff);
    history.setSubject(m_subject);
}

QString BoardController::nameOf(qlonglong id) const {
    for (const storage::Board& board : m_library.marks().boards())
        if (board.id == id) return QString::fromStdString(board.name);
    return {};
}

QString BoardController::titleOf(std::int64_t id) const {
    const auto take = m_library.takes().find(id);
    return take ? ui::HistoryModel::titleOf(*take) : QString();
}

QString BoardController::askForName(const QString& title, const QString& name) {
    bool accepted = false;
    const QString answer =
        QInputDialog::getText(&m_window, title, tr("Name of the board:"), QLineEdit::Normal, name, &accepted);
    return accepted ? answer.trimmed() : QString();
}

void BoardController::put(qlonglong board) {
    const auto ids = m_subject();
    if (ids.empty()) return;
    try {
        if (board == 0) {
            const QString name = askForName(tr("New board"), {});
            if (name.isEmpty()) return;
            board = m_library.marks().createBoard(name.toStdString());
            Q_EMIT changed();
        }
        m_marks.change(tr("putting on a board"), ids, [&] { m_library.marks().addToBoard(board, ids); });
        m_window.notice().showNews(ids.size() == 1
                                       ? tr("“%1” is on the board “%2”.").arg(titleOf(ids.front()), nameOf(board))
                                       : tr("%1 clips are on the board “%2”.").arg(ids.size()).arg(nameOf(board)));
    } catch (const std::invalid_argument& error) { // another board has the name
        m_window.notice().showError(ui::inUsersLanguage(error));
    }
}

void BoardController::takeOff(qlonglong board) {
    const auto ids = m_subject();
    if (ids.empty()) return;
    m_marks.change(tr("taking off a board"), ids, [&] { m_library.marks().removeFromBoard(board, ids); });
    m_window.notice().showNews(ids.size() == 1
                                   ? tr("“%1” was taken off the board “%2”.").arg(titleOf(ids.front()), nameOf(board))
                                   : tr("%1 clips were taken off the board “%2”.").arg(ids.size()).arg(nameOf(board)));
}

void BoardController::rename(qlonglong board) {
    const QString name = askForName(tr("Rename the board"), nameOf(board));
    if (name.isEmpty()) return;
    try {
        m_library.marks().renameBoard(board, name.toStdString());
    } catch (const std::invalid_argument& error) { // another board has the name
        m_window.notice().showError(ui::inUsersLanguage(error));
    }
    Q_EMIT changed();
}

void BoardController::remove(qlonglong board) {
    QMessageBox box(QMessageBox::Question, tr("Delete the board"), tr("Delete the board “%1”?").arg(nameOf(board)),
                    QMessageBox::NoButton, &m_window);
    box.setInformativeText(tr("Its clips stay in the library."));
    QPushButton* yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != yes) return;
    m_library.marks().removeBoard(board);
    Q_EMIT changed();
}

} // namespace n2m::studio
