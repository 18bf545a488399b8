#pragma once

#include "storage/Connection.h"
#include "storage/Take.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace n2m::storage {

// Files and rows in step, whatever happens between the two: a file that is about to be written or moved is entered in
// pending_files first, under a lock of whoever does it. The next program that opens the library finishes or clears away
// what an interrupted one left. Internal to storage/.

/// A file's name, reserved for a take that is being saved.
class FileReservation {
public:
    /// Takes the name that an attempt with the very same facts has left behind, whose file is to be written anew; else
    /// `wanted`, or a name like it that is free (…-2, …-3).
    FileReservation(Connection& connection, const std::filesystem::path& wanted, const Take& facts);
    /// Without finish(): gives the name back if there is no file. If there is one, it stays entered, and the next
    /// program that opens the library makes a take of it: a clip is not lost because its row could not be written.
    ~FileReservation();
    FileReservation(const FileReservation&) = delete;
    FileReservation& operator=(const FileReservation&) = delete;

    const std::filesystem::path& file() const { return m_file; } ///< relative to the library's folder
    void finish(SQLite::Database& database);                     ///< in the transaction that writes the row

private:
    Connection& m_connection;
    std::filesystem::path m_file;
    std::int64_t m_batch = 0;
    bool m_finished = false;
};

/// Takes whose files are to move: id and wanted name.
using Moves = std::vector<std::pair<std::int64_t, std::filesystem::path>>;

/// Renames the files and then writes the rows (file and trashed) in one transaction; all or none. A take whose file is
/// gone gets its new name all the same.
void moveFiles(Connection& connection, const Moves& moves, std::optional<std::int64_t> trashed);

/// Finishes or clears away what interrupted programs left; says what was done, a line each.
std::vector<std::string> recoverFiles(Connection& connection);

} // namespace n2m::storage
