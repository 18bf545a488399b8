#include "storage/TakeRows.h"

#include "engine/base/Error.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>
#include <string_view>

#include <strings.h>

namespace n2m::storage {

const std::string selectTakes =
    "SELECT id, file, created, prompt, negative_prompt, title, notes, seed, seconds, sample_rate, channels, bpm, key, "
    "chords, bundle, origin, starred, rating, trashed FROM takes ";

Take takeFrom(SQLite::Statement& row) {
    int column = 0;
    const auto next = [&] { return row.getColumn(column++); };
    Take take;
    take.id = next().getInt64();
    take.file = next().getString();
    take.created = next().getInt64();
    take.prompt = next().getString();
    take.negativePrompt = next().getString();
    take.title = next().getString();
    take.notes = next().getString();
    take.seed = static_cast<std::uint64_t>(next().getInt64());
    take.seconds = next().getDouble();
    take.sampleRate = next().getInt();
    take.channels = next().getInt();
    take.bpm = next().getDouble();
    take.key = next().getString();
    take.chords = next().getString();
    take.bundle = next().getString();
    take.origin = originFrom(next().getString());
    take.starred = next().getInt() != 0;
    take.rating = next().getInt();
    if (const auto trashed = next(); !trashed.isNull()) take.trashed = trashed.getInt64();
    return take;
}

std::vector<Take> readTakes(SQLite::Database& database, const std::vector<std::int64_t>& ids) {
    std::vector<Take> takes;
    takes.reserve(ids.size());
    SQLite::Statement row(database, selectTakes + "WHERE id = ?");
    for (const std::int64_t id : ids) {
        row.bind(1, id);
        if (row.executeStep()) takes.push_back(takeFrom(row));
        row.reset();
    }
    readTags(database, takes);
    return takes;
}

void readTags(SQLite::Database& database, std::vector<Take>& takes) {
    SQLite::Statement tags(database,
                           "SELECT name FROM take_tags JOIN tags ON tags.id = tag WHERE take = ? ORDER BY name");
    for (Take& take : takes) {
        tags.bind(1, take.id);
        while (tags.executeStep())
            take.tags.push_back(tags.getColumn(0).getString());
        tags.reset();
    }
}

void readTags(SQLite::Database& database, Take& take) {
    std::vector<Take> one{std::move(take)};
    readTags(database, one);
    take = std::move(one.front());
}

std::int64_t insertTake(SQLite::Database& database, const Take& take, const FileState& file) {
    SQLite::Statement row(database,
                          "INSERT INTO takes(file, created, prompt, negative_prompt, title, notes, seed, seconds, "
                          "sample_rate, channels, bpm, key, chords, bundle, origin, starred, rating, trashed, "
                          "file_bytes, file_modified, file_digest) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    SQLite::bind(row, take.file.string(), take.created, take.prompt, take.negativePrompt, take.title, take.notes,
                 static_cast<std::int64_t>(take.seed), take.seconds, take.sampleRate, take.channels, take.bpm, take.key,
                 take.chords, take.bundle, toString(take.origin), take.starred ? 1 : 0, take.rating);
    if (take.trashed)
        row.bind(18, *take.trashed);
    else
        row.bind(18);
    row.bind(19, file.bytes);
    row.bind(20, file.modified);
    row.bind(21, file.digest);
    row.exec();
    const std::int64_t id = database.getLastInsertRowid();

    SQLite::Statement details(database, "INSERT INTO take_details(take, request, recipe, plan) VALUES (?, ?, ?, ?)");
    SQLite::bind(details, id, take.request, take.recipe, take.plan);
    details.exec();
    insertTags(database, id, take.tags);
    return id;
}

void insertTags(SQLite::Database& database, std::int64_t take, const std::vector<std::string>& tags) {
    SQLite::Statement name(database, "INSERT OR IGNORE INTO tags(name) VALUES (?)");
    SQLite::Statement link(database,
                           "INSERT OR IGNORE INTO take_tags(take, tag) SELECT ?, id FROM tags WHERE tags.name = ?");
    for (const std::string& tag : tags) {
        name.bind(1, tag);
        name.exec();
        name.reset();
        SQLite::bind(link, take, tag);
        link.exec();
        link.reset();
    }
}

void removeUnusedTags(SQLite::Database& database) {
    database.exec("DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM take_tags WHERE tag = tags.id)");
}

namespace {

/// The messages about a name; whole sentences, because other languages inflect the kind.
struct NameMessages {
    base::Message empty, tooLong, controls;
};

const NameMessages& messagesOf(NameKind kind) {
    static const NameMessages tag{base::Message("the name of a tag cannot be empty"),
                                  base::Message("the name of a tag can have 100 bytes"),
                                  base::Message("the name of a tag cannot have control characters")};
    static const NameMessages board{base::Message("the name of a board cannot be empty"),
                                    base::Message("the name of a board can have 100 bytes"),
                                    base::Message("the name of a board cannot have control characters")};
    static const NameMessages prompt{base::Message("the name of a saved prompt cannot be empty"),
                                     base::Message("the name of a saved prompt can have 100 bytes"),
                                     base::Message("the name of a saved prompt cannot have control characters")};
    return kind == NameKind::Tag ? tag : kind == NameKind::Board ? board : prompt;
}

} // namespace

std::string checkedName(const std::string& name, NameKind kind) {
    constexpr std::string_view blank = " \t\r\n";
    const NameMessages& messages = messagesOf(kind);
    const std::size_t first = name.find_first_not_of(blank);
    if (first == std::string::npos) throw base::InvalidInput(messages.empty);
    std::string trimmed = name.substr(first, name.find_last_not_of(blank) - first + 1);
    if (trimmed.size() > 100) throw base::InvalidInput(messages.tooLong);
    if (std::any_of(trimmed.begin(), trimmed.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
        throw base::InvalidInput(messages.controls);
    return trimmed;
}

std::vector<std::string> checkedTags(const std::vector<std::string>& tags) {
    std::vector<std::string> result;
    for (const std::string& tag : tags)
        result.push_back(checkedName(tag, NameKind::Tag));
    // As SQLite's NOCASE does it: the case of A to Z. Stable: the first spelling stays.
    std::stable_sort(result.begin(), result.end(),
                     [](const std::string& a, const std::string& b) { return strcasecmp(a.c_str(), b.c_str()) < 0; });
    const auto same = [](const std::string& a, const std::string& b) { return strcasecmp(a.c_str(), b.c_str()) == 0; };
    result.erase(std::unique(result.begin(), result.end(), same), result.end());
    return result;
}

} // namespace n2m::storage
