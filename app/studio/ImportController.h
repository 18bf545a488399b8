#pragma once

#include "app/studio/LongTasks.h"
#include "engine/midi/MidiReader.h"
#include "engine/plan/Plan.h"
#include "storage/Take.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class MainWindow;
}

namespace n2m::studio {

/// Brings sound files into the library: copies of files from elsewhere, or files found in its own folder. GUI thread;
/// the work is one of the long tasks.
class ImportController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    ImportController(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QObject* parent = nullptr);

    /// Asks for the files.
    void ask();
    /// Copies sound files, and those in folders; the settings of a single one with a recipe go into the panels. The
    /// score of a MIDI file is for the next clip.
    void import(const QStringList& paths);
    /// Makes the library match the files in its folder.
    void rebuild();

Q_SIGNALS:
    void changed(); ///< the clips of the library
    void takeRequested(qlonglong take);
    void scoreRead(const n2m::plan::Plan& plan, const QString& name);
    void settingsRequested(const n2m::storage::Take& take);

private:
    struct ImportSummary {
        std::optional<std::int64_t> last; ///< the take of the last file that was imported or known
        std::size_t files = 0, added = 0, known = 0;
        bool stopped = false;
        QStringList errors;
    };
    void readScore(const QString& file);
    void takeScore(const midi::ReadScore& score, const QString& name);
    void report(const ImportSummary& summary);

    storage::Library& m_library;
    LongTasks& m_tasks;
    ui::MainWindow& m_window;
};

} // namespace n2m::studio
