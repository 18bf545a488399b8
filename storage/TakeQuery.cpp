#include "storage/TakeQuery.h"

#include "engine/base/Error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <optional>

namespace n2m::storage {

namespace {

using Field = TakeQuery::Field;
using Term = TakeQuery::Term;

struct FieldName {
    std::string_view name;
    Field field;
};
constexpr std::array names = std::to_array<FieldName>({{"prompt", Field::Prompt},
                                                       {"negative", Field::Negative},
                                                       {"title", Field::Title},
                                                       {"notes", Field::Notes},
                                                       {"tag", Field::Tag},
                                                       {"board", Field::Board},
                                                       {"key", Field::Key},
                                                       {"chords", Field::Chords},
                                                       {"origin", Field::Origin},
                                                       {"bundle", Field::Bundle},
                                                       {"file", Field::File},
                                                       {"seed", Field::Seed},
                                                       {"rating", Field::Rating},
                                                       {"duration", Field::Duration},
                                                       {"bpm", Field::Bpm},
                                                       {"rate", Field::Rate},
                                                       {"channels", Field::Channels},
                                                       {"date", Field::Created}});
constexpr std::array states = std::to_array<FieldName>(
    {{"starred", Field::Starred}, {"rated", Field::Rated}, {"tagged", Field::Tagged}, {"trashed", Field::Trashed}});

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// One piece of the search field: a word, or a field and its value.
struct Piece {
    std::string field, text; ///< without quotes
    bool isField = false, excluded = false;
    bool quoted = false; ///< the whole text was in quotes, with the closing one
};

bool isSpace(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::vector<Piece> split(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t i = 0;
    while (i < text.size()) {
        if (isSpace(text[i])) {
            ++i;
            continue;
        }
        Piece piece;
        if (text[i] == '-' && i + 1 < text.size() && !isSpace(text[i + 1])) {
            piece.excluded = true;
            ++i;
        }
        std::size_t letters = i;
        while (letters < text.size() && std::isalpha(static_cast<unsigned char>(text[letters])))
            ++letters;
        if (letters > i && letters < text.size() && text[letters] == ':') {
            piece.isField = true;
            piece.field = lower(text.substr(i, letters - i));
            i = letters + 1;
        }
        // Quotes may also be inside; text in them is not split. An open quote ends with the text, which is being typed.
        bool inQuotes = false;
        const bool begins = i < text.size() && text[i] == '"';
        for (; i < text.size() && (inQuotes || !isSpace(text[i])); ++i) {
            if (text[i] == '"') {
                inQuotes = !inQuotes;
                piece.quoted = begins && !inQuotes;
            } else {
                piece.text += text[i];
            }
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

[[noreturn]] void refuse(const Piece& piece, const base::Message& wanted) {
    throw base::InvalidInput("{} is not understood; write {}", piece.field + ":" + piece.text, wanted);
}

/// A value or a range of values: ">=4", "<20", "90..120", "7".
struct ValueRange {
    std::string from, to; ///< empty = open
    bool afterFrom = false, beforeTo = false;
    bool single = false;
};

std::optional<ValueRange> rangeOf(std::string_view text) {
    ValueRange range;
    if (const std::size_t dots = text.find(".."); dots != text.npos) {
        range.from = text.substr(0, dots);
        range.to = text.substr(dots + 2);
    } else if (text.starts_with(">=")) {
        range.from = text.substr(2);
    } else if (text.starts_with("<=")) {
        range.to = text.substr(2);
    } else if (text.starts_with(">")) {
        range.from = text.substr(1);
        range.afterFrom = true;
    } else if (text.starts_with("<")) {
        range.to = text.substr(1);
        range.beforeTo = true;
    } else {
        range.from = range.to = text.starts_with("=") ? text.substr(1) : text;
        range.single = true;
    }
    if (range.from.empty() && range.to.empty()) return {};
    return range;
}

std::optional<double> numberOf(std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
    return value;
}

void setNumbers(Term& term, const Piece& piece) {
    const char* one = term.field == Field::Bpm        ? "90"
                      : term.field == Field::Duration ? "20"
                      : term.field == Field::Rate     ? "24000"
                      : term.field == Field::Rating   ? "4"
                                                      : "1";
    const char* other = term.field == Field::Bpm        ? "120"
                        : term.field == Field::Duration ? "30"
                        : term.field == Field::Rate     ? "48000"
                        : term.field == Field::Rating   ? "5"
                                                        : "2";
    const std::string& field = piece.field;
    const base::Message wanted("{}:{}, {}:>={}, {}:<{} or {}:{}..{}", field, one, field, one, field, one, field, one,
                               other);
    const auto range = rangeOf(piece.text);
    if (!range) refuse(piece, wanted);
    const double infinity = std::numeric_limits<double>::infinity();
    if (!range->from.empty()) {
        const auto value = numberOf(range->from);
        if (!value) refuse(piece, wanted);
        term.least = range->afterFrom ? std::nextafter(*value, infinity) : *value;
    }
    if (!range->to.empty()) {
        const auto value = numberOf(range->to);
        if (!value) refuse(piece, wanted);
        term.most = range->beforeTo ? std::nextafter(*value, -infinity) : *value;
    }
    // "duration:30" matches every length that is shown as 30, not only 30.000000.
    if (range->single && (term.field == Field::Duration || term.field == Field::Bpm)) {
        const std::size_t point = range->from.find('.');
        const double digits = point == std::string::npos ? 0.0 : static_cast<double>(range->from.size() - point - 1);
        const double half = 0.5 * std::pow(10.0, -digits);
        term.most = std::nextafter(term.least + half, -infinity);
        term.least -= half;
    }
}

/// The time span of "2026", "2026-11" or "2026-11-22" in local time: its first millisecond, and the first after it.
std::optional<std::pair<double, double>> timeSpanOf(const std::string& text) {
    int parts[3] = {0, 1, 1};
    int count = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (count < 3) {
        const auto [next, error] = std::from_chars(at, end, parts[count]);
        if (error != std::errc() || next == at || *at == '-') return {};
        ++count;
        at = next;
        if (at == end) break;
        if (*at != '-' || count == 3) return {};
        ++at;
    }
    if (at != end || parts[0] < 1970 || parts[0] > 9999 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1) return {};
    const auto begin = [](int year, int month, int day) {
        std::tm time{};
        time.tm_year = year - 1900;
        time.tm_mon = month - 1;
        time.tm_mday = day;
        time.tm_isdst = -1;
        return static_cast<double>(std::mktime(&time)) * 1000.0;
    };
    static constexpr int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (parts[2] > days[parts[1] - 1]) return {};
    return std::pair(begin(parts[0], parts[1], parts[2]),
                     begin(parts[0] + (count == 1), parts[1] + (count == 2), parts[2] + (count == 3)));
}

void setTimes(Term& term, const Piece& piece) {
    const base::Message wanted("date:2026, date:2026-11, date:2026-11-22, date:>2026-11 or a span with ..");
    const auto range = rangeOf(piece.text);
    if (!range) refuse(piece, wanted);
    if (!range->from.empty()) {
        const auto time = timeSpanOf(range->from);
        if (!time) refuse(piece, wanted);
        term.least = range->afterFrom ? time->second : time->first;
    }
    if (!range->to.empty()) {
        const auto time = timeSpanOf(range->to);
        if (!time) refuse(piece, wanted);
        term.most = (range->beforeTo ? time->first : time->second) - 1.0;
    }
}

void setOrigin(Term& term, const Piece& piece) {
    const std::string text = lower(piece.text);
    for (const std::string_view known : {"generated", "command line", "imported"}) {
        if (text.empty() || !known.starts_with(text)) continue;
        term.text = known;
        return;
    }
    refuse(piece, base::Message("origin:generated, origin:imported or origin:\"command line\""));
}

Term fieldTerm(const Piece& piece) {
    Term term;
    term.excluded = piece.excluded;
    if (piece.field == "is") {
        const auto at = std::find_if(states.begin(), states.end(),
                                     [&](const FieldName& name) { return name.name == lower(piece.text); });
        if (at == states.end()) refuse(piece, base::Message("is:starred, is:rated, is:tagged or is:trashed"));
        term.field = at->field;
        return term;
    }
    const auto at =
        std::find_if(names.begin(), names.end(), [&](const FieldName& name) { return name.name == piece.field; });
    if (at == names.end()) {
        std::string list = "is";
        for (const FieldName& name : names)
            list += fmt::format(", {}", name.name);
        throw base::InvalidInput("there is no field '{}': put the word in quotes, or use one of {}", piece.field, list);
    }
    term.field = at->field;
    switch (term.field) {
    case Field::Rating:
    case Field::Duration:
    case Field::Bpm:
    case Field::Rate:
    case Field::Channels:
        setNumbers(term, piece);
        break;
    case Field::Created:
        setTimes(term, piece);
        break;
    case Field::Origin:
        setOrigin(term, piece);
        break;
    case Field::Seed: {
        std::uint64_t seed = 0;
        const char* const end = piece.text.data() + piece.text.size();
        const auto [stop, error] = std::from_chars(piece.text.data(), end, seed);
        if (error != std::errc() || stop != end) refuse(piece, base::Message("the digits of a seed, as in seed:7"));
        term.text = std::to_string(seed);
        break;
    }
    default:
        if (piece.text.empty()) refuse(piece, base::Message("what to look for behind the colon"));
        term.text = piece.text;
        term.phrase = piece.quoted;
    }
    return term;
}

} // namespace

bool TakeQuery::dependsOnMarks() const {
    static constexpr std::array marks =
        std::to_array<Field>({Field::Words, Field::Title, Field::Notes, Field::Tag, Field::Board, Field::Rating,
                              Field::Starred, Field::Rated, Field::Tagged});
    return sort == Sort::Title || sort == Sort::Rating || std::any_of(terms.begin(), terms.end(), [](const Term& term) {
               return std::find(marks.begin(), marks.end(), term.field) != marks.end();
           });
}

TakeQuery TakeQuery::parse(std::string_view text) {
    TakeQuery query;
    for (const Piece& piece : split(text)) {
        if (piece.isField) {
            query.terms.push_back(fieldTerm(piece));
        } else if (!piece.text.empty()) {
            Term term;
            term.text = piece.text;
            term.phrase = piece.quoted;
            term.excluded = piece.excluded;
            query.terms.push_back(std::move(term));
        }
    }
    return query;
}

} // namespace n2m::storage
