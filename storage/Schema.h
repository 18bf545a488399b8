#pragma once

#include <SQLiteCpp/Database.h>

namespace n2m::storage {

/// The version of the schema that this program writes.
extern const int schemaVersion;

/// What `PRAGMA application_id` says in our databases: "N2ML".
constexpr int applicationId = 0x4e324d4c;

int versionOf(SQLite::Database& database);

/// Brings a database (new: version 0) to schemaVersion: one transaction per step, with the version set inside it.
/// For a database that is not newer than that.
void migrate(SQLite::Database& database);

} // namespace n2m::storage
