#pragma once

#include "storage/Connection.h"

#include <cstddef>
#include <filesystem>

namespace n2m::storage {

/// Copies the readable rows of a damaged database into a new, empty one, row by row, so that a broken page costs only
/// the rows on it. Reads the old file and its write-ahead log, and changes neither. Returns the number of copied rows;
/// 0 for a file that is not a database any more. Internal to storage/.
std::size_t salvage(const std::filesystem::path& damaged, Connection& into);

} // namespace n2m::storage
