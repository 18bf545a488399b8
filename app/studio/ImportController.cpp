#include "app/studio/ImportController.h"

#include "engine/base/Error.h"
#include "engine/midi/MidiReader.h"
#include "engine/request/Request.h"
#include "storage/FileNames.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/Numbers.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QDirIterator>
#include <QFileDialog>
#include <QFileInfo>

namespace n2m::studio {
namespace {

const QStringList& soundFiles() {
    static const QStringList patterns = [] {
        QStringList all;
        for (const std::string& ending : storage::soundEndings())
            all << QLatin1Char('*') + QString::fromStdString(ending);
        return all;
    }();
    return patterns;
}

/// The file itself; for a folder, the sound files in it and in its folders, sorted by name. Throws base::Failure where
/// a folder has none.
QStringList filesIn(const QString& path, const LongTasks::Steps& steps) {
    if (!QFileInfo(path).isDir()) return {path};
    QStringList files;
    QDirIterator entry(path, soundFiles(), QDir::Files, QDirIterator::Subdirectories);
    while (entry.hasNext() && !steps.stopped())
        files << entry.next();
    if (files.isEmpty() && !steps.stopped()) throw base::Failure("{} has no sound files", path.toStdString());
    files.sort();
    return files;
}

} // namespace

ImportController::ImportController(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_tasks(tasks)
    , m_window(window) {
    connect(&window, &ui::MainWindow::filesGiven, this, &ImportController::import);
}

void ImportController::ask() {
    import(QFileDialog::getOpenFileNames(
        &m_window, tr("Import sound files"), {},
        tr("Sound files (%1);;MIDI files (*.mid *.midi);;All files (*)").arg(soundFiles().join(QLatin1Char(' ')))));
}

void ImportController::import(const QStringList& paths) {
    QStringList sounds;
    for (const QString& path : paths) {
        const QString ending = QFileInfo(path).suffix().toLower();
        if (ending == QLatin1String("mid") || ending == QLatin1String("midi"))
            readScore(path);
        else
            sounds << path;
    }
    if (sounds.isEmpty()) return;
    m_tasks.start(tr("Importing"), [this, folder = m_library.folder(), sounds](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        ImportSummary summary;
        const auto attempt = [&summary](const auto& step) {
            try {
                step();
            } catch (const std::exception& error) {
                summary.errors << ui::inUsersLanguage(error);
            }
        };
        QStringList files;
        for (const QString& path : sounds)
            attempt([&] { files << filesIn(path, steps); });
        summary.files = static_cast<std::size_t>(files.size());
        std::size_t done = 0;
        for (const QString& file : files) {
            if (!steps.next(done++, summary.files)) {
                summary.stopped = true;
                break;
            }
            attempt([&] {
                const storage::ImportResult imported = library.takes().import(file.toStdString());
                summary.last = imported.take.id;
                ++(imported.isNew ? summary.added : summary.known);
            });
        }
        return [this, summary] { report(summary); };
    });
}

void ImportController::readScore(const QString& file) {
    m_tasks.start(tr("Reading a score"), [this, file](LongTasks::Steps&) -> LongTasks::Report {
        try {
            return [this, score = midi::readMidiFile(file.toStdString()), name = QFileInfo(file).fileName()] {
                takeScore(score, name);
            };
        } catch (const std::exception& error) {
            return [this, problem = ui::inUsersLanguage(error)] { m_window.notice().showError(problem); };
        }
    });
}

void ImportController::takeScore(const midi::ReadScore& score, const QString& name) {
    Q_EMIT scoreRead(score.plan, name);
    QStringList lines{tr("The next clip plays the score of %1.").arg(name)};
    if (score.plan.seconds > Request::maximumSeconds)
        lines << tr("It lasts %1 s; its first %2 s are played.")
                     .arg(ui::numberText(score.plan.seconds, 0), ui::numberText(Request::maximumSeconds, 0));
    for (const base::Message& remark : score.remarks)
        lines << ui::inUsersLanguage(remark);
    if (lines.size() > 1)
        m_window.notice().showResult(lines.join(QLatin1Char('\n')));
    else
        m_window.notice().showNews(lines.front());
}

void ImportController::report(const ImportSummary& summary) {
    Q_EMIT changed();
    const auto take = summary.last ? m_library.takes().find(*summary.last) : std::nullopt;
    if (take) Q_EMIT takeRequested(take->id);
    QStringList lines;
    if (summary.stopped)
        lines << tr("%1 of %2 files imported; stopped.").arg(summary.added).arg(summary.files);
    else if (summary.added > 0)
        lines << (summary.added == 1 ? tr("Imported.") : tr("%1 files imported.").arg(summary.added));
    if (summary.known > 0)
        lines << (summary.known == 1 ? tr("One file was in the library already.")
                                     : tr("%1 files were in the library already.").arg(summary.known));
    if (summary.errors.size() == 1)
        lines << summary.errors.front();
    else if (!summary.errors.isEmpty())
        lines << tr("%1 files could not be imported; the first: %2")
                     .arg(summary.errors.size())
                     .arg(summary.errors.front());
    if (!summary.errors.isEmpty()) {
        m_window.notice().showError(lines.join(QLatin1Char('\n')));
    } else if (summary.files == 1 && take && !take->recipe.empty()) {
        Q_EMIT settingsRequested(*take);
        m_window.notice().showNews(summary.known > 0
                                       ? tr("It was in the library already. Its settings are in the panels.")
                                       : tr("Imported. Its settings are in the panels."));
    } else {
        m_window.notice().showNews(lines.join(QLatin1Char('\n')));
    }
}

void ImportController::rebuild() {
    m_tasks.start(tr("Reading the library's folder"), [this, folder = m_library.folder()](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        QString result;
        try {
            const auto report =
                library.files().rebuild([&steps](std::size_t done, std::size_t of) { steps.watch(done, of); });
            result =
                tr("The library matches its folder: %1 clips unchanged, %2 found in another place, %3 new, %4 without "
                   "their file.")
                    .arg(report.kept)
                    .arg(report.found)
                    .arg(report.added)
                    .arg(report.remaining.missing.size());
        } catch (const LongTasks::TaskStopped&) {
            result =
                tr("Stopped after %1 of %2 new files; those are in the library now.").arg(steps.done()).arg(steps.of());
        }
        return [this, result] {
            Q_EMIT changed();
            m_window.notice().showResult(result);
        };
    });
}

} // namespace n2m::studio
