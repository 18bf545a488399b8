#include "ui/history/HistoryPanel.h"

#include "storage/MarkStore.h"
#include "storage/TakeStore.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/history/HistoryDelegate.h"
#include "ui/history/HistoryModel.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Label.h"

#include <QElapsedTimer>
#include <QListView>
#include <QSettings>
#include <QSignalBlocker>

#include <algorithm>
#include <stdexcept>

namespace n2m::ui {
namespace {

using Sort = storage::TakeQuery::Sort;

constexpr qint64 quick = 60; // milliseconds: a search this quick runs at every key
constexpr int pause = 100;
constexpr int margin = 10; // pixels
const char* const sortKey = "history/order";
const char* const scopeKey = "history/scope";
constexpr int sortRole = Qt::UserRole, descendingRole = Qt::UserRole + 1, boardRole = Qt::UserRole + 1;

const QLatin1String starred("is:starred"), trashed("is:trashed"); // as in the settings

/// The width in pixels at which the box shows its first entry in full.
int neededBy(const QComboBox& box) {
    const int icon = box.itemIcon(0).isNull() ? 0 : box.iconSize().width() + 4;
    return box.sizeHint().width() + icon + box.fontMetrics().horizontalAdvance(box.itemText(0) + QLatin1Char(' '));
}

/// A board in the settings: its name, as another library has other ids.
QString scopeOf(const storage::Board& board) {
    return QStringLiteral("board:\"%1\"").arg(QString::fromStdString(board.name));
}

} // namespace

HistoryPanel::HistoryPanel(HistoryModel& model, const storage::TakeStore& takes, const storage::MarkStore& marks,
                           Actions& actions, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_takes(takes)
    , m_marks(marks)
    , m_actions(actions)
    , m_search(new QLineEdit)
    , m_scope(new QComboBox)
    , m_sort(new QComboBox)
    , m_boardButton(makeBoardButton())
    , m_restore(makeTrashButton("clip.restore"))
    , m_emptyTrash(makeTrashButton("trash.empty"))
    , m_boards(new QMenu(this))
    , m_filters(new QHBoxLayout)
    , m_scopeRow(new QHBoxLayout)
    , m_problem(new QLabel)
    , m_count(dimmedLabel())
    , m_empty(nullptr)
    , m_list(new QListView)
    , m_delegate(new HistoryDelegate(this)) {
    setProperty("panel", true);
    setMinimumWidth(150);
    m_search->setObjectName("historySearch");
    m_search->setAccessibleName(tr("Search the history"));
    m_search->setPlaceholderText(tr("Words, seed:7, rating:>=4 …"));
    m_search->setToolTip(
        tr("Words are looked for in prompts, titles, notes and tags.\n"
           "Fields: seed:7  rating:>=4  duration:>20  bpm:90..120  key:\"A minor\"  tag:slow  board:night\n"
           "date:2026-11  is:starred  origin:imported; a minus before one excludes what it finds."));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_scope->setObjectName("historyScope");
    m_scope->setAccessibleName(tr("Shown clips"));
    m_scope->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sort->setObjectName("historySort");
    m_sort->setAccessibleName(tr("Order"));
    m_sort->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const auto addSort = [this](const QString& text, Sort sort, bool descending) {
        m_sort->addItem(text);
        m_sort->setItemData(m_sort->count() - 1, static_cast<int>(sort), sortRole);
        m_sort->setItemData(m_sort->count() - 1, descending, descendingRole);
    };
    addSort(tr("Newest"), Sort::Created, true);
    addSort(tr("Oldest"), Sort::Created, false);
    addSort(tr("Best rated"), Sort::Rating, true);
    addSort(tr("Title"), Sort::Title, false);
    addSort(tr("Longest"), Sort::Duration, true);
    addSort(tr("Slowest"), Sort::Bpm, false);
    addSort(tr("Fastest"), Sort::Bpm, true);
    addSort(tr("Key"), Sort::Key, false);
    m_problem->setObjectName("historyProblem");
    m_problem->setProperty("state", "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();

    m_list->setObjectName("history");
    m_list->setMinimumHeight(40);
    m_list->setAccessibleName(tr("History"));
    m_list->setModel(&model);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyState(m_list, {});

    m_filters->setSpacing(6);
    m_scopeRow->setSpacing(6);
    m_scopeRow->addWidget(m_scope, 1);
    for (QToolButton* button : {m_boardButton, m_restore, m_emptyTrash})
        m_scopeRow->addWidget(button);
    m_filters->addLayout(m_scopeRow);
    m_filters->addWidget(m_sort);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(margin, 10, margin, 8);
    top->setSpacing(6);
    top->addWidget(m_search);
    top->addWidget(m_problem);
    top->addLayout(m_filters);
    top->addWidget(m_count);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);

    m_delay.setSingleShot(true);
    // Searches once the waiting keys are handled; a slow search waits until the user pauses.
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_delay.start(m_searchTook > quick ? pause : 0); });
    connect(m_search, &QLineEdit::returnPressed, this, &HistoryPanel::search);
    connect(&m_delay, &QTimer::timeout, this, &HistoryPanel::search);
    connect(m_scope, &QComboBox::activated, this, &HistoryPanel::search);
    connect(m_sort, &QComboBox::activated, this, &HistoryPanel::search);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { Q_EMIT currentChanged(m_model.idAt(index)); });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT activated(m_model.idAt(index)); });
    connect(m_list, &QListView::customContextMenuRequested, this, &HistoryPanel::showMenu);
    connect(m_delegate, &HistoryDelegate::starClicked, this, &HistoryPanel::starClicked);
    connect(m_delegate, &HistoryDelegate::ratingClicked, this, &HistoryPanel::ratingClicked);
    QAction* boards = actions["clip.board"];
    boards->setMenu(m_boards);
    connect(m_boards, &QMenu::aboutToShow, this, &HistoryPanel::fillBoardMenu);
    // Opened by its key, the menu appears over the clips.
    connect(boards, &QAction::triggered, this, [this] { m_boards->popup(mapToGlobal(rect().center())); });
    fillScopes();
    showCount();
}

void HistoryPanel::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

void HistoryPanel::fit() {
    // Scope and order are side by side if both can be read.
    int scope = neededBy(*m_scope);
    const int sort = neededBy(*m_sort), frame = 2 * margin + m_filters->spacing();
    for (const QToolButton* button : {m_boardButton, m_restore, m_emptyTrash})
        if (!button->isHidden()) scope += button->sizeHint().width() + m_scopeRow->spacing();
    const bool narrow = width() < frame + scope + sort;
    m_filters->setStretchFactor(m_scopeRow, narrow ? 0 : scope);
    m_filters->setStretchFactor(m_sort, narrow ? 0 : sort);
    m_filters->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_count->setVisible(!narrow); // its line gives a clip more room in the list
}

std::vector<std::int64_t> HistoryPanel::selectedIds() const {
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<std::int64_t> ids;
    for (const QModelIndex& row : rows)
        ids.push_back(m_model.idAt(row));
    return ids;
}

std::int64_t HistoryPanel::currentId() const {
    return m_model.idAt(m_list->currentIndex());
}

bool HistoryPanel::select(std::int64_t id) {
    const QModelIndex index = m_model.indexOf(id);
    if (!index.isValid()) return false;
    // By the selection model: the view would add to the selection while Ctrl is held, as for Ctrl+Z.
    m_list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_list->scrollTo(index);
    return true;
}

void HistoryPanel::selectNothing() {
    m_list->selectionModel()->clear();
}

void HistoryPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool HistoryPanel::showsTrash() const {
    return m_scope->currentData().toString() == trashed;
}

qlonglong HistoryPanel::shownBoard() const {
    return m_scope->currentData(boardRole).toLongLong();
}

QToolButton* HistoryPanel::makeBoardButton() {
    auto* button = new QToolButton;
    button->setObjectName("boardActions");
    button->setIcon(icon("more"));
    button->setAccessibleName(tr("Board menu"));
    button->setToolTip(tr("Rename or delete the board"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->hide();
    auto* menu = new QMenu(button);
    menu->addAction(icon("pencil"), tr("&Rename the board…"), this,
                    [this] { Q_EMIT boardRenameRequested(shownBoard()); });
    menu->addAction(icon("trash"), tr("&Delete the board…"), this,
                    [this] { Q_EMIT boardRemovalRequested(shownBoard()); });
    button->setMenu(menu);
    return button;
}

QToolButton* HistoryPanel::makeTrashButton(const char* action) {
    auto* button = new QToolButton;
    button->setObjectName(action);
    button->setDefaultAction(m_actions[action]);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->hide();
    return button;
}

void HistoryPanel::save(QSettings& settings) const {
    settings.setValue(sortKey, m_sort->currentIndex());
    settings.setValue(scopeKey, showsTrash() ? QString() : m_scope->currentData().toString());
}

void HistoryPanel::restore(const QSettings& settings) {
    const int sort = settings.value(sortKey, 0).toInt();
    if (sort >= 0 && sort < m_sort->count()) m_sort->setCurrentIndex(sort);
    const int scope = m_scope->findData(settings.value(scopeKey).toString()); // -1: the board is gone
    m_scope->setCurrentIndex(std::max(0, scope));
    if (sort > 0 || scope > 0) search();
}

void HistoryPanel::refresh() {
    refreshBy(&HistoryModel::refresh);
}

void HistoryPanel::refreshMarks() {
    refreshBy(&HistoryModel::refreshMarks);
}

void HistoryPanel::refreshBy(void (HistoryModel::*lookAgain)()) {
    const std::int64_t current = currentId();
    const QVariant scope = m_scope->currentData();
    (m_model.*lookAgain)();
    if (current != 0 && currentId() != current) select(current);
    fillScopes();
    if (m_scope->currentData() != scope) search(); // the board has another name, or is gone
    showCount();
}

std::optional<storage::TakeQuery::Term> HistoryPanel::scopeTerm() const {
    storage::TakeQuery::Term term;
    term.board = shownBoard();
    if (term.board != 0)
        term.field = storage::TakeQuery::Field::Board;
    else if (showsTrash())
        term.field = storage::TakeQuery::Field::Trashed;
    else if (m_scope->currentData().toString() == starred)
        term.field = storage::TakeQuery::Field::Starred;
    else
        return std::nullopt;
    return term;
}

void HistoryPanel::search() {
    m_delay.stop();
    QElapsedTimer timer;
    timer.start();
    const std::int64_t current = currentId();
    m_boardButton->setVisible(shownBoard() != 0);
    for (QToolButton* button : {m_restore, m_emptyTrash})
        button->setVisible(showsTrash());
    fit();
    try {
        storage::TakeQuery query = storage::TakeQuery::parse(m_search->text().toStdString());
        if (const auto scope = scopeTerm()) query.terms.push_back(*scope);
        query.sort = static_cast<Sort>(m_sort->currentData(sortRole).toInt());
        query.descending = m_sort->currentData(descendingRole).toBool();
        m_model.setQuery(query);
        m_searchTook = timer.elapsed();
        m_problem->hide();
        setState(m_search, "");
    } catch (const std::invalid_argument& error) { // the user is still typing
        m_problem->setText(inUsersLanguage(error));
        m_problem->show();
        setState(m_search, "bad");
        return;
    }
    select(current);
    showCount();
}

void HistoryPanel::fillScopes() {
    const QString chosen = m_scope->currentData().toString();
    const qlonglong chosenBoard = shownBoard();
    const QSignalBlocker quiet(m_scope);
    m_scope->clear();
    m_scope->addItem(icon("history"), tr("All clips"), QString());
    m_scope->addItem(icon("star"), tr("Starred"), QString(starred));
    for (const storage::Board& board : m_marks.boards()) {
        const QString name = QString::fromStdString(board.name);
        m_scope->addItem(icon("board"), tr("%1 (%2)", "a board and its clips").arg(name).arg(board.takes),
                         scopeOf(board));
        m_scope->setItemData(m_scope->count() - 1, static_cast<qlonglong>(board.id), boardRole);
    }
    m_scope->addItem(icon("trash"), tr("Trash (%1)").arg(m_takes.trashCount()), QString(trashed));
    const int index = chosenBoard != 0 ? m_scope->findData(chosenBoard, boardRole) : m_scope->findData(chosen);
    m_scope->setCurrentIndex(std::max(0, index));
}

void HistoryPanel::showCount() {
    const int shown = m_model.rowCount();
    const bool all = m_search->text().isEmpty() && m_scope->currentIndex() <= 0;
    const QString number = QLocale().toString(shown);
    m_count->setText(shown == 1 ? tr("1 clip") : tr("%1 clips").arg(number));
    if (showsTrash())
        m_empty->setText(tr("The trash is empty."));
    else if (all)
        m_empty->setText(tr("No clips yet.\n\nEverything you generate is kept here at once. Sound files can be dropped "
                            "onto the window to import them."));
    else
        m_empty->setText(tr("Nothing found.\n\nChoose “All clips” or clear the search field to see everything."));
}

void HistoryPanel::fillBoardMenu() {
    m_boards->clear();
    const std::vector<storage::Marks> marks = m_marks.marksOf(m_subject ? m_subject() : selectedIds());
    for (const storage::Board& board : m_marks.boards()) {
        const auto isOnIt = [id = board.id](const storage::Marks& take) {
            return std::binary_search(take.boards.begin(), take.boards.end(), id);
        };
        QString name = QString::fromStdString(board.name).replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* entry = m_boards->addAction(name);
        entry->setCheckable(true);
        entry->setChecked(!marks.empty() && std::all_of(marks.begin(), marks.end(), isOnIt));
        connect(entry, &QAction::triggered, this, [this, id = board.id](bool on) {
            if (on)
                Q_EMIT boardChosen(id);
            else
                Q_EMIT boardLeft(id);
        });
    }
    m_boards->addSeparator();
    m_boards->addAction(icon("add"), tr("New board…"), this, [this] { Q_EMIT boardChosen(0); });
}

void HistoryPanel::showMenu(const QPoint& place) {
    if (selectedIds().empty()) return;
    QMenu menu(this);
    if (showsTrash()) {
        menu.addAction(m_actions["clip.restore"]);
        menu.addAction(m_actions["trash.empty"]);
    } else {
        for (const char* id : {"clip.useAll", "clip.useAllButSeed", "clip.usePrompt", "clip.useSeed"})
            menu.addAction(m_actions[id]);
        menu.addSeparator();
        for (const char* id : {"clip.star", "clip.tags", "clip.board"})
            menu.addAction(m_actions[id]);
        if (const qlonglong board = shownBoard(); board != 0)
            menu.addAction(tr("Remove from this &board"), this, [this, board] { Q_EMIT boardLeft(board); });
        for (const char* id : {"clip.facts", "clip.compare", "clip.verify"})
            menu.addAction(m_actions[id]);
        menu.addSeparator();
        menu.addAction(m_actions["clip.showInFolder"]);
        menu.addAction(m_actions["clip.export"]);
        menu.addAction(m_actions["clip.exportScore"]);
        menu.addSeparator();
        menu.addAction(m_actions["clip.trash"]);
    }
    menu.exec(m_list->viewport()->mapToGlobal(place));
}

} // namespace n2m::ui
