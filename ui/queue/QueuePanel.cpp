#include "ui/queue/QueuePanel.h"

#include "storage/Job.h"
#include "ui/actions/Actions.h"
#include "ui/queue/QueueDelegate.h"
#include "ui/queue/QueueModel.h"
#include "ui/style/Icons.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Label.h"

#include <QListView>

#include <cmath>

namespace n2m::ui {
namespace {

using storage::JobState;

QToolButton* makeButton(const char* iconName, const QString& text) {
    auto* button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setAccessibleName(text);
    button->setToolTip(text);
    return button;
}

/// Rounds to the digits that a guess deserves.
QString aboutSoLong(double seconds) {
    const int whole = static_cast<int>(std::ceil(seconds));
    if (whole < 20) return QueuePanel::tr("about %1 s").arg(whole);
    if (whole < 90) return QueuePanel::tr("about %1 s").arg((whole + 2) / 5 * 5);
    return QueuePanel::tr("about %1 min").arg((whole + 30) / 60);
}

constexpr int leastList = 24; // pixels: one job

bool canBeCancelled(JobState state) {
    return state == JobState::Waiting || state == JobState::Running || state == JobState::Interrupted;
}

bool canBeRemoved(JobState state) {
    return state != JobState::Waiting && state != JobState::Running;
}

bool canBeRetried(JobState state) {
    return state == JobState::Failed || state == JobState::Cancelled || state == JobState::Interrupted;
}

} // namespace

QueuePanel::QueuePanel(QueueModel& model, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_actions(actions)
    , m_list(new QListView)
    , m_cancel(makeButton("cancel", tr("Cancel the selected jobs")))
    , m_retry(makeButton("retry", tr("Retry the selected jobs")))
    , m_edit(makeButton("pencil", tr("Edit the selected job")))
    , m_summary(dimmedLabel())
    , m_bar(new QWidget) {
    m_summary->setObjectName("queueSummary");
    m_list->setObjectName("queue");
    m_list->setAccessibleName(tr("Queue"));
    m_list->setModel(&model);
    m_list->setItemDelegate(new QueueDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setDragDropMode(QAbstractItemView::DragDrop);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setDropIndicatorShown(true);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->installEventFilter(this);
    new EmptyState(m_list,
                   tr("The queue is empty. Write a prompt above and press Generate. Jobs that you add while a clip "
                      "is being made wait here."));

    auto* pause = new QToolButton;
    pause->setDefaultAction(actions["queue.pause"]);
    pause->setToolButtonStyle(Qt::ToolButtonIconOnly);
    auto* clear = makeButton("trash", tr("Clear"));
    auto* clearMenu = new QMenu(clear);
    clearMenu->addAction(tr("Cancel all"), this, &QueuePanel::cancelAllRequested);
    clearMenu->addAction(tr("Cancel all but the running one"), this, &QueuePanel::cancelWaitingRequested);
    clearMenu->addAction(tr("Remove finished jobs from the list"), this, &QueuePanel::finishedRemovalRequested);
    clear->setMenu(clearMenu);
    clear->setPopupMode(QToolButton::InstantPopup);

    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(8, 4, 8, 4);
    bar->setSpacing(2);
    bar->addWidget(m_summary, 1);
    for (QToolButton* button : {pause, m_edit, m_retry, m_cancel, clear})
        bar->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_list, 1);

    connect(m_cancel, &QToolButton::clicked, this, &QueuePanel::cancelSelected);
    connect(m_retry, &QToolButton::clicked, this, &QueuePanel::retrySelected);
    connect(m_edit, &QToolButton::clicked, this, [this] {
        const auto ids = selectedIds();
        if (ids.size() == 1) Q_EMIT editRequested(ids.front());
    });
    connect(m_list, &QListView::customContextMenuRequested, this, &QueuePanel::showMenu);
    connect(m_list, &QListView::activated, this, &QueuePanel::openCurrent); // double click or Return
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePanel::showState);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &QueuePanel::showState);
    connect(&model, &QueueModel::moveRequested, this, &QueuePanel::moveRequested); // dragged
    connect(&model, &QAbstractItemModel::dataChanged, this, [this](const auto&, const auto&, const QList<int>& roles) {
        if (roles.isEmpty()) showState(); // not for progress alone
    });
    connect(actions["queue.pause"], &QAction::toggled, this, &QueuePanel::showState);
    showState();
}

QueuePanel::Ids QueuePanel::selectedIds() const {
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    Ids ids;
    for (const QModelIndex& row : rows)
        ids.push_back(m_model.job(row).id);
    return ids;
}

void QueuePanel::cancelSelected() {
    if (const Ids ids = selectedIds(); !ids.empty()) Q_EMIT cancelRequested(ids);
}

void QueuePanel::retrySelected() {
    if (const Ids ids = selectedIds(); !ids.empty()) Q_EMIT retryRequested(ids);
}

void QueuePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // A low panel shows the jobs rather than the buttons: the menus have the same entries.
    m_bar->setVisible(height() >= m_bar->sizeHint().height() + leastList);
}

bool QueuePanel::eventFilter(QObject* watched, QEvent* event) {
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    const auto work = watched == m_list && key ? workOf(*static_cast<QKeyEvent*>(event)) : nullptr;
    if (!work) return QWidget::eventFilter(watched, event);
    event->accept(); // the first of the two, so that it does not become a shortcut of the window
    if (event->type() == QEvent::KeyPress) (this->*work)();
    return true;
}

QueuePanel::Work QueuePanel::workOf(const QKeyEvent& key) {
    const bool alt = key.modifiers().testFlag(Qt::AltModifier);
    if (key.key() == Qt::Key_Delete) return &QueuePanel::dropSelected;
    if (alt && key.key() == Qt::Key_Up) return &QueuePanel::moveUp;
    if (alt && key.key() == Qt::Key_Down) return &QueuePanel::moveDown;
    return nullptr;
}

QueuePanel::Ids QueuePanel::waitingIds() const {
    Ids ids;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const storage::Job& job = m_model.job(m_model.index(row)); job.state == JobState::Waiting)
            ids.push_back(job.id);
    return ids;
}

void QueuePanel::askToMove(const Ids& jobs, std::int64_t before) {
    if (!jobs.empty()) Q_EMIT moveRequested(jobs, before);
}

void QueuePanel::moveUp() {
    const auto waiting = waitingIds(), chosen = selectedIds();
    const auto first = std::find_first_of(waiting.begin(), waiting.end(), chosen.begin(), chosen.end());
    if (first == waiting.begin() || first == waiting.end()) return;
    askToMove(chosen, *(first - 1));
}

void QueuePanel::moveDown() {
    const auto waiting = waitingIds(), chosen = selectedIds();
    const auto last = std::find_first_of(waiting.rbegin(), waiting.rend(), chosen.begin(), chosen.end());
    if (last == waiting.rbegin() || last == waiting.rend()) return;
    askToMove(chosen, last - waiting.rbegin() > 1 ? *(last - 2) : 0);
}

void QueuePanel::dropSelected() {
    // Chosen before anything is cancelled: a job that is only to be stopped stays in the list.
    Ids over;
    for (const QModelIndex& row : m_list->selectionModel()->selectedRows())
        if (const storage::Job& job = m_model.job(row); canBeRemoved(job.state)) over.push_back(job.id);
    cancelSelected();
    if (!over.empty()) Q_EMIT removalRequested(over);
}

void QueuePanel::removeSelected() {
    if (const Ids ids = selectedIds(); !ids.empty()) Q_EMIT removalRequested(ids);
}

void QueuePanel::openCurrent() {
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid()) return;
    const storage::Job& job = m_model.job(index);
    if (job.take)
        Q_EMIT takeChosen(*job.take);
    else if (job.state == JobState::Waiting)
        Q_EMIT editRequested(job.id);
}

void QueuePanel::showMenu(const QPoint& place) {
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    QMenu menu(this);
    const auto add = [&](QToolButton* button) {
        QAction* action = menu.addAction(button->icon(), button->toolTip(), button, &QToolButton::click);
        action->setEnabled(button->isEnabled());
    };
    add(m_edit);
    add(m_retry);
    add(m_cancel);
    menu.addSeparator();
    QAction* first = menu.addAction(icon("to-front"), tr("Move to the front"), this, [this] {
        const auto waiting = waitingIds();
        if (!waiting.empty()) askToMove(selectedIds(), waiting.front());
    });
    QAction* up = menu.addAction(tr("Earlier"), this, &QueuePanel::moveUp);
    up->setShortcut(QKeySequence("Alt+Up"));
    QAction* down = menu.addAction(tr("Later"), this, &QueuePanel::moveDown);
    down->setShortcut(QKeySequence("Alt+Down"));
    const bool waits = std::any_of(rows.begin(), rows.end(), [this](const QModelIndex& row) {
        return m_model.job(row).state == JobState::Waiting;
    });
    for (QAction* move : {first, up, down})
        move->setEnabled(waits);
    QAction* remove = menu.addAction(tr("Remove from the list"), this, &QueuePanel::removeSelected);
    remove->setEnabled(std::any_of(rows.begin(), rows.end(),
                                   [this](const QModelIndex& row) { return canBeRemoved(m_model.job(row).state); }));
    menu.exec(m_list->viewport()->mapToGlobal(place));
}

void QueuePanel::showState() {
    bool cancel = false, retry = false, edit = false, unsaved = false;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows) {
        const JobState state = m_model.job(row).state;
        cancel = cancel || canBeCancelled(state);
        unsaved = unsaved || m_model.isUnsaved(m_model.job(row));
        retry = retry || canBeRetried(state) || unsaved;
        edit = edit || state == JobState::Waiting;
    }
    m_cancel->setEnabled(cancel);
    m_retry->setEnabled(retry);
    m_retry->setToolTip(unsaved ? tr("Save the clip again") : tr("Retry the selected jobs"));
    m_edit->setEnabled(edit && rows.size() == 1);

    m_summary->setText(summary());
}

void QueuePanel::setForecast(Forecast forecast) {
    m_forecast = std::move(forecast);
    showState();
}

QString QueuePanel::summary() const {
    const int running = m_model.count(JobState::Running), interrupted = m_model.count(JobState::Interrupted);
    std::vector<storage::Job> waiting;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const storage::Job& job = m_model.job(m_model.index(row)); job.state == JobState::Waiting)
            waiting.push_back(job);
    QStringList parts;
    if (running > 0) parts << tr("%n running", "", running);
    if (!waiting.empty()) parts << tr("%n waiting", "", static_cast<int>(waiting.size()));
    if (const auto seconds = m_forecast && !waiting.empty() ? m_forecast(waiting) : std::nullopt)
        parts << aboutSoLong(*seconds);
    if (interrupted > 0) parts << tr("%n interrupted", "", interrupted);
    if (m_actions["queue.pause"]->isChecked()) parts << tr("paused");
    return parts.join(QStringLiteral(", "));
}

} // namespace n2m::ui
