#pragma once

#include "storage/SoundFacts.h"
#include "storage/Take.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <string>
#include <vector>

namespace n2m::storage {

// Takes as rows. Internal to storage/; called inside Connection::read() and write().

/// "SELECT … FROM takes" of the columns that takeFrom() reads.
extern const std::string selectTakes;
/// The take of a statement's current row; without the long texts and the tags.
Take takeFrom(SQLite::Statement& row);
/// The takes of `ids` in their order, with tags and without the long texts; ids that are gone are left out.
std::vector<Take> readTakes(SQLite::Database& database, const std::vector<std::int64_t>& ids);
/// Fills in the tags.
void readTags(SQLite::Database& database, std::vector<Take>& takes);
void readTags(SQLite::Database& database, Take& take);

/// Writes the rows of a take and returns its new id; take.id is ignored.
std::int64_t insertTake(SQLite::Database& database, const Take& take, const FileState& file);

/// Gives a take the tags, on top of those it has.
void insertTags(SQLite::Database& database, std::int64_t take, const std::vector<std::string>& tags);
void removeUnusedTags(SQLite::Database& database);

enum class NameKind { Tag, Board, SavedPrompt };
/// Trims a name that the user gave. Throws std::invalid_argument, one line, where it is not allowed.
std::string checkedName(const std::string& name, NameKind kind);
/// Sorted, each once, without regard to case.
std::vector<std::string> checkedTags(const std::vector<std::string>& tags);

} // namespace n2m::storage
