#include "ui/Messages.h"

#include <QCoreApplication>
#include <QLocale>

#include <string>

namespace n2m::ui {
namespace {

constexpr const char* context = "Messages";

/// The words of other libraries and of the system, and the names of a plan's sections. The formats of the program's own
/// messages are collected from its sources: packaging/collect-messages.py.
[[maybe_unused]] constexpr const char* otherWords[] = {
    // SQLite, libsndfile and PortAudio
    QT_TRANSLATE_NOOP("Messages", "unable to open database file"),
    QT_TRANSLATE_NOOP("Messages", "disk I/O error"),
    QT_TRANSLATE_NOOP("Messages", "database disk image is malformed"),
    QT_TRANSLATE_NOOP("Messages", "file is not a database"),
    QT_TRANSLATE_NOOP("Messages", "Format not recognised."),
    QT_TRANSLATE_NOOP("Messages", "Supported file format but file is malformed."),
    QT_TRANSLATE_NOOP("Messages", "Supported file format but unsupported encoding."),
    QT_TRANSLATE_NOOP("Messages", "Device unavailable"),
    QT_TRANSLATE_NOOP("Messages", "Invalid sample rate"),
    QT_TRANSLATE_NOOP("Messages", "Invalid number of channels"),
    // the system, where its own language is another
    QT_TRANSLATE_NOOP("Messages", "No space left on device"),
    QT_TRANSLATE_NOOP("Messages", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Messages", "Permission denied"),
    QT_TRANSLATE_NOOP("Messages", "No such file or directory"),
    QT_TRANSLATE_NOOP("Messages", "Is a directory"),
    QT_TRANSLATE_NOOP("Messages", "Not a directory"),
    QT_TRANSLATE_NOOP("Messages", "Read-only file system"),
    QT_TRANSLATE_NOOP("Messages", "Input/output error"),
    QT_TRANSLATE_NOOP("Messages", "File name too long"),
    QT_TRANSLATE_NOOP("Messages", "Too many open files"),
    // sections
    QT_TRANSLATE_NOOP("Messages", "intro"),
    QT_TRANSLATE_NOOP("Messages", "verse"),
    QT_TRANSLATE_NOOP("Messages", "chorus"),
    QT_TRANSLATE_NOOP("Messages", "bridge"),
    QT_TRANSLATE_NOOP("Messages", "break"),
    QT_TRANSLATE_NOOP("Messages", "drop"),
    QT_TRANSLATE_NOOP("Messages", "build"),
    QT_TRANSLATE_NOOP("Messages", "theme"),
    QT_TRANSLATE_NOOP("Messages", "head"),
    QT_TRANSLATE_NOOP("Messages", "solo"),
    QT_TRANSLATE_NOOP("Messages", "outro"),
};

/// Another format for the window where the message is about the command line.
std::string inWindow(const std::string& format) {
    if (format == "no cascade.json in '{}' ({}); name the folder of a bundle with --bundle")
        return QT_TRANSLATE_NOOP("Messages",
                                 "no cascade.json in '{0}'; choose the folder of a bundle in the preferences");
    return format;
}

} // namespace

QString inUsersLanguage(const base::Message& message) {
    const auto translate = [](const std::string& format) {
        return QCoreApplication::translate(context, inWindow(format).c_str()).toStdString();
    };
    const QString point = QLocale().decimalPoint();
    return QString::fromStdString(message.text(translate, point.isEmpty() ? '.' : point.front().toLatin1()));
}

QString inUsersLanguage(const std::exception& error) {
    return inUsersLanguage(base::messageOf(error));
}

QString inUsersLanguage(std::string_view stored) {
    return inUsersLanguage(base::Message::parse(stored));
}

QString errorOf(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const std::exception& error) {
        return inUsersLanguage(error);
    }
}

} // namespace n2m::ui
