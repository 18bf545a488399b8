#pragma once

#include "storage/Connection.h"

#include <cstddef>
#include <filesystem>

namespace n2m::storage {

/// Copies what can still be read of a damaged database into a new, empty one: row by row, so that a broken page costs
/// only the rows on it. Reads the old file and its write-ahead log, and changes neither. Returns how many rows came
/// over; a file that is no longer a database at all gives 0. Internal to storage/.
std::size_t salvage(const std::filesystem::path& damaged, Connection& into);

} // namespace n2m::storage
