#pragma once

#include "app/studio/LongTasks.h"
#include "engine/audio/Export.h"

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
class Exporting : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    Exporting(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QSettings& settings,
              QObject* parent = nullptr);

    /// Asks how and where to. `selection` is of the one clip that is shown, if that is what is exported.
    void ask(const std::vector<std::int64_t>& takes, std::optional<audio::FrameRange> selection);

private:
    struct Job {
        std::filesystem::path from;
        QString name;      ///< without an ending
        std::string title; ///< the user's; empty: the file's own
    };
    /// Where the clip of a name goes. Any thread, when it is its turn.
    using Target = std::function<std::filesystem::path(const QString& name)>;
    struct Outcome {
        int written = 0, wanted = 0;
        bool stopped = false;
        QString folder;
        QStringList problems; ///< what was not written, and why
        QStringList remarks;  ///< what was written otherwise than was asked for
    };
    /// What there is to be said of it, if anything. Any thread.
    static QString write(const Job& job, const std::filesystem::path& file, const audio::ExportSettings& settings);
    void write(const std::vector<Job>& jobs, const QString& folder, const Target& target,
               const audio::ExportSettings& settings);
    /// Whether the library has its own files in it, which the user is told then.
    bool isRefused(const QString& folder);
    /// Where one clip goes, with the extension of its format; it asks before it replaces a file. Empty: nowhere.
    QString askForFile(QString proposal, const QString& extension);
    void report(const Outcome& outcome);

    storage::Library& m_library;
    LongTasks& m_tasks;
    ui::MainWindow& m_window;
    QSettings& m_settings;
};

} // namespace n2m::studio
