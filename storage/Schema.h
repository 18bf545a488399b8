#pragma once

#include <SQLiteCpp/Database.h>

namespace n2m::storage {

/// The version of the schema that this program writes.
extern const int schemaVersion;

/// The `PRAGMA application_id` of our databases: "N2ML".
constexpr int applicationId = 0x4e324d4c;

int versionOf(SQLite::Database& database);

/// Upgrades a database (new: version 0) to schemaVersion: one transaction per step, which also sets the version.
/// The database must not be newer.
void migrate(SQLite::Database& database);

} // namespace n2m::storage
