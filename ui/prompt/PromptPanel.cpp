#include "ui/prompt/PromptPanel.h"

#include "ui/actions/Actions.h"
#include "ui/prompt/HeardLine.h"
#include "ui/prompt/PromptEdit.h"
#include "ui/prompt/StartingPoints.h"
#include "ui/style/Icons.h"
#include "ui/widgets/ActionLine.h"
#include "ui/widgets/Label.h"

#include <QInputDialog>
#include <QProgressBar>

#include <algorithm>
#include <ranges>
#include <utility>

namespace n2m::ui {
namespace {

constexpr int promptsInMenu = 12;

QString shortened(const QString& text) {
    constexpr int most = 60;
    const QString line = text.simplified();
    return line.size() <= most ? line : line.left(most - 1) + QStringLiteral("…");
}

QString menuText(const QString& text) {
    return shortened(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

PromptPanel::PromptPanel(Actions& actions, QWidget* parent)
    : QFrame(parent)
    , m_prompt(new PromptEdit)
    , m_negative(new PromptEdit)
    , m_heard(new HeardLine)
    , m_promptCount(dimmedLabel())
    , m_negativeCount(dimmedLabel())
    , m_problem(new QLabel)
    , m_progressText(dimmedLabel())
    , m_progress(new QProgressBar)
    , m_cancel(new QToolButton)
    , m_stopEditing(new QToolButton)
    , m_generate(new QPushButton)
    , m_keptMusic(new ActionLine(tr("Make a new plan")))
    , m_paused(new ActionLine(tr("Continue")))
    , m_library(new QMenu(this))
    , m_starting(new QMenu(tr("Starting points (built in)"), this)) {
    setProperty("panel", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(12);
    layout->addWidget(makeEditors(), 1);
    layout->addWidget(makeButtons(actions));
    setCompact(false);

    connect(actions["prompt.older"], &QAction::triggered, this, &PromptPanel::olderPrompt);
    connect(actions["prompt.newer"], &QAction::triggered, this, &PromptPanel::newerPrompt);
    for (const char* id : {"prompt.older", "prompt.newer"}) {
        actions[id]->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(actions[id]);
    }
    for (PromptEdit* edit : {m_prompt, m_negative})
        connect(edit, &PromptEdit::counted, this, &PromptPanel::showCounts);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] { showProblem({}); });
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &PromptPanel::compareKeptMusic);
    connect(m_keptMusic, &ActionLine::clicked, this, &PromptPanel::newPlanWanted);
    connect(m_library, &QMenu::aboutToShow, this, &PromptPanel::fillLibraryMenu);
    fillStartingPoints();
    showIdle();
    showEditing(false);
}

QWidget* PromptPanel::makeEditors() {
    m_prompt->setObjectName("prompt");
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("Describe the music: “A slow, sad piano ballad with soft strings”"));
    m_prompt->setLines(2);
    m_negative->setObjectName("negativePrompt");
    m_negative->setAccessibleName(tr("Negative prompt"));
    m_negative->setPlaceholderText(tr("Describe what to avoid (optional)"));
    m_negative->setLines(1);
    m_problem->setObjectName("promptProblem");
    m_problem->setProperty("state", "bad");
    m_problem->setWordWrap(true);

    auto* editors = new QWidget;
    auto* grid = new QGridLayout(editors);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    const auto addRow = [&](int row, const QString& title, PromptEdit* edit, QLabel* count) {
        auto* label = headingLabel(title);
        label->setBuddy(edit);
        auto* side = new QVBoxLayout;
        side->setSpacing(1);
        side->addWidget(label);
        side->addWidget(count);
        side->addStretch();
        grid->addLayout(side, row, 0);
        grid->addWidget(edit, row, 1);
    };
    addRow(0, tr("P&rompt"), m_prompt, m_promptCount);
    grid->addWidget(m_heard, 1, 1);
    m_heard->hide(); // until there is a reader
    addRow(2, tr("&Negative prompt"), m_negative, m_negativeCount);
    m_keptMusic->setObjectName("keptMusic");
    grid->addWidget(m_keptMusic, 3, 1);
    grid->addWidget(m_problem, 4, 1);
    grid->setColumnStretch(1, 1);
    return editors;
}

QWidget* PromptPanel::makeButtons(Actions& actions) {
    m_generate->setObjectName("generate");
    m_generate->setProperty("primary", true);
    m_generate->setMinimumHeight(40);
    m_generate->setFocusPolicy(Qt::TabFocus); // a click leaves Space to playing
    tellKey(*m_generate, *actions["generate"]);
    connect(m_generate, &QPushButton::clicked, actions["generate"], &QAction::trigger);
    m_stopEditing->setObjectName("stopEditing");
    m_stopEditing->setIcon(icon("cancel"));
    m_stopEditing->setAccessibleName(tr("Discard the changes to the waiting job"));
    m_stopEditing->setToolTip(m_stopEditing->accessibleName());
    m_stopEditing->setMinimumHeight(40);
    connect(m_stopEditing, &QToolButton::clicked, this, &PromptPanel::editingCancelled);

    auto* library = new QToolButton;
    library->setObjectName("promptLibrary");
    library->setIcon(icon("bookmark"));
    library->setAccessibleName(tr("Prompts: history and saved ones"));
    library->setToolTip(tr("Prompts: history and saved ones"));
    library->setPopupMode(QToolButton::InstantPopup);
    library->setMenu(m_library);
    library->setMinimumHeight(40);

    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->setAccessibleName(tr("Progress of the clip in progress"));
    m_progressText->setObjectName("progressText");
    m_progressText->setWordWrap(true);
    m_progressText->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_paused->setObjectName("paused");
    connect(m_paused, &ActionLine::clicked, this, [pause = actions["queue.pause"]] { pause->setChecked(false); });
    m_cancel->setDefaultAction(actions["queue.cancelRunning"]);
    m_cancel->setAutoRaise(true);

    auto* buttons = new QWidget;
    buttons->setFixedWidth(250);
    auto* layout = new QVBoxLayout(buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* top = new QHBoxLayout;
    top->addWidget(m_generate, 1);
    top->addWidget(m_stopEditing);
    top->addWidget(library);
    layout->addLayout(top);
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_progress, 1);
    bar->addWidget(m_cancel);
    layout->addLayout(bar);
    layout->addWidget(m_paused);
    layout->addWidget(m_progressText);
    layout->addStretch();
    return buttons;
}

void PromptPanel::setTokenCounter(const TokenCounter& counter) {
    m_prompt->setTokenCounter(counter);
    m_negative->setTokenCounter(counter);
}

void PromptPanel::setReader(PromptReader reader) {
    m_reader = std::move(reader);
    m_heard->setVisible(m_reader && !m_compact);
    showHeard();
}

void PromptPanel::setCompleter(const PhraseCompleter& completer) {
    m_prompt->setCompleter(completer);
    m_negative->setCompleter(completer);
}

void PromptPanel::showHeard() {
    if (!m_reader) return;
    m_heard->say(m_reader(prompt(), negativePrompt()), m_prompt->hasFocus() ? m_prompt->toPlainText() : QString());
    m_prompt->setToolTip(m_compact ? m_heard->text() : QString()); // there is no room for the line
}

QString PromptPanel::prompt() const {
    return m_prompt->toPlainText().trimmed();
}

QString PromptPanel::negativePrompt() const {
    return m_negative->toPlainText().trimmed();
}

void PromptPanel::setPrompts(const QString& prompt, const QString& negativePrompt) {
    m_prompt->replaceText(prompt);
    m_negative->replaceText(negativePrompt);
    m_walked.reset();
}

void PromptPanel::showPrompts(std::vector<storage::UsedPrompt> history, std::vector<storage::SavedPrompt> saved) {
    m_history = std::move(history);
    m_saved = std::move(saved);
}

void PromptPanel::focusPrompt() {
    m_prompt->setFocus(Qt::ShortcutFocusReason);
}

void PromptPanel::showProblem(const QString& problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void PromptPanel::showKeptMusic(const QString& prompt) {
    m_keptPrompt = prompt.simplified();
    compareKeptMusic();
}

void PromptPanel::showScore(const QString& name) {
    m_score = name;
    compareKeptMusic();
}

void PromptPanel::compareKeptMusic() {
    if (!m_score.isEmpty()) return m_keptMusic->say(tr("Plays the score of %1").arg(m_score));
    const bool another = !m_keptPrompt.isEmpty() && prompt().simplified() != m_keptPrompt;
    m_keptMusic->say(another ? tr("Keeps tempo, key and chords of “%1”").arg(m_keptPrompt) : QString());
}

void PromptPanel::setCompact(bool compact) {
    m_compact = compact;
    m_prompt->setLines(compact ? 1 : 2);
    m_heard->setVisible(m_reader && !compact);
    showHeard();
    m_progressText->setMinimumHeight((compact ? 1 : 2) * m_progressText->fontMetrics().lineSpacing());
    const int around = compact ? 4 : 10;
    layout()->setContentsMargins(12, around, 12, around);
}

void PromptPanel::showProgress(const QString& text, double done) {
    m_progressText->setText(text);
    m_progress->setRange(0, done < 0.0 ? 0 : 1000);
    if (done >= 0.0) m_progress->setValue(static_cast<int>(done * 1000.0));
    m_progress->show();
    m_cancel->show();
}

void PromptPanel::showIdle(const QString& text) {
    m_progressText->setText(text);
    m_progress->hide();
    m_cancel->hide();
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void PromptPanel::showPaused(bool paused) {
    m_paused->say(paused ? tr("The queue is paused") : QString());
}

void PromptPanel::showEditing(bool editing) {
    m_editing = editing;
    m_stopEditing->setVisible(editing);
    showVerb();
}

void PromptPanel::showPurpose(const QString& verb) {
    m_purpose = verb;
    showVerb();
}

void PromptPanel::showVerb() {
    m_generate->setText(m_editing ? tr("Save changes") : m_purpose.isEmpty() ? tr("Generate") : m_purpose);
}

void PromptPanel::showCounts() {
    const auto show = [this](QLabel* label, const PromptEdit* edit) {
        const TokenCount& count = edit->tokenCount();
        const bool cut = count.cutAt >= 0;
        label->setText(count.limit > 0 && !edit->toPlainText().isEmpty()
                           ? tr("%1 of %2 tokens").arg(count.tokens).arg(count.limit)
                           : QString());
        label->setToolTip(
            cut ? tr("The model reads %1 tokens, which are words or parts of words. It does not read the text "
                     "that is struck through.")
                      .arg(count.limit)
                : QString());
        setState(label, cut ? "warning" : "");
    };
    show(m_promptCount, m_prompt);
    show(m_negativeCount, m_negative);
    showHeard();
}

void PromptPanel::olderPrompt() {
    walk(1);
}

void PromptPanel::newerPrompt() {
    walk(-1);
}

bool PromptPanel::shows(const storage::UsedPrompt& used) const {
    return QString::fromStdString(used.prompt) == prompt() &&
           QString::fromStdString(used.negativePrompt) == negativePrompt();
}

/// The walk's place in the history; −1 = at the user's draft, which a prompt becomes as soon as it is changed.
int PromptPanel::placeIn(const std::vector<storage::UsedPrompt>& history) const {
    if (!m_walked || !shows(*m_walked)) return -1;
    // Compared by text: a prompt that is used again moves to the front.
    const auto found = std::find_if(history.begin(), history.end(), [this](const storage::UsedPrompt& used) {
        return used.prompt == m_walked->prompt && used.negativePrompt == m_walked->negativePrompt;
    });
    return found == history.end() ? -1 : static_cast<int>(found - history.begin());
}

void PromptPanel::walk(int by) {
    Q_EMIT promptsWanted();
    std::vector<storage::UsedPrompt> history = m_history;
    const int before = placeIn(history);
    if (before < 0) {
        if (by < 0) return;
        m_draft = m_prompt->toPlainText();
        m_negativeDraft = m_negative->toPlainText();
        // The prompt in the field is not an earlier one.
        if (!history.empty() && shows(history.front())) history.erase(history.begin());
    }
    const int place = std::clamp(before + by, -1, static_cast<int>(history.size()) - 1);
    if (place == before) return;
    if (place < 0) {
        setPrompts(m_draft, m_negativeDraft);
    } else {
        const storage::UsedPrompt& used = history[static_cast<std::size_t>(place)];
        setPrompts(QString::fromStdString(used.prompt), QString::fromStdString(used.negativePrompt));
        m_walked = used;
    }
}

void PromptPanel::fillStartingPoints() {
    m_starting->setIcon(icon("generate"));
    m_starting->setToolTipsVisible(true);
    for (const StartingPoint& point : startingPoints()) {
        QAction* action = m_starting->addAction(menuText(point.name), this, [this, point] {
            setPrompts(point.prompt, {});
            Q_EMIT musicChosen(point.bpm, point.key, point.chords);
            focusPrompt();
        });
        action->setToolTip(point.prompt);
    }
}

void PromptPanel::fillLibraryMenu() {
    Q_EMIT promptsWanted();
    m_library->clear(); // keeps the submenu, which is not the menu's own
    m_library->addMenu(m_starting);
    QAction* save = m_library->addAction(icon("add"), tr("Save this prompt…"), this, &PromptPanel::savePrompt);
    save->setEnabled(!prompt().isEmpty());
    // A disabled entry as title: the style sheet shows no title of addSection().
    const auto begin = [this](const QString& title) {
        m_library->addSeparator();
        m_library->addAction(title)->setEnabled(false);
    };
    QMenu* forget = nullptr;
    for (const storage::SavedPrompt& entry : m_saved) {
        if (entry.prompt.empty()) continue; // a preset of settings: it is in the settings panel
        if (!forget) begin(tr("Saved prompts"));
        m_library->addAction(menuText(QString::fromStdString(entry.name)), this, [this, entry] {
            setPrompts(QString::fromStdString(entry.prompt), QString::fromStdString(entry.negativePrompt));
            if (!entry.settings.empty()) Q_EMIT settingsChosen(QString::fromStdString(entry.settings));
        });
        if (!forget) forget = new QMenu(tr("Remove a saved prompt"), m_library);
        forget->addAction(menuText(QString::fromStdString(entry.name)), this,
                          [this, id = entry.id] { Q_EMIT promptRemoved(id); });
    }
    if (forget) m_library->addMenu(forget);
    if (!m_history.empty()) begin(tr("Last used"));
    for (const storage::UsedPrompt& used : m_history | std::views::take(promptsInMenu))
        m_library->addAction(menuText(QString::fromStdString(used.prompt)), this, [this, used] {
            setPrompts(QString::fromStdString(used.prompt), QString::fromStdString(used.negativePrompt));
        });
}

void PromptPanel::savePrompt() {
    bool accepted = false;
    const QString name =
        QInputDialog::getText(this, tr("Save this prompt"), tr("Name (an existing prompt of that name is replaced):"),
                              QLineEdit::Normal, shortened(prompt()), &accepted)
            .trimmed();
    if (!accepted || name.isEmpty()) return;
    Q_EMIT promptSaved(name);
}

} // namespace n2m::ui
