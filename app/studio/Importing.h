#pragma once

#include "app/studio/LongTasks.h"
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

/// How sound files come into the library: copied from elsewhere, or found in its own folder. GUI thread; the work is
/// one of the long tasks.
class Importing : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    Importing(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QObject* parent = nullptr);

    /// Asks for the files.
    void ask();
    /// Copies sound files, and those in folders; a single one with a recipe also gives its settings back.
    void import(const QStringList& paths);
    /// Brings the library in step with its folder.
    void rebuild();

Q_SIGNALS:
    /// The library has other clips than before.
    void changed();
    /// A clip that came is to be looked at.
    void arrived(qlonglong take);
    void settingsWanted(const n2m::storage::Take& take);

private:
    struct Outcome {
        std::optional<std::int64_t> last; ///< the take of the last file that is in the library now
        std::size_t files = 0, added = 0, known = 0;
        bool stopped = false;
        QStringList errors;
    };
    void report(const Outcome& outcome);

    storage::Library& m_library;
    LongTasks& m_tasks;
    ui::MainWindow& m_window;
};

} // namespace n2m::studio
