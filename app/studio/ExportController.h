#pragma once

#include "app/studio/LongTasks.h"
#include "engine/audio/Export.h"
#include "storage/Take.h"

#include <QObject>
#include <QSettings>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class MainWindow;
}

namespace n2m::studio {

/// Writes clips out of the library. GUI thread; the work is one of the long tasks.
class ExportController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    ExportController(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QSettings& settings,
                     QObject* parent = nullptr);

    /// Asks for format and place, then exports. `selection` is a range of the only take.
    void ask(const std::vector<std::int64_t>& takes, std::optional<audio::FrameRange> selection);
    /// Asks for the place, then writes the scores as MIDI files.
    void askScores(const std::vector<std::int64_t>& takes);

private:
    struct ExportItem {
        QString name; ///< of the new file, without its ending
        /// Writes the file; gives a remark, or nothing. On the thread of the tasks.
        std::function<QString(const std::filesystem::path& file)> write;
    };
    /// Gives the path for a name. Called on the thread of the tasks, just before the clip is written.
    using Target = std::function<std::filesystem::path(const QString& name)>;
    struct ExportSummary {
        int written = 0, requested = 0;
        bool stopped = false;
        QString folder;
        QStringList problems; ///< one line per clip that was not written
        QStringList remarks;  ///< one line per clip that differs from the settings
    };
    /// Where the user wants the files.
    struct Place {
        QString folder;
        Target target;
    };
    /// Asks for the file of one clip, or the folder of several, and remembers the folder. None: cancelled.
    std::optional<Place> askForPlace(const std::vector<storage::Take>& takes, const QString& extension);
    void write(const std::vector<ExportItem>& items, const Place& place);
    /// Refuses a folder of the library's own files, and tells the user.
    bool isRefused(const QString& folder);
    /// Asks for the file of one clip, with the ending of its format, and before it replaces a file. Empty: cancelled.
    QString askForFile(QString proposal, const QString& extension);
    void report(const ExportSummary& summary);

    storage::Library& m_library;
    LongTasks& m_tasks;
    ui::MainWindow& m_window;
    QSettings& m_settings;
};

} // namespace n2m::studio
