#include "ui/window/MainWindow.h"

#include "ui/actions/Actions.h"
#include "ui/style/Icons.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/FileGuard.h"
#include "ui/widgets/Label.h"
#include "ui/widgets/SpinShortcuts.h"
#include "ui/widgets/WheelGuard.h"
#include "ui/window/Menus.h"
#include "ui/window/NoticeBar.h"
#include "ui/window/TaskStrip.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>

#include <utility>

namespace n2m::ui {
namespace {

/// Files dragged from another program; empty for our own clips, dragged within the window.
QStringList droppedFiles(const QDropEvent* event) {
    return event->source() ? QStringList() : localFiles(*event->mimeData());
}

// Pixels; a screen of 1280 × 800 at twice the size has 640 × 400, less the desktop's bars.
constexpr int leastWidth = 600, leastHeight = 360;
constexpr int lowWindow = 660, narrowWindow = 800;
const QList<int> usualRows{400, 200}, lowRows{leastHeight, 1}; // in a low window the clip has most of the height

QWidget* hint(QLabel* picture, QLabel* text, QPushButton* begin) {
    auto* widget = new QWidget;
    auto* layout = new QVBoxLayout(widget);
    picture->setPixmap(programIcon().pixmap(72));
    picture->setAlignment(Qt::AlignCenter);
    text->setObjectName("emptyHint");
    auto* title = headingLabel(MainWindow::tr("Your music appears here"));
    title->setProperty("big", true);
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    layout->addStretch();
    layout->addWidget(picture);
    layout->addSpacing(8);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addSpacing(8);
    layout->addWidget(begin, 0, Qt::AlignCenter);
    layout->addStretch();
    return widget;
}

/// Whether a key is for the control with the focus rather than for an action of the window.
bool isKeyOf(const QWidget* focused, const QKeyEvent* key) {
    if (!focused || (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) return false;
    const int code = key->key();
    if (qobject_cast<const QAbstractButton*>(focused))
        return code == Qt::Key_Space && !focused->inherits("QToolButton"); // tool buttons take Return, too
    if (qobject_cast<const QComboBox*>(focused)) return true;              // the letter of an entry, Home, End
    if (qobject_cast<const QAbstractItemView*>(focused)) return code == Qt::Key_Home || code == Qt::Key_End;
    return false;
}

} // namespace

MainWindow::MainWindow(const Parts& parts, Actions& actions, QWidget* parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_actions(actions)
    , m_notice(new NoticeBar)
    , m_task(new TaskStrip)
    , m_columns(new QSplitter(Qt::Horizontal))
    , m_rows(new QSplitter(Qt::Vertical))
    , m_clip(new QStackedWidget)
    , m_begin(new QPushButton(tr("Choose a starting point")))
    , m_picture(new QLabel)
    , m_hint(dimmedLabel())
    , m_title(new ElidedLabel)
    , m_facts(dimmedLabel())
    , m_tabs(new QTabWidget) {
    setWindowTitle(tr("Noise2Music Studio"));
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    setMinimumSize(leastWidth, leastHeight); // the layout's own is smaller only once the window is low
    new WheelGuard(this);
    new SpinShortcuts(this);
    connect(new FileGuard(this), &FileGuard::pasted, this, &MainWindow::filesGiven);
    constexpr int decoration = 40; // pixels of the desktop's frame
    resize(QSize(1280, 800).boundedTo(screen()->availableSize() - QSize(0, decoration)));
    fillMenus(*menuBar(), actions);
    addClipMenu(*parts.clip, actions);

    m_columns->addWidget(parts.parameters);
    m_columns->addWidget(makeCentre());
    m_columns->addWidget(parts.history);
    m_columns->setStretchFactor(1, 1);
    m_columns->setChildrenCollapsible(false);
    m_columns->setSizes({285, 675, 320});

    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    const auto addLine = [layout] {
        auto* line = new QFrame;
        line->setProperty("line", true);
        line->setFixedHeight(1);
        layout->addWidget(line);
    };
    layout->addWidget(parts.prompt);
    addLine();
    layout->addWidget(m_columns, 1);
    addLine();
    layout->addWidget(m_task);
    layout->addWidget(m_notice);
    layout->addWidget(parts.player);
    setCentralWidget(central);
    for (const Actions::Entry& entry : actions.entries()) {
        if (entry.action->shortcutContext() == Qt::WindowShortcut) addAction(entry.action);
    }
    connectPanels(actions);
    fit();
}

QWidget* MainWindow::makeCentre() {
    auto* heading = new QWidget;
    auto* headingLayout = new QHBoxLayout(heading);
    headingLayout->setContentsMargins(10, 6, 10, 6);
    m_title->setObjectName("clipTitle");
    m_facts->setObjectName("clipFacts");
    m_title->setProperty("heading", true);
    headingLayout->addWidget(m_title, 1);
    headingLayout->addWidget(m_facts);
    auto* clip = new QWidget;
    auto* clipLayout = new QVBoxLayout(clip);
    clipLayout->setContentsMargins(0, 0, 0, 0);
    clipLayout->setSpacing(0);
    clipLayout->addWidget(heading);
    clipLayout->addWidget(m_parts.clip, 1);
    m_begin->setObjectName("startingPoints");
    m_clip->addWidget(hint(m_picture, m_hint, m_begin));
    m_clip->addWidget(clip);

    m_tabs->addTab(m_parts.queue, tr("Queue"));
    m_tabs->addTab(m_parts.facts, tr("Facts"));
    m_tabs->setObjectName("lower");
    m_tabs->setDocumentMode(true);
    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(m_clip, 1);
    upperLayout->addWidget(m_parts.making);
    m_rows->addWidget(upper);
    m_rows->addWidget(m_tabs);
    m_rows->setStretchFactor(0, 1);
    m_rows->setChildrenCollapsible(false);
    m_rows->setSizes(usualRows);
    keepRows();
    return m_rows;
}

void MainWindow::connectPanels(Actions& actions) {
    connect(actions["panel.parameters"], &QAction::toggled, m_parts.parameters, &QWidget::setVisible);
    connect(actions["panel.history"], &QAction::toggled, m_parts.history, &QWidget::setVisible);
    connect(actions["panel.queue"], &QAction::toggled, m_tabs, &QWidget::setVisible);
    connect(actions["panel.clipOnly"], &QAction::triggered, this, [&actions] {
        // With all panels hidden, it shows them again.
        bool any = false;
        for (const char* id : {"panel.parameters", "panel.history", "panel.queue"})
            any = any || actions[id]->isChecked();
        for (const char* id : {"panel.parameters", "panel.history", "panel.queue"})
            actions[id]->setChecked(!any);
    });
    connect(actions["quit"], &QAction::triggered, this, &QWidget::close);
    connect(m_rows, &QSplitter::splitterMoved, this, &MainWindow::keepRows);
    for (const char* id : {"generate", "play"})
        connect(actions[id], &QAction::changed, this, &MainWindow::showHint);
    showHint();
}

void MainWindow::showHint() {
    const QString play = keyText(*m_actions["play"]);
    m_hint->setText(tr("Describe the music above, then press %1.").arg(m_actions["generate"]->toolTip()) +
                    QLatin1Char('\n') +
                    (play.isEmpty() ? tr("Every clip is kept in the history to the right.")
                                    : tr("Every clip is kept in the history to the right; %1 plays it.").arg(play)));
}

void MainWindow::showClipTitle(const QString& title, const QString& facts) {
    m_clip->setCurrentIndex(title.isEmpty() ? 0 : 1);
    m_title->setText(title);
    m_title->setToolTip(title);
    m_facts->setText(facts);
}

void MainWindow::setHintMenu(QMenu* menu) {
    m_begin->setMenu(menu);
}

void MainWindow::showFacts() {
    if (m_tabs->isVisible() && m_tabs->currentWidget() == m_parts.facts) {
        m_tabs->setCurrentWidget(m_parts.queue);
        return;
    }
    m_actions["panel.queue"]->setChecked(true);
    m_tabs->setCurrentWidget(m_parts.facts);
    // They get the room that they need, as far as the clip can spare it.
    const QList<int> rows = m_rows->sizes();
    const int missing = m_parts.facts->sizeHint().height() + m_tabs->tabBar()->sizeHint().height() - rows.at(1);
    const int spare = rows.at(0) - m_rows->widget(0)->minimumSizeHint().height();
    if (const int more = std::min(missing, spare); more > 0) m_rows->setSizes({rows.at(0) - more, rows.at(1) + more});
    keepRows();
}

void MainWindow::showQueueCount(int jobs) {
    m_tabs->setTabText(0, jobs > 0 ? tr("Queue (%1)").arg(jobs) : tr("Queue"));
}

void MainWindow::save(QSettings& settings) const {
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/columns", m_columns->saveState());
    settings.setValue("window/rows", m_highRows);
    if (m_low) settings.setValue("window/lowRows", m_rows->saveState());
    settings.setValue("window/tab", m_tabs->currentIndex());
    for (const char* id : {"panel.parameters", "panel.history", "panel.queue"})
        settings.setValue(QStringLiteral("window/") + id, m_actions[id]->isChecked());
}

void MainWindow::restore(const QSettings& settings) {
    restoreGeometry(settings.value("window/geometry").toByteArray());
    fit();
    m_columns->restoreState(settings.value("window/columns").toByteArray());
    // Rows are kept in pixels: a high window's would leave a low one no room for the clip.
    m_highRows = settings.value("window/rows", m_highRows).toByteArray();
    m_rows->restoreState(m_low ? settings.value("window/lowRows").toByteArray() : m_highRows);
    m_tabs->setCurrentIndex(settings.value("window/tab", 0).toInt());
    const auto showPanel = [&](const char* id, bool usually) {
        m_actions[id]->setChecked(settings.value(QStringLiteral("window/") + id, usually).toBool());
    };
    showPanel("panel.parameters", true);
    showPanel("panel.history", width() >= narrowWindow);
    showPanel("panel.queue", !m_low);
}

void MainWindow::fit() {
    const bool low = height() < lowWindow;
    m_clip->setMinimumHeight(low ? 64 : 160);
    m_tabs->setMinimumHeight(low ? 56 : 0);
    m_picture->setVisible(!low);
    if (low == std::exchange(m_low, low)) return;
    if (low)
        m_rows->setSizes(lowRows);
    else
        m_rows->restoreState(m_highRows); // the user's sizes, as there is room again
    Q_EMIT lowChanged(low);
}

void MainWindow::keepRows() {
    if (!m_low) m_highRows = m_rows->saveState();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    fit();
    keepRows();
}

bool MainWindow::event(QEvent* event) {
    // A key arrives here if the focused control did not accept it, before it becomes a shortcut.
    if (event->type() == QEvent::ShortcutOverride && isKeyOf(focusWidget(), static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!droppedFiles(event).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QStringList files = droppedFiles(event);
    if (files.isEmpty()) return;
    event->acceptProposedAction();
    Q_EMIT filesGiven(files);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    Q_EMIT closing();
    QMainWindow::closeEvent(event);
}

} // namespace n2m::ui
