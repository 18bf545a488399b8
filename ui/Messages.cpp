#include "ui/Messages.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <utility>
#include <vector>

namespace n2m::ui {
namespace {

constexpr const char* context = "Messages";

// As they are thrown, with %1 … for what differs; that is looked up too ("the prompt"). The first that fits is taken.
constexpr const char* patterns[] = {
    // engine/Request.cpp
    QT_TRANSLATE_NOOP("Messages", "the prompt is empty; say what the music should sound like"),
    QT_TRANSLATE_NOOP("Messages", "%1 has %2 bytes; at most %3 are read"),
    QT_TRANSLATE_NOOP("Messages", "%1 is not valid UTF-8"),
    QT_TRANSLATE_NOOP("Messages", "%1 contains a zero byte"),
    QT_TRANSLATE_NOOP("Messages", "%1 is %2; it may be %3 to %4"),
    QT_TRANSLATE_NOOP("Messages", "there is no %1 \"%2\"; there are %3"),
    QT_TRANSLATE_NOOP("Messages", "the list of chords is empty"),
    QT_TRANSLATE_NOOP("Messages", "the prompt"),
    QT_TRANSLATE_NOOP("Messages", "the negative prompt"),
    QT_TRANSLATE_NOOP("Messages", "the length in seconds"),
    QT_TRANSLATE_NOOP("Messages", "the tempo in beats per minute"),
    // engine/plan/Harmony.cpp
    QT_TRANSLATE_NOOP("Messages", "%1 is not a key: a letter A to G, # or b, then major or minor is accepted, such as "
                                  "\"F# minor\""),
    QT_TRANSLATE_NOOP("Messages", "%1 is not a chord: accepted is a letter A to G, # or b, then one of %2 or nothing, "
                                  "then perhaps a bass (C/E); or N.C."),
    QT_TRANSLATE_NOOP("Messages", "too many chords: %1 at most are accepted"),
    QT_TRANSLATE_NOOP("Messages", "\"%\" repeats the bar before it, but there is none"),
    QT_TRANSLATE_NOOP("Messages", "\"%\" repeats the chord before it, but there is none"),
    QT_TRANSLATE_NOOP("Messages", "there is no chord: accepted is a list such as \"Am F C G\""),
    // storage/TakeQuery.cpp
    QT_TRANSLATE_NOOP("Messages", "there is no field '%1': put the word in quotes, or use one of %2"),
    QT_TRANSLATE_NOOP("Messages", "%1 is not understood; write %2"),
    // engine/audio
    QT_TRANSLATE_NOOP("Messages", "No sound device was found"),
    QT_TRANSLATE_NOOP("Messages", "The sound device “%1” is not there"),
    QT_TRANSLATE_NOOP("Messages", "The sound device “%1” cannot be opened: %2"),
    QT_TRANSLATE_NOOP("Messages", "The sound device “%1” does not start: %2"),
    QT_TRANSLATE_NOOP("Messages", "The sound device “%1” has stopped taking sound"),
    QT_TRANSLATE_NOOP("Messages", "The sound device “%1” has gone away"),
    // storage
    QT_TRANSLATE_NOOP("Messages", "%1: the disk is full; nothing was changed"),
    QT_TRANSLATE_NOOP("Messages", "%1: the disk is full; the clip was not saved"),
    QT_TRANSLATE_NOOP("Messages", "%1: this library can only be read; nothing was changed"),
    QT_TRANSLATE_NOOP("Messages", "%1: this library cannot be written to: it can be heard and searched, but not "
                                  "changed"),
    QT_TRANSLATE_NOOP("Messages", "the last changes to this library cannot be seen, as their log cannot be opened"),
    QT_TRANSLATE_NOOP("Messages", "%1: there are sound files here that the library does not know; rebuild it to take "
                                  "them in"),
    QT_TRANSLATE_NOOP("Messages", "%1: another program is busy with this library; nothing was changed, try again"),
    QT_TRANSLATE_NOOP("Messages", "%1: another program is working on this library; try again later"),
    QT_TRANSLATE_NOOP("Messages", "%1: the database of this library is damaged (%2); it can be rebuilt from the sound "
                                  "files"),
    QT_TRANSLATE_NOOP("Messages", "%1: this folder cannot be made (%2); choose another place"),
    // Sections of a plan
    QT_TRANSLATE_NOOP("Messages", "intro"),
    QT_TRANSLATE_NOOP("Messages", "verse"),
    QT_TRANSLATE_NOOP("Messages", "chorus"),
    QT_TRANSLATE_NOOP("Messages", "bridge"),
    QT_TRANSLATE_NOOP("Messages", "break"),
    QT_TRANSLATE_NOOP("Messages", "drop"),
    QT_TRANSLATE_NOOP("Messages", "outro"),
};

struct Pattern {
    const char* text;
    QRegularExpression expression;
};

const std::vector<Pattern>& known() {
    static const std::vector<Pattern> all = [] {
        static const QRegularExpression place(QStringLiteral("%\\d"));
        std::vector<Pattern> made;
        for (const char* text : patterns) {
            const QStringList parts = QString::fromUtf8(text).split(place); // the places are in their order
            QStringList escaped;
            for (const QString& part : parts)
                escaped << QRegularExpression::escape(part);
            made.push_back(
                {text, QRegularExpression(QRegularExpression::anchoredPattern(escaped.join(QStringLiteral("(.+?)"))))});
        }
        return made;
    }();
    return all;
}

} // namespace

QString inUsersLanguage(std::string_view line) {
    const QString english = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    for (const Pattern& pattern : known()) {
        const auto match = pattern.expression.match(english);
        if (!match.hasMatch()) continue;
        QString text = QCoreApplication::translate(context, pattern.text);
        // From the last on: what is put in may have a % of its own.
        std::vector<std::pair<qsizetype, int>> places;
        for (int place = 1; place < match.lastCapturedIndex() + 1; ++place)
            places.emplace_back(text.indexOf(QStringLiteral("%%1").arg(place)), place);
        std::sort(places.rbegin(), places.rend());
        for (const auto& [at, place] : places)
            if (at >= 0) text.replace(at, 2, inUsersLanguage(match.captured(place).toStdString()));
        return text;
    }
    return english;
}

} // namespace n2m::ui
