#pragma once

#include "storage/PromptStore.h"
#include "ui/ModelFacts.h"

#include <QFrame>

#include <optional>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace n2m::ui {

class ActionLine;
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

    /// The prompts that come with the program; for other places that offer them. Owned by the panel.
    QMenu* startingPointsMenu() const { return m_starting; }

    /// A line under the prompt that says why it cannot be generated; empty = nothing is wrong.
    void showProblem(const QString& problem);

    /// The music of the clip that was made with this prompt is kept; it is said where another one stands there. Empty:
    /// none is kept.
    void showKeptMusic(const QString& prompt);

    /// With as few lines as will do.
    void setCompact(bool compact);

    /// What runs: a text ("Spectrogram, step 3 of 24, 12 s left") and how much of it is done, 0 … 1; negative = not
    /// known.
    void showProgress(const QString& text, double done);
    void showIdle(const QString& text = {});

    /// What waits is not begun: it is said here, with a button to go on.
    void showPaused(bool paused);

    /// A waiting job is being edited: Generate saves the change.
    void showEditing(bool editing);
    /// What Generate does instead of a whole clip, for its button; empty: that.
    void showPurpose(const QString& verb);

public Q_SLOTS:
    void olderPrompt();
    void newerPrompt();

Q_SIGNALS:
    /// A prompt of the library was chosen whose settings (JSON of engine/RequestJson.h) are to be used too.
    void settingsChosen(const QString& settings);
    /// A prompt that comes with the program was chosen; the music that goes with it, none where it is to be planned.
    void musicChosen(std::optional<double> bpm, const QString& key, const QString& chords);
    void editingCancelled();
    /// No music is to be kept.
    void planAnewWanted();

private:
    QWidget* makeEditors();
    QWidget* makeButtons(Actions& actions);
    void fillStartingPoints();
    void fillLibraryMenu();
    void savePrompt();
    void showCounts();
    void compareKeptMusic();
    void showVerb();
    void walk(int by);
    bool shows(const storage::UsedPrompt& used) const;
    int placeIn(const std::vector<storage::UsedPrompt>& history) const;

    storage::PromptStore& m_prompts;
    PromptEdit *m_prompt, *m_negative;
    QLabel *m_promptCount, *m_negativeCount, *m_problem, *m_progressText;
    QProgressBar* m_progress;
    QToolButton *m_cancel, *m_stopEditing;
    QPushButton* m_generate;
    QString m_purpose; ///< what it does instead of a whole clip
    bool m_editing = false;
    ActionLine *m_keptMusic, *m_paused;
    QString m_keptPrompt; ///< that the kept music was made with
    QMenu *m_library, *m_starting;

    std::optional<storage::UsedPrompt> m_walked; ///< of the history, shown by walking to it; none: the user's draft
    QString m_draft, m_negativeDraft;            ///< while the history is being walked
};

} // namespace n2m::ui
