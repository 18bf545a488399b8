#include "app/studio/Importing.h"

#include "storage/FileNames.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QDirIterator>
#include <QFileDialog>
#include <QFileInfo>

#include <stdexcept>

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

/// The files themselves; in place of a folder the sound files in it, by name, those of its folders too. Throws
/// std::runtime_error where a folder has none.
QStringList filesIn(const QString& path, const LongTasks::Steps& steps) {
    if (!QFileInfo(path).isDir()) return {path};
    QStringList files;
    QDirIterator entry(path, soundFiles(), QDir::Files, QDirIterator::Subdirectories);
    while (entry.hasNext() && !steps.stopped())
        files << entry.next();
    if (files.isEmpty() && !steps.stopped())
        throw std::runtime_error(Importing::tr("There is no sound file in %1.").arg(path).toStdString());
    files.sort();
    return files;
}

} // namespace

Importing::Importing(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_tasks(tasks)
    , m_window(window) {
    connect(&window, &ui::MainWindow::filesGiven, this, &Importing::import);
}

void Importing::ask() {
    import(
        QFileDialog::getOpenFileNames(&m_window, tr("Import sound files"), {},
                                      tr("Sound files (%1);;All files (*)").arg(soundFiles().join(QLatin1Char(' ')))));
}

void Importing::import(const QStringList& paths) {
    if (paths.isEmpty()) return;
    m_tasks.start(tr("Importing"), [this, folder = m_library.folder(), paths](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        Outcome outcome;
        const auto attempt = [&outcome](const auto& step) {
            try {
                step();
            } catch (const std::exception& error) {
                outcome.errors << ui::inUsersLanguage(error.what());
            }
        };
        QStringList files;
        for (const QString& path : paths)
            attempt([&] { files << filesIn(path, steps); });
        outcome.files = static_cast<std::size_t>(files.size());
        std::size_t done = 0;
        for (const QString& file : files) {
            if (!steps.next(done++, outcome.files)) {
                outcome.stopped = true;
                break;
            }
            attempt([&] {
                const storage::Imported imported = library.takes().import(file.toStdString());
                outcome.last = imported.take.id;
                ++(imported.isNew ? outcome.added : outcome.known);
            });
        }
        return [this, outcome] { report(outcome); };
    });
}

void Importing::report(const Outcome& outcome) {
    Q_EMIT changed();
    const auto take = outcome.last ? m_library.takes().find(*outcome.last) : std::nullopt;
    if (take) Q_EMIT arrived(take->id);
    QStringList lines;
    if (outcome.stopped)
        lines << tr("%1 of %2 files imported; stopped.").arg(outcome.added).arg(outcome.files);
    else if (outcome.added > 0)
        lines << (outcome.added == 1 ? tr("Imported.") : tr("%1 files imported.").arg(outcome.added));
    if (outcome.known > 0)
        lines << (outcome.known == 1 ? tr("One file was in the library already.")
                                     : tr("%1 files were in the library already.").arg(outcome.known));
    if (outcome.errors.size() == 1)
        lines << outcome.errors.front();
    else if (!outcome.errors.isEmpty())
        lines << tr("%1 files could not be imported; the first: %2")
                     .arg(outcome.errors.size())
                     .arg(outcome.errors.front());
    if (!outcome.errors.isEmpty()) {
        m_window.notice().showError(lines.join(QLatin1Char('\n')));
    } else if (outcome.files == 1 && take && !take->recipe.empty()) {
        Q_EMIT settingsWanted(*take);
        m_window.notice().showNews(
            outcome.known > 0 ? tr("It was in the library already; the settings that made it are back in the panels.")
                              : tr("Imported, and the settings that made it are back in the panels."));
    } else {
        m_window.notice().showNews(lines.join(QLatin1Char('\n')));
    }
}

void Importing::rebuild() {
    m_tasks.start(tr("Reading the library's folder"), [this, folder = m_library.folder()](LongTasks::Steps& steps) {
        storage::Library library(folder); // a Library belongs to one thread
        QString result;
        try {
            const auto report =
                library.takes().rebuild([&steps](std::size_t done, std::size_t of) { steps.watch(done, of); });
            result = tr("The library is in step with its folder: %1 clips as they were, %2 found again elsewhere, %3 "
                        "new, %4 whose file is gone.")
                         .arg(report.kept)
                         .arg(report.found)
                         .arg(report.added)
                         .arg(report.left.missing.size());
        } catch (const LongTasks::Stopped&) {
            result = tr("Stopped after %1 of %2 files that the library did not know; those are in it now.")
                         .arg(steps.done())
                         .arg(steps.of());
        }
        return [this, result] {
            Q_EMIT changed();
            m_window.notice().showResult(result);
        };
    });
}

} // namespace n2m::studio
