#pragma once

#include "storage/PromptStore.h"
#include "ui/ModelFacts.h"

#include <QFrame>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace n2m::ui {

class Actions;
class PromptEdit;

/// The strip at the top: prompt above negative prompt, Generate to their right, and what is being made. GUI thread.
class PromptPanel : public QFrame {
    Q_OBJECT

public:
    /// Both must outlive it.
    PromptPanel(storage::PromptStore& prompts, Actions& actions, QWidget* parent = nullptr);

    void setTokenCounter(const TokenCounter& counter);

    QString prompt() const;
    QString negativePrompt() const;
    void setPrompts(const QString& prompt, const QString& negativePrompt);
    void focusPrompt();

    /// A line under the prompt that says why it cannot be generated; empty = nothing is wrong.
    void showProblem(const QString& problem);

    /// What runs: a text ("Spectrogram, step 3 of 24, 12 s left") and how much of it is done, 0 … 1; negative = not
    /// known.
    void showProgress(const QString& text, double done);
    void showIdle(const QString& text = {});

    /// A waiting job is being edited: Generate saves the change.
    void showEditing(bool editing);

public Q_SLOTS:
    void olderPrompt();
    void newerPrompt();

Q_SIGNALS:
    /// A prompt of the library was chosen whose settings (JSON of engine/RequestJson.h) are to be used too.
    void settingsChosen(const QString& settings);
    void editingCancelled();

private:
    QWidget* makeEditors();
    QWidget* makeButtons(Actions& actions);
    void fillLibraryMenu();
    void savePrompt();
    void showCounts();
    void walk(int by);

    storage::PromptStore& m_prompts;
    PromptEdit *m_prompt, *m_negative;
    QLabel *m_promptCount, *m_negativeCount, *m_problem, *m_progressText;
    QProgressBar* m_progress;
    QToolButton *m_cancel, *m_stopEditing;
    QPushButton* m_generate;
    QMenu* m_library;

    std::vector<storage::UsedPrompt> m_history; ///< while it is being walked
    int m_place = -1;                           ///< in the history; −1 = what the user is writing
    QString m_draft, m_negativeDraft;
};

} // namespace n2m::ui
