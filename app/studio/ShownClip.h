#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "storage/Take.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

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

/// The clip that the window shows: a take of the library, the preview of a running job, or none. Reads its file, shows
/// its title and facts, offers the one shown before for comparison, and decides whether a new take replaces it. GUI
/// thread.
class ShownClip : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::HistoryPanel& history;
        ui::FactsPanel& facts;
        ui::MainWindow& window;
        std::function<bool()> inUse; ///< whether the user hears the clip at the moment, or edits its chords
    };
    explicit ShownClip(const Parts& parts, QObject* parent = nullptr);
    ~ShownClip() override;

    qlonglong take() const { return m_take; } ///< 0: none, or a preview
    std::optional<storage::Take> findTake() const;
    /// nullptr: none, or its file is still being read.
    const std::shared_ptr<const audio::Clip>& clip() const { return m_current.clip; }

    /// Shows the take of the last session; the next take that is made replaces it.
    void begin(qlonglong take);
    /// Shows a take and selects it in the history; 0: none.
    void choose(qlonglong take);
    /// A job was queued: the shown clip gives way to its take, unless the user chooses another clip meanwhile.
    void giveWay() { m_givesWay = m_take; }
    /// A take was saved. It is shown if the shown clip gives way to it and is not in use; otherwise a notice offers it.
    void takeMade(qlonglong take);
    /// Reads the history and the facts again; refreshMarks() where only storage::Marks have changed.
    void refresh();
    void refreshMarks();

    /// Shows and plays the preview of a running job. One as long as the clip before goes on at the same place, and so
    /// does the take when it is made.
    void showPreview(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan, const QString& prompt);
    /// The job ended without a take.
    void endPreview();
    /// While the file is being read: plays the clip once it is read; called again, does not. False: nothing is being
    /// read.
    bool playWhenRead();

Q_SIGNALS:
    /// Another clip is to be seen and heard; nullptr = none.
    void clipShown(std::shared_ptr<const n2m::audio::Clip> clip, std::optional<n2m::plan::Plan> plan);
    /// The text in place of a clip.
    void hintChanged(const QString& hint);
    /// The clip to compare with the shown one; nullptr = the comparison ended.
    void compared(std::shared_ptr<const n2m::audio::Clip> clip);
    void playRequested();
    /// Another take is shown, or something about it changed.
    void changed();

private:
    struct TakeSound {
        qlonglong take = 0; ///< 0: a preview
        std::shared_ptr<const audio::Clip> clip;
    };

    void connectLoader();
    bool isInUse() const;
    void show(qlonglong take);
    void showNothing(const QString& why);
    void showLoaded(qlonglong take, std::shared_ptr<const audio::Clip> clip);
    void showReadError(qlonglong take, const QString& error);
    void keepForComparison();
    void toggleComparison();
    QString readingHint() const;
    void update();
    void showTitle(const std::optional<storage::Take>& take);
    void enableActions(const std::optional<storage::Take>& take);

    Parts m_parts;
    ClipLoader* m_loader;
    qlonglong m_take = 0;
    qlonglong m_givesWay = 0;      ///< the take that the next one replaces; normally the newest
    qlonglong m_ofLastSession = 0; ///< until another is chosen
    TakeSound m_current, m_previous;
    bool m_comparing = false; ///< with m_previous
    bool m_playWhenRead = false;
    QString m_previewPrompt; ///< empty: the clip is not a preview
    int m_readError = 0;     ///< number of the notice that the file could not be read
};

} // namespace n2m::studio
