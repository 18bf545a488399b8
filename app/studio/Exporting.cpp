#include "app/studio/Exporting.h"

#include "engine/audio/SoundFile.h"
#include "engine/audio/SoundText.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/Numbers.h"
#include "ui/settings/ExportDialog.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QRegularExpression>
#include <QUrl>

namespace n2m::studio {
namespace {

/// A name that is not taken yet: "song.wav", "song-2.wav", ….
std::filesystem::path freeName(const QDir& folder, const QString& stem, const QString& extension) {
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? QStringLiteral("%1.%2").arg(stem, extension)
                                         : QStringLiteral("%1-%2.%3").arg(stem).arg(number).arg(extension);
        if (!folder.exists(name)) return folder.filePath(name).toStdString();
    }
}

/// The user's title, as far as it can be a file's name anywhere; else that of the library's file.
QString stemOf(const storage::Take& take) {
    static const QRegularExpression impossible(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]+"));
    QString title = QString::fromStdString(take.title).replace(impossible, QStringLiteral("-")).simplified();
    while (title.startsWith(QLatin1Char('.')) || title.startsWith(QLatin1Char('-')))
        title.remove(0, 1);
    // A name may have 255 bytes, with its number, its ending, and what it has besides while it is being written.
    title = QString::fromStdString(audio::cutUtf8(title.toStdString(), 150)).trimmed();
    return title.isEmpty() ? QString::fromStdString(take.file.stem().string()) : title;
}

} // namespace

Exporting::Exporting(storage::Library& library, LongTasks& tasks, ui::MainWindow& window, QSettings& settings,
                     QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_tasks(tasks)
    , m_window(window)
    , m_settings(settings) {}

void Exporting::ask(const std::vector<std::int64_t>& ids, std::optional<audio::FrameRange> selection) {
    const std::vector<storage::Take> takes = m_library.takes().page(ids);
    if (takes.empty()) return;
    ui::ExportDialog dialog(static_cast<int>(takes.size()), takes.size() == 1 ? selection : std::nullopt, &m_window);
    dialog.load(m_settings);
    if (dialog.exec() != QDialog::Accepted) return;
    dialog.save(m_settings);
    const QString extension = dialog.extension();
    const QDir last(m_settings.value("export/folder", QDir::homePath()).toString());
    Target target;
    QString folder;
    if (takes.size() == 1) {
        const QString file = askForFile(last.filePath(stemOf(takes.front()) + QLatin1Char('.') + extension), extension);
        if (file.isEmpty()) return;
        folder = QFileInfo(file).absolutePath();
        target = [file](const QString&) { return std::filesystem::path(file.toStdString()); };
    } else {
        do
            folder = QFileDialog::getExistingDirectory(&m_window, tr("Export %1 clips").arg(takes.size()), last.path());
        while (!folder.isEmpty() && isRefused(folder));
        if (folder.isEmpty()) return;
        // When its turn comes, since an export that waits for another may find names taken that are free now.
        target = [folder, extension](const QString& name) { return freeName(folder, name, extension); };
    }
    m_settings.setValue("export/folder", folder);
    std::vector<Job> jobs;
    for (const storage::Take& take : takes)
        jobs.push_back({m_library.takes().pathOf(take), stemOf(take), take.title});
    write(jobs, folder, target, dialog.exportSettings());
}

QString Exporting::askForFile(QString proposal, const QString& extension) {
    const QString ending = QLatin1Char('.') + extension;
    while (true) {
        const QString file = QFileDialog::getSaveFileName(&m_window, tr("Export the clip"), proposal,
                                                          tr("%1 files (*%2)").arg(extension.toUpper(), ending));
        if (file.isEmpty()) return file;
        const bool isWhole = file.endsWith(ending, Qt::CaseInsensitive);
        // The dialog, the desktop's own may be, has asked about the file that was typed: without its ending, another
        // one.
        const QString whole = isWhole ? file : file + ending;
        if (isRefused(QFileInfo(whole).absolutePath())) continue;
        if (isWhole || !QFileInfo::exists(whole)) return whole;
        const QString question = tr("%1 already exists. Do you want to replace it?").arg(QFileInfo(whole).fileName());
        const auto answer = QMessageBox::warning(&m_window, tr("Export the clip"), question,
                                                 QMessageBox::Yes | QMessageBox::No, QMessageBox::No);
        if (answer == QMessageBox::Yes) return whole;
        proposal = whole;
    }
}

bool Exporting::isRefused(const QString& folder) {
    if (!m_library.keepsClipsIn(folder.toStdString())) return false;
    QMessageBox::warning(&m_window, tr("Export the clip"),
                         tr("%1 is where the library keeps the clips themselves, and an export could take the place of "
                            "one. Please choose another folder.")
                             .arg(folder));
    return true;
}

QString Exporting::write(const Job& job, const std::filesystem::path& file, const audio::ExportSettings& settings) {
    audio::Metadata metadata = audio::readMetadata(job.from);
    if (!job.title.empty()) metadata.title = job.title; // given since it was made
    const auto result = audio::exportClip(file, audio::readSoundFile(job.from), settings, metadata);
    if (result.clipped > 0)
        return tr("%1: %2 samples were beyond full scale and had to be cut off.").arg(job.name).arg(result.clipped);
    if (result.heldBack)
        return tr("%1: it is quieter than was asked for, as its peaks would have been too high.").arg(job.name);
    if (result.peaksTooHigh(file))
        return tr("%1: its true peak is %2 dB, which may distort; a lower loudness helps.")
            .arg(job.name, ui::numberText(result.truePeak, 1));
    return {};
}

void Exporting::write(const std::vector<Job>& jobs, const QString& folder, const Target& target,
                      const audio::ExportSettings& settings) {
    m_tasks.start(tr("Exporting"), [this, jobs, folder, target, settings](LongTasks::Steps& steps) {
        Outcome outcome;
        outcome.wanted = static_cast<int>(jobs.size());
        outcome.folder = folder;
        std::size_t done = 0;
        for (const Job& job : jobs) {
            if (!steps.next(done++, jobs.size())) {
                outcome.stopped = true;
                break;
            }
            try {
                outcome.remarks << write(job, target(job.name), settings);
                ++outcome.written;
            } catch (const std::exception& error) {
                outcome.problems << ui::inUsersLanguage(error.what()).section(QLatin1Char('\n'), 0, 0);
            }
        }
        outcome.remarks.removeAll(QString());
        return [this, outcome] { report(outcome); };
    });
}

void Exporting::report(const Outcome& outcome) {
    const QString& folder = outcome.folder;
    const QString done =
        outcome.stopped
            ? tr("%1 of %2 clips exported to %3; stopped.").arg(outcome.written).arg(outcome.wanted).arg(folder)
        : outcome.written == 1 ? tr("Exported to %1.").arg(folder)
                               : tr("%1 clips exported to %2.").arg(outcome.written).arg(folder);
    const auto firstOf = [](QStringList lines) { // which are alike
        constexpr int most = 3;
        if (lines.size() > most) lines = lines.mid(0, most) << tr("… and %1 more like that").arg(lines.size() - most);
        return lines;
    };
    QStringList lines;
    if (outcome.written > 0 || outcome.problems.isEmpty()) lines << done;
    lines << firstOf(outcome.problems) << firstOf(outcome.remarks);
    const auto open = [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); };
    const QString text = lines.join(QLatin1Char('\n'));
    if (!outcome.problems.isEmpty())
        m_window.notice().showError(text);
    else if (!outcome.remarks.isEmpty())
        m_window.notice().showResult(text, tr("Show in folder"), open);
    else
        m_window.notice().showNews(text, tr("Show in folder"), open);
}

} // namespace n2m::studio
