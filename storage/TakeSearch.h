#pragma once

#include "storage/TakeQuery.h"

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

namespace n2m::storage {

/// Runs a TakeQuery as SQL: the ids of the takes that it finds, in its order. Internal to storage/; called inside
/// Connection::read().
std::vector<std::int64_t> searchTakes(SQLite::Database& database, const TakeQuery& query);

} // namespace n2m::storage
