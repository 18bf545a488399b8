#pragma once

#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/Take.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace n2m::storage {

// These functions keep files and rows in step: a file that is about to be written or moved is entered in pending_files
// first, under a lock of the program that does it. The next program that opens the library finishes or removes the
// unfinished work of an interrupted one. Internal to storage/.

/// A file's name, reserved for a take that is being saved.
class FileReservation {
public:
    /// Takes the name that a failed attempt with the same facts had reserved, and whose file is written again; else
    /// `wanted`, or a free name like it (…-2, …-3).
    FileReservation(Connection& connection, const std::filesystem::path& wanted, const Take& facts);
    /// Without finish(): frees the name if there is no file. If there is one, it stays entered, and the next program
    /// that opens the library makes a take of it: a clip is not lost because its row could not be written.
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

/// The ids of takes, each with the wanted name of its file.
using Moves = std::vector<std::pair<std::int64_t, std::filesystem::path>>;

/// Renames the files and then writes the rows (file and trashed) in one transaction; all or none. A take whose file is
/// missing gets its new name too.
void moveFiles(Connection& connection, const Moves& moves, std::optional<std::int64_t> trashed);

/// Finishes or removes the unfinished work of interrupted programs, and reports it, a line each.
std::vector<base::Message> recoverFiles(Connection& connection);

} // namespace n2m::storage
