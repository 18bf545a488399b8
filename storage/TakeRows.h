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
/// The take of the row that a statement stands on; without the long texts and the tags.
Take takeFrom(SQLite::Statement& row);
/// Fills in the tags.
void readTags(SQLite::Database& database, std::vector<Take>& takes);
void readTags(SQLite::Database& database, Take& take);

/// Writes rows for all of a take, and returns its id. The id of `take` is not looked at.
std::int64_t insertTake(SQLite::Database& database, const Take& take, const FileState& file);

/// Gives a take the tags, on top of those it has.
void insertTags(SQLite::Database& database, std::int64_t take, const std::vector<std::string>& tags);
void removeUnusedTags(SQLite::Database& database);

/// Trims the name of a tag, board or saved prompt. Throws std::invalid_argument, one line, where it cannot be one.
std::string checkedName(const std::string& name, const char* what);
/// Sorted, each once, without regard to case.
std::vector<std::string> checkedTags(const std::vector<std::string>& tags);

} // namespace n2m::storage
