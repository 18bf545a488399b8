#pragma once

#include "app/studio/TrashCommand.h"
#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "storage/Take.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QUndoStack;

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class FactsPanel;
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

class ClipLoader;
class LongTasks;

/// What is done with the clips of the library: choosing one to see and hear, moving to the trash and back, showing in
/// the folder. GUI thread.
class TakeDesk : public QObject {
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::HistoryPanel& history;
        ui::FactsPanel& facts;
        ui::MainWindow& window;
        QUndoStack& undo;
        LongTasks& tasks;
        std::function<bool()> inUse; ///< whether the user hears the shown clip at the moment, or writes over it
    };
    explicit TakeDesk(const Parts& parts, QObject* parent = nullptr);
    ~TakeDesk() override;

    /// For the start: the take to show, which gives way to the next one that is made.
    void begin(qlonglong take);
    /// Another take was asked for: what is shown gives way to it, unless the user chooses something else meanwhile.
    void expect() { m_newest = m_shown; }
    /// A new take was saved: it is shown, unless the user is looking at something older by his own choice, or has the
    /// shown one in hand. Then it is said, with a button.
    void takeMade(qlonglong take);
    void refresh();
    void choose(qlonglong take);
    /// A clip that is no take yet, in place of the one that is shown; it plays at once. Another one as long goes on at
    /// the same place, and so does the take when it is made.
    void showPreview(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan, const QString& prompt);
    /// There will be no take of it.
    void endPreview();
    /// Where the shown clip is still being read: it plays as soon as it is there; asked again, it does not. False: it
    /// is not being read.
    bool playWhenRead();
    qlonglong shown() const { return m_shown; } ///< 0 = none
    const std::shared_ptr<const audio::Clip>& clip() const { return m_clip; }
    /// What the next command is about: what is selected, else what is shown.
    std::vector<std::int64_t> subject() const;

Q_SIGNALS:
    /// Another clip is to be seen and heard; nullptr = none.
    void clipShown(std::shared_ptr<const n2m::audio::Clip> clip, std::optional<n2m::plan::Plan> plan);
    /// What is said where no clip is: that it is being read, say.
    void hintChanged(const QString& hint);
    /// A clip to compare with the one that is shown; nullptr = no comparison any more.
    void compared(std::shared_ptr<const n2m::audio::Clip> clip);
    void playRequested();
    void exportRequested(const std::vector<std::int64_t>& takes);

private:
    void connectPanels();
    void connectActions();
    bool isInHand() const;
    void keepForComparison();
    void showTake(qlonglong take);
    void showNothing(const QString& why);
    QString readingHint() const;
    void showLoaded(qlonglong take, std::shared_ptr<const audio::Clip> clip);
    void refreshMarks();
    void showFacts();
    void enableActions();
    void trash();
    void restore();
    void move(const std::vector<std::int64_t>& takes, TrashCommand::Way way);
    void showMoved(const std::vector<std::int64_t>& takes);
    void emptyTrash();
    void showInFolder();
    void compare();

    Parts m_parts;
    ClipLoader* m_loader;
    qlonglong m_shown = 0;
    qlonglong m_newest = 0; ///< what gives way to the next take that is made: the last one, as a rule
    qlonglong m_begun = 0;  ///< the take of the start, until another is chosen
    bool m_playWhenLoaded = false;
    int m_trashNotice = 0;  ///< the message that offers to undo
    int m_readError = 0;    ///< the one that the shown clip could not be read
    bool m_reading = false; ///< the file of the shown take
    QTimer m_slow;          ///< until that takes long enough to be seen
    QString m_previewed;    ///< the prompt of the preview that is shown; empty = none is
    std::shared_ptr<const audio::Clip> m_clip, m_before, m_compared; ///< compared: `before`, while it is
    qlonglong m_clipTake = 0, m_beforeTake = 0;
};

} // namespace n2m::studio
