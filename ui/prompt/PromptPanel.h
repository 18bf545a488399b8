#pragma once

#include "storage/PromptStore.h"
#include "ui/ModelFacts.h"
#include "ui/prompt/HeardPrompt.h"

#include <QFrame>

#include <optional>
#include <vector>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace n2m::ui {

class ActionLine;
class Actions;
class HeardLine;
class PromptEdit;

/// The strip at the top: prompt above negative prompt, Generate and the progress to their right. GUI thread.
class PromptPanel : public QFrame {
    Q_OBJECT

public:
    /// The actions must outlive it.
    explicit PromptPanel(Actions& actions, QWidget* parent = nullptr);

    void setTokenCounter(const TokenCounter& counter);
    /// Shows below the prompt how it is understood; none: nothing is shown.
    void setReader(PromptReader reader);
    /// Completes the words of both prompts; none: nothing is completed.
    void setCompleter(const PhraseCompleter& completer);

    QString prompt() const;
    QString negativePrompt() const;
    void setPrompts(const QString& prompt, const QString& negativePrompt);
    void focusPrompt();

    /// Gives the used prompts, newest first, and the kept ones; the answer to promptsWanted().
    void showPrompts(std::vector<storage::UsedPrompt> history, std::vector<storage::SavedPrompt> saved);

    /// The menu of prompts that come with the program, for other places that offer it. Owned by the panel.
    QMenu* startingPointsMenu() const { return m_starting; }

    /// Shows a line under the prompt that says why it cannot be generated; empty hides it.
    void showProblem(const QString& problem);

    /// The music of the clip that was made with this prompt is kept, which is shown while the field has another prompt.
    /// Empty: none is kept.
    void showKeptMusic(const QString& prompt);

    /// The next clip plays the score of this file, which is shown whatever the prompt; empty: of none.
    void showScore(const QString& name);

    /// Uses as few lines as possible.
    void setCompact(bool compact);

    /// Shows a progress text ("Spectrogram, step 3 of 24, 12 s left") and the share done, 0 … 1; negative = unknown.
    void showProgress(const QString& text, double done);
    void showIdle(const QString& text = {});

    /// Shows that the queue is paused, with a button to go on.
    void showPaused(bool paused);

    /// While a waiting job is edited, Generate saves the change.
    void showEditing(bool editing);
    /// Sets the button's text where Generate makes something other than a whole clip; empty: "Generate".
    void showPurpose(const QString& verb);

public Q_SLOTS:
    void olderPrompt();
    void newerPrompt();

Q_SIGNALS:
    /// Prompts are about to be shown: showPrompts() is expected at once.
    void promptsWanted();
    /// prompt() and negativePrompt() are to be kept under this name.
    void promptSaved(const QString& name);
    void promptRemoved(std::int64_t id);
    /// A kept prompt was chosen whose settings (JSON of engine/request/RequestJson.h) are to be used too.
    void settingsChosen(const QString& settings);
    /// A prompt that comes with the program was chosen, with its music; none and empty: the music is to be planned.
    void musicChosen(std::optional<double> bpm, const QString& key, const QString& chords);
    void editingCancelled();
    /// The kept music is to be dropped.
    void newPlanWanted();

private:
    QWidget* makeEditors();
    QWidget* makeButtons(Actions& actions);
    void fillStartingPoints();
    void fillLibraryMenu();
    void savePrompt();
    void showCounts();
    void showHeard();
    void compareKeptMusic();
    void showVerb();
    void walk(int by);
    bool shows(const storage::UsedPrompt& used) const;
    int placeIn(const std::vector<storage::UsedPrompt>& history) const;

    std::vector<storage::UsedPrompt> m_history; ///< newest first
    std::vector<storage::SavedPrompt> m_saved;
    PromptEdit *m_prompt, *m_negative;
    PromptReader m_reader;
    HeardLine* m_heard;
    bool m_compact = false;
    QLabel *m_promptCount, *m_negativeCount, *m_problem, *m_progressText;
    QProgressBar* m_progress;
    QToolButton *m_cancel, *m_stopEditing;
    QPushButton* m_generate;
    QString m_purpose; ///< its text where it makes something other than a whole clip
    bool m_editing = false;
    ActionLine *m_keptMusic, *m_paused;
    QString m_keptPrompt; ///< the prompt of the kept music
    QString m_score;      ///< the file whose score is played
    QMenu *m_library, *m_starting;

    std::optional<storage::UsedPrompt> m_walked; ///< the shown prompt of the history; none: the user's draft
    QString m_draft, m_negativeDraft;            ///< kept while the user walks through the history
};

} // namespace n2m::ui
