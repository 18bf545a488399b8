#include "app/studio/Checks.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStorageInfo>
#include <QThread>

#include <unistd.h>

namespace n2m::studio {
namespace {

using ui::Check;

constexpr qint64 littleRoom = 1'000'000'000;   // bytes: about 200 clips of 30 s
constexpr qint64 littleMemory = 3'500'000'000; // bytes: the bundled model takes about 1 GB while it works

QString tr(const char* text) {
    return QCoreApplication::translate("n2m::studio", text);
}

Check checkModel(const ui::ModelFacts& model) {
    if (model.stages.empty())
        return {tr("Model"), Check::State::Bad,
                tr("No model was found in %1. Choose another folder in the preferences, or install the program again.")
                    .arg(model.folder)};
    return {tr("Model"), Check::State::Good, model.name};
}

Check checkLibrary(const std::filesystem::path& library, bool readOnly) {
    const QString folder = QString::fromStdString(library.string());
    if (readOnly)
        return {
            tr("Library"), Check::State::Bad,
            tr("%1 is read-only: clips cannot be saved there. Choose another folder in the preferences.").arg(folder)};
    const QStorageInfo storage(folder);
    const QString room = QLocale().formattedDataSize(storage.bytesAvailable());
    if (storage.isValid() && storage.bytesAvailable() < littleRoom)
        return {tr("Library"), Check::State::Warning, tr("%1 has only %2 of free space.").arg(folder, room)};
    return {tr("Library"), Check::State::Good, tr("%1, %2 free").arg(folder, room)};
}

Check checkComputer() {
    const qint64 memory = static_cast<qint64>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    const QString text = tr("%1 of memory, %2 processor cores")
                             .arg(QLocale().formattedDataSize(memory))
                             .arg(QThread::idealThreadCount());
    if (memory < littleMemory)
        return {tr("Computer"), Check::State::Warning, tr("%1. Long clips may not fit.").arg(text)};
    return {tr("Computer"), Check::State::Good, text};
}

Check checkSound(std::optional<int> devices) {
    if (!devices) return {tr("Sound"), Check::State::Looking, tr("Looking for sound devices …")};
    if (*devices == 0)
        return {
            tr("Sound"), Check::State::Warning,
            tr("No sound device was found. Clips are made and saved, but cannot be heard. Connect a device, or check "
               "that your user may use it (group “audio”).")};
    return {tr("Sound"), Check::State::Good, tr("%1 devices for playback").arg(*devices)};
}

} // namespace

std::vector<Check> checkInstallation(const ui::ModelFacts& model, const std::filesystem::path& library, bool readOnly,
                                     std::optional<int> soundDevices) {
    return {checkModel(model), checkLibrary(library, readOnly), checkComputer(), checkSound(soundDevices)};
}

QString problemsOf(const std::vector<ui::Check>& checks) {
    QStringList lines;
    for (const Check::State state : {Check::State::Bad, Check::State::Warning})
        for (const Check& check : checks)
            if (check.state == state) lines << check.text;
    return lines.join(QLatin1Char('\n'));
}

} // namespace n2m::studio
