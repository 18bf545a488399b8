#include "ui/Messages.h"

#include "ui/MessagePatterns.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <exception>
#include <new>
#include <utility>
#include <vector>

namespace n2m::ui {
namespace {

constexpr const char* context = "Messages";

struct Pattern {
    const char* text;
    QRegularExpression expression;
};

/// Most lines are texts as they stand, sections of a plan while they are painted among them; those cost no more than a
/// look into a table.
struct Known {
    QHash<QString, const char*> whole;
    std::vector<Pattern> patterns;
};

const Known& known() {
    static const Known all = [] {
        static const QRegularExpression place(QStringLiteral("%\\d"));
        Known made;
        for (const char* text : messagePatterns()) {
            const QStringList parts = QString::fromUtf8(text).split(place); // the places are in their order
            if (parts.size() == 1) {
                made.whole.insert(parts.first(), text);
                continue;
            }
            QStringList escaped;
            for (const QString& part : parts)
                escaped << QRegularExpression::escape(part);
            QString expression = escaped.join(QStringLiteral("(.+?)"));
            // What comes first is a name, not half of the line.
            if (parts.first().isEmpty()) expression.replace(0, 5, QStringLiteral("((?:(?!: ).)+?)"));
            made.patterns.push_back({text, QRegularExpression(QRegularExpression::anchoredPattern(expression))});
        }
        return made;
    }();
    return all;
}

/// What is said of a pattern in the window, where it is about the command line.
const char* inWindow(const char* pattern) {
    if (std::string_view(pattern) == "no cascade.json in '%1' (%2); name the folder of a bundle with --bundle")
        return QT_TRANSLATE_NOOP("Messages",
                                 "no cascade.json in '%1'; choose the folder of a bundle in the preferences");
    return pattern;
}

} // namespace

QString inUsersLanguage(std::string_view line) {
    const QString english = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    if (const char* whole = known().whole.value(english)) return QCoreApplication::translate(context, whole);
    for (const Pattern& pattern : known().patterns) {
        const auto match = pattern.expression.match(english);
        if (!match.hasMatch()) continue;
        QString text = QCoreApplication::translate(context, inWindow(pattern.text));
        // From the last on: what is put in may have a % of its own.
        std::vector<std::pair<qsizetype, int>> places;
        for (int place = 1; place < match.lastCapturedIndex() + 1; ++place)
            places.emplace_back(text.indexOf(QStringLiteral("%%1").arg(place)), place);
        std::sort(places.rbegin(), places.rend());
        for (const auto& [at, place] : places)
            if (at >= 0) text.replace(at, 2, inUsersLanguage(match.captured(place).toStdString()));
        return text;
    }
    // "FILE: stages[0].name: is missing": where it is, then what it is.
    const qsizetype colon = english.indexOf(QStringLiteral(": "));
    if (colon <= 0) return english;
    return inUsersLanguage(english.left(colon).toStdString()) + english.mid(colon, 2) +
           inUsersLanguage(english.mid(colon + 2).toStdString());
}

QString errorOf(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const std::bad_alloc&) {
        return QCoreApplication::translate(context, "out of memory");
    } catch (const std::exception& error) {
        return inUsersLanguage(error.what());
    }
}

} // namespace n2m::ui
