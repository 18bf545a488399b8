#pragma once

#include "engine/audio/Export.h"

#include <QObject>
#include <QSettings>

#include <filesystem>
#include <optional>
#include <vector>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class MainWindow;
}

namespace n2m::studio {

/// Writes clips out of the library, on another thread. GUI thread.
class Exporting : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    Exporting(storage::Library& library, ui::MainWindow& window, QSettings& settings, QObject* parent = nullptr);

    /// Asks how and where to. `selection` is of the one clip that is shown, if that is what is exported.
    void ask(const std::vector<std::int64_t>& takes, std::optional<audio::FrameRange> selection);

    struct Job {
        std::filesystem::path from, to;
        QString name;      ///< for messages
        std::string title; ///< the user's; empty: the file's own
    };
    void write(const std::vector<Job>& jobs, const audio::ExportSettings& settings);

private:
    /// Where one clip goes, with the extension of its format; it asks before it replaces a file. Empty: nowhere.
    QString askForFile(QString proposal, const QString& extension);
    void report(int written, const QString& folder, const QStringList& problems);

    storage::Library& m_library;
    ui::MainWindow& m_window;
    QSettings& m_settings;
};

} // namespace n2m::studio
