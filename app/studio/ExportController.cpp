#include "app/studio/ExportController.h"

#include "engine/audio/SoundFile.h"
#include "engine/audio/SoundText.h"
#include "engine/base/Error.h"
#include "engine/midi/MidiWriter.h"
#include "engine/request/RequestJson.h"
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

#include <algorithm>

namespace n2m::studio {
namespace {

/// The first name of "song.wav", "song-2.wav", … that is free.
std::filesystem::path freeName(const QDir& folder, const QString& stem, const QString& extension) {
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? QStringLiteral("%1.%2").arg(stem, extension)
                                         : QStringLiteral("%1-%2.%3").arg(stem).arg(number).arg(extension);
        if (!folder.exists(name)) return folder.filePath(name).toStdString();
    }
}

/// The user's title without characters that some file system forbids; without a title, the name of the library's file.
QString stemOf(const storage::Take& take) {
    static const QRegularExpression impossible(QStringLiteral("[\\x00-\\x1f/\\\\:*?\"<>|]+"));
    QString title = QString::fromStdString(take.title).replace(impossible, QStringLiteral("-")).simplified();
    while (title.startsWith(QLatin1Char('.')) || title.startsWith(QLatin1Char('-')))
        title.remove(0, 1);
    // A name has 255 bytes at most, with number, ending and the suffix of the temporary file.
    title = QString::fromStdString(audio::cutUtf8(title.toStdString(), 150)).trimmed();
    return title.isEmpty() ? QString::fromStdString(take.file.stem().string()) : title;
}

/// Gives a remark, or nothing. `title`: given by the user; empty: the title in the file is kept.
QString exportSound(const std::filesystem::path& from, const QString& name, const std::string& title,
                    const std::filesystem::path& file, const audio::ExportSettings& settings) {
    audio::Metadata metadata = audio::readMetadata(from);
    if (!title.empty()) metadata.title = title; // given after the clip was made
    const auto result = audio::exportClip(file, audio::readSoundFile(from), settings, metadata);
    if (result.clipped > 0)
        return ExportController::tr("%1: %2 samples beyond full scale were clipped.").arg(name).arg(result.clipped);
    if (result.heldBack)
        return ExportController::tr("%1: it is quieter than requested, because its peaks would have been too high.")
            .arg(name);
    if (result.peaksTooHigh(file))
        return ExportController::tr("%1: its true peak is %2 dB, which may distort; a lower loudness helps.")
            .arg(name, ui::numberText(result.truePeak, 1));
    return {};
}

/// The score of a clip, as it was played; none where it has none.
std::optional<plan::Plan> scoreOf(const storage::Take& take) {
    if (take.recipe.empty()) return std::nullopt;
    try {
        const std::optional<plan::Plan> plan = requestOfRecipe(take.recipe).givenPlan;
        const bool any = plan && std::any_of(plan->parts.begin(), plan->parts.end(),
                                             [](const plan::Part& part) { return !part.notes.empty(); });
        return any ? plan : std::nullopt;
    } catch (const base::InvalidInput&) { // a recipe of another version
        return std::nullopt;
    }
}

} // namespace

ExportController::ExportController(storage::Library& library, LongTasks& tasks, ui::MainWindow& window,
                                   QSettings& settings, QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_tasks(tasks)
    , m_window(window)
    , m_settings(settings) {}

void ExportController::ask(const std::vector<std::int64_t>& ids, std::optional<audio::FrameRange> selection) {
    const std::vector<storage::Take> takes = m_library.takes().page(ids);
    if (takes.empty()) return;
    ui::ExportDialog dialog(static_cast<int>(takes.size()), takes.size() == 1 ? selection : std::nullopt, &m_window);
    dialog.load(m_settings);
    if (dialog.exec() != QDialog::Accepted) return;
    dialog.save(m_settings);
    const QString extension = dialog.extension();
    const auto place = askForPlace(takes, dialog.extension());
    if (!place) return;
    const audio::ExportSettings settings = dialog.exportSettings();
    std::vector<ExportItem> items;
    for (const storage::Take& take : takes) {
        const QString name = stemOf(take);
        items.push_back(
            {name, [from = m_library.takes().pathOf(take), name, title = take.title, settings](
                       const std::filesystem::path& file) { return exportSound(from, name, title, file, settings); }});
    }
    write(items, *place);
}

void ExportController::askScores(const std::vector<std::int64_t>& ids) {
    std::vector<storage::Take> takes;
    std::vector<ExportItem> items;
    for (const std::int64_t id : ids) {
        const auto take = m_library.takes().find(id);
        const auto plan = take ? scoreOf(*take) : std::nullopt;
        if (!plan) continue;
        takes.push_back(*take);
        items.push_back({stemOf(*take), [plan = *plan](const std::filesystem::path& file) {
                             midi::writeMidiFile(file, plan);
                             return QString();
                         }});
    }
    if (takes.empty()) {
        m_window.notice().showError(ids.size() == 1 ? tr("This clip has no score: it was made without a plan, or by "
                                                         "another program.")
                                                    : tr("None of these clips has a score."));
        return;
    }
    if (const auto place = askForPlace(takes, QStringLiteral("mid"))) write(items, *place);
}

std::optional<ExportController::Place> ExportController::askForPlace(const std::vector<storage::Take>& takes,
                                                                     const QString& extension) {
    const QDir last(m_settings.value("export/folder", QDir::homePath()).toString());
    Place place;
    if (takes.size() == 1) {
        const QString file = askForFile(last.filePath(stemOf(takes.front()) + QLatin1Char('.') + extension), extension);
        if (file.isEmpty()) return std::nullopt;
        place.folder = QFileInfo(file).absolutePath();
        place.target = [file](const QString&) { return std::filesystem::path(file.toStdString()); };
    } else {
        QString folder;
        do
            folder = QFileDialog::getExistingDirectory(&m_window, tr("Export %1 clips").arg(takes.size()), last.path());
        while (!folder.isEmpty() && isRefused(folder));
        if (folder.isEmpty()) return std::nullopt;
        place.folder = folder;
        // Not before the clip's turn: names that are free now may be taken by an earlier export.
        place.target = [folder, extension](const QString& name) { return freeName(folder, name, extension); };
    }
    m_settings.setValue("export/folder", place.folder);
    return place;
}

QString ExportController::askForFile(QString proposal, const QString& extension) {
    const QString ending = QLatin1Char('.') + extension;
    while (true) {
        const QString file = QFileDialog::getSaveFileName(&m_window, tr("Export the clip"), proposal,
                                                          tr("%1 files (*%2)").arg(extension.toUpper(), ending));
        if (file.isEmpty()) return file;
        const bool isWhole = file.endsWith(ending, Qt::CaseInsensitive);
        // The dialog has asked only about the name as typed: without the ending, that is another file.
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

bool ExportController::isRefused(const QString& folder) {
    if (!m_library.keepsClipsIn(folder.toStdString())) return false;
    QMessageBox::warning(&m_window, tr("Export the clip"),
                         tr("The library keeps its clips in %1, and an export could replace one. Please choose another "
                            "folder.")
                             .arg(folder));
    return true;
}

void ExportController::write(const std::vector<ExportItem>& items, const Place& place) {
    m_tasks.start(tr("Exporting"), [this, items, place](LongTasks::Steps& steps) {
        ExportSummary summary;
        summary.requested = static_cast<int>(items.size());
        summary.folder = place.folder;
        std::size_t done = 0;
        for (const ExportItem& item : items) {
            if (!steps.next(done++, items.size())) {
                summary.stopped = true;
                break;
            }
            try {
                summary.remarks << item.write(place.target(item.name));
                ++summary.written;
            } catch (const std::exception& error) {
                summary.problems << ui::inUsersLanguage(error).section(QLatin1Char('\n'), 0, 0);
            }
        }
        summary.remarks.removeAll(QString());
        return [this, summary] { report(summary); };
    });
}

void ExportController::report(const ExportSummary& summary) {
    const QString& folder = summary.folder;
    const QString done =
        summary.stopped
            ? tr("%1 of %2 clips exported to %3; stopped.").arg(summary.written).arg(summary.requested).arg(folder)
        : summary.written == 1 ? tr("Exported to %1.").arg(folder)
                               : tr("%1 clips exported to %2.").arg(summary.written).arg(folder);
    const auto firstOf = [](QStringList lines) { // the others are similar
        constexpr int most = 3;
        if (lines.size() > most) lines = lines.mid(0, most) << tr("… and %1 more like that").arg(lines.size() - most);
        return lines;
    };
    QStringList lines;
    if (summary.written > 0 || summary.problems.isEmpty()) lines << done;
    lines << firstOf(summary.problems) << firstOf(summary.remarks);
    const auto open = [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); };
    const QString text = lines.join(QLatin1Char('\n'));
    if (!summary.problems.isEmpty())
        m_window.notice().showError(text);
    else if (!summary.remarks.isEmpty())
        m_window.notice().showResult(text, tr("Show in folder"), open);
    else
        m_window.notice().showNews(text, tr("Show in folder"), open);
}

} // namespace n2m::studio
