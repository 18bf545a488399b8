#include "storage/TakeSearch.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <variant>

namespace n2m::storage {

namespace {

using Field = TakeQuery::Field;
using Sort = TakeQuery::Sort;
using Term = TakeQuery::Term;
using Value = std::variant<std::int64_t, double, std::string>;

struct Condition {
    std::string sql;
    std::vector<Value> values;
};

bool isAmongWords(Field field) {
    return field == Field::Words || field == Field::Prompt || field == Field::Negative || field == Field::Title ||
           field == Field::Notes;
}

/// The term in the language of FTS5; empty if it has nothing that could be found, such as a lone dash.
std::string matchOf(const Term& term) {
    const auto counts = [](unsigned char c) { return c >= 0x80 || std::isalnum(c); };
    if (std::none_of(term.text.begin(), term.text.end(), counts)) return {};
    std::string words = "\"";
    for (const char c : term.text) {
        if (c == '\0') break;
        words += c;
        if (c == '"') words += '"';
    }
    words += term.phrase ? "\"" : "\"*";
    switch (term.field) {
    case Field::Prompt:
        return "{prompt} : " + words;
    case Field::Negative:
        return "{negative_prompt} : " + words;
    case Field::Title:
        return "{title} : " + words;
    case Field::Notes:
        return "{notes} : " + words;
    default:
        return words;
    }
}

/// For LIKE … ESCAPE '\'.
std::string beginsWith(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

Condition named(const Term& term, std::string_view link, std::string_view table, std::string_view column) {
    return {fmt::format("takes.id IN (SELECT take FROM {0} JOIN {1} ON {1}.id = {0}.{2} WHERE {1}.name {3})", link,
                        table, column, term.phrase ? "= ?" : "LIKE ? ESCAPE '\\'"),
            {term.phrase ? term.text : beginsWith(term.text)}};
}

/// "Am" → "A minor", "A" → either mode of it; in quotes exactly that.
Condition keyIs(const Term& term) {
    const std::string& text = term.text;
    if (text.size() >= 2 && text.size() <= 3 && text.back() == 'm')
        return {"key = ? COLLATE NOCASE", {text.substr(0, text.size() - 1) + " minor"}};
    if (term.phrase) return {"key = ? COLLATE NOCASE", {text}};
    return {"key LIKE ? ESCAPE '\\'", {beginsWith(text.find(' ') == std::string::npos ? text + " " : text)}};
}

Condition within(const Term& term, std::string_view column) {
    return {fmt::format("{} BETWEEN ? AND ?", column), {term.least, term.most}};
}

Condition conditionOf(const Term& term) {
    switch (term.field) {
    case Field::Tag:
        return named(term, "take_tags", "tags", "tag");
    case Field::Board:
        if (term.board != 0) return {"takes.id IN (SELECT take FROM board_takes WHERE board = ?)", {term.board}};
        return named(term, "board_takes", "boards", "board");
    case Field::Key:
        return keyIs(term);
    case Field::Chords:
        return {"instr(' ' || chords || ' ', ' ' || ? || ' ') > 0", {term.text}};
    case Field::Origin:
        return {"origin = ?", {term.text}};
    case Field::Bundle:
        return {"bundle LIKE ? ESCAPE '\\'", {beginsWith(term.text)}};
    case Field::File:
        return {"instr(lower(file), lower(?)) > 0", {term.text}};
    case Field::Seed: {
        std::uint64_t seed = 0;
        std::from_chars(term.text.data(), term.text.data() + term.text.size(), seed);
        // Imported sound has no seed, which is a 0 in its row.
        return {"(seed = ? AND origin <> 'imported')", {static_cast<std::int64_t>(seed)}};
    }
    case Field::Rating:
        return within(term, "rating");
    case Field::Duration:
        return within(term, "seconds");
    case Field::Bpm: {
        Condition condition = within(term, "bpm");
        condition.sql = "(bpm > 0 AND " + condition.sql + ")"; // 0 is unknown, not slow
        return condition;
    }
    case Field::Rate:
        return within(term, "sample_rate");
    case Field::Channels:
        return within(term, "channels");
    case Field::Created:
        return within(term, "created");
    case Field::Starred:
        return {"starred = 1", {}};
    case Field::Rated:
        return {"rating > 0", {}};
    case Field::Tagged:
        return {"takes.id IN (SELECT take FROM take_tags)", {}};
    default:
        return {"1", {}};
    }
}

const char* keyOf(Sort sort) {
    switch (sort) {
    case Sort::Title:
        return "(CASE title WHEN '' THEN prompt ELSE title END) COLLATE NOCASE";
    case Sort::Duration:
        return "seconds";
    case Sort::Bpm:
        return "bpm";
    case Sort::Key:
        return "key COLLATE NOCASE";
    case Sort::Rating:
        return "rating";
    case Sort::Created:
        break;
    }
    return nullptr;
}

Condition statementOf(const TakeQuery& query) {
    bool trashed = false;
    std::string match;
    std::vector<Condition> conditions;
    for (const Term& term : query.terms) {
        if (term.field == Field::Trashed) {
            trashed = !term.excluded;
        } else if (isAmongWords(term.field)) {
            const std::string words = matchOf(term);
            if (words.empty()) continue;
            if (term.excluded)
                conditions.push_back(
                    {"takes.id NOT IN (SELECT rowid FROM take_words WHERE take_words MATCH ?)", {words}});
            else // with AND between them, a dash outside ASCII would be a word that nothing has
                match += (match.empty() ? "" : " ") + words;
        } else {
            Condition condition = conditionOf(term);
            if (term.excluded) condition.sql = "NOT (" + condition.sql + ")";
            conditions.push_back(std::move(condition));
        }
    }
    // The plus makes SQLite go through the index of the order and leave out what does not match. Where many match, that
    // is faster than sorting them, the more so on a connection that has read nothing yet; where few do, it costs the
    // walk through the index: 11 ms of 100,000.
    if (!match.empty())
        conditions.push_back({"+takes.id IN (SELECT rowid FROM take_words WHERE take_words MATCH ?)", {match}});

    Condition statement{fmt::format("SELECT takes.id FROM takes WHERE trashed IS {}", trashed ? "NOT NULL" : "NULL"),
                        {}};
    for (Condition& condition : conditions) {
        statement.sql += " AND " + condition.sql;
        std::move(condition.values.begin(), condition.values.end(), std::back_inserter(statement.values));
    }
    const std::string direction = query.descending ? "DESC" : "ASC";
    statement.sql += " ORDER BY ";
    if (const char* key = keyOf(query.sort)) statement.sql += key + (" " + direction + ", ");
    statement.sql += "created " + direction + ", id " + direction;
    return statement;
}

void bind(SQLite::Statement& statement, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
        std::visit([&](const auto& value) { statement.bind(static_cast<int>(i + 1), value); }, values[i]);
}

} // namespace

std::vector<std::int64_t> searchTakes(SQLite::Database& database, const TakeQuery& query) {
    const Condition statement = statementOf(query);
    std::vector<std::int64_t> ids;
    SQLite::Statement rows(database, statement.sql);
    bind(rows, statement.values);
    while (rows.executeStep())
        ids.push_back(rows.getColumn(0).getInt64());
    return ids;
}

} // namespace n2m::storage
