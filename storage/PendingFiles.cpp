#include "storage/PendingFiles.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/FileNames.h"
#include "storage/SoundFacts.h"
#include "storage/TakeRows.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <set>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

bool isThere(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(file, ignored));
}

fs::path freeName(const Connection& connection, SQLite::Database& database, const fs::path& wanted) {
    SQLite::Statement used(database, "SELECT EXISTS (SELECT 1 FROM takes WHERE file = ?1) OR "
                                     "EXISTS (SELECT 1 FROM pending_files WHERE file = ?1)");
    for (int count = 1;; ++count) {
        fs::path file = wanted;
        if (count > 1)
            file.replace_filename(fmt::format("{}-{}{}", wanted.stem().string(), count, wanted.extension().string()));
        used.bind(1, file.string());
        used.executeStep();
        const bool taken = used.getColumn(0).getInt() != 0;
        used.reset();
        if (!taken && !isThere(connection.pathOf(file))) return file;
    }
}

/// Enters a file; the first of a batch (0) gives the batch its number.
void enter(SQLite::Database& database, std::int64_t& batch, const fs::path& file, std::int64_t take,
           const std::string& facts) {
    SQLite::Statement row(database, "INSERT INTO pending_files(batch, file, take, facts) VALUES (?, ?, ?, ?)");
    SQLite::bind(row, batch, file.string());
    if (take)
        row.bind(3, take);
    else
        row.bind(3);
    row.bind(4, facts);
    row.exec();
    if (batch) return;
    batch = database.getLastInsertRowid();
    database.exec(fmt::format("UPDATE pending_files SET batch = id WHERE id = {}", batch));
}

void remove(SQLite::Database& database, std::int64_t batch) {
    database.exec(fmt::format("DELETE FROM pending_files WHERE batch = {}", batch));
}

/// Like remove(), after another error. Rows that stay are removed at the next opening.
void tryRemove(Connection& connection, std::int64_t batch) {
    try {
        connection.write([&](SQLite::Database& database) { remove(database, batch); });
    } catch (const LibraryError&) {
    }
}

/// A renaming is on the disk once its folder is flushed. Some file systems refuse this, which does no harm.
void syncFolder(const fs::path& folder) {
    if (const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

struct Move {
    std::int64_t take = 0;
    fs::path from, to; ///< relative
    bool done = false;
};

void undo(const Connection& connection, const std::vector<Move>& moves) {
    std::error_code ignored;
    for (const Move& move : moves)
        if (move.done) fs::rename(connection.pathOf(move.to), connection.pathOf(move.from), ignored);
}

void writeMove(SQLite::Database& database, std::int64_t take, const fs::path& file,
               std::optional<std::int64_t> trashed) {
    SQLite::Statement row(database, "UPDATE takes SET file = ?, trashed = ? WHERE id = ?");
    row.bind(1, file.string());
    if (trashed)
        row.bind(2, *trashed);
    else
        row.bind(2);
    row.bind(3, take);
    row.exec();
}

} // namespace

FileReservation::FileReservation(Connection& connection, const fs::path& wanted, const Take& facts)
    : m_connection(connection) {
    const std::string text = factsToJson(facts);
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement left(database, "SELECT batch, file FROM pending_files WHERE take IS NULL AND facts = ?");
        left.bind(1, text);
        while (left.executeStep()) {
            const std::int64_t batch = left.getColumn(0).getInt64();
            const fs::path file = left.getColumn(1).getString();
            if (!connection.holds(file) || !connection.locks().tryLock(Locks::files(batch))) continue;
            m_batch = batch;
            m_file = file;
            return;
        }
        m_file = freeName(connection, database, wanted);
        enter(database, m_batch, m_file, 0, text);
        connection.locks().tryLock(Locks::files(m_batch)); // before anyone else can see the row
    });
}

FileReservation::~FileReservation() {
    if (!m_finished && !isThere(m_connection.folder() / m_file)) tryRemove(m_connection, m_batch);
    m_connection.locks().unlock(Locks::files(m_batch));
}

void FileReservation::finish(SQLite::Database& database) {
    remove(database, m_batch);
    m_finished = true;
}

void moveFiles(Connection& connection, const Moves& wanted, std::optional<std::int64_t> trashed) {
    std::vector<Move> moves;
    std::int64_t batch = 0;
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement current(database, "SELECT file FROM takes WHERE id = ?");
        for (const auto& [take, file] : wanted) {
            current.bind(1, take);
            if (current.executeStep()) {
                Move move{take, current.getColumn(0).getString(), freeName(connection, database, file)};
                enter(database, batch, move.to, take, {});
                moves.push_back(std::move(move));
            }
            current.reset();
        }
        if (batch) connection.locks().tryLock(Locks::files(batch));
    });
    if (moves.empty()) return;

    struct Unlock {
        Connection& connection;
        std::int64_t batch;
        ~Unlock() { connection.locks().unlock(Locks::files(batch)); }
    } unlock{connection, batch};
    try {
        std::set<fs::path> folders;
        for (Move& move : moves) {
            const fs::path from = connection.pathOf(move.from), to = connection.pathOf(move.to);
            if (!isThere(from)) continue;
            fs::create_directories(to.parent_path());
            fs::rename(from, to);
            move.done = true;
            folders.insert({from.parent_path(), to.parent_path()});
        }
        for (const fs::path& folder : folders)
            syncFolder(folder);
        connection.write([&](SQLite::Database& database) {
            for (const Move& move : moves)
                writeMove(database, move.take, move.to, trashed);
            remove(database, batch);
        });
    } catch (const std::exception& error) {
        undo(connection, moves);
        tryRemove(connection, batch);
        if (dynamic_cast<const LibraryError*>(&error)) throw;
        connection.rethrowFile(error);
    }
}

namespace {

struct PendingFile {
    std::int64_t id = 0, batch = 0, take = 0;
    fs::path file;
    std::string facts;
};

std::vector<PendingFile> pendingFiles(SQLite::Database& database) {
    std::vector<PendingFile> result;
    SQLite::Statement rows(database, "SELECT id, batch, coalesce(take, 0), file, facts FROM pending_files");
    while (rows.executeStep())
        result.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(), rows.getColumn(2).getInt64(),
                          rows.getColumn(3).getString(), rows.getColumn(4).getString()});
    return result;
}

/// Removes the temporary files of AtomicFile for a file: ".NAME.PROCESS-COUNT.part".
void removeParts(const fs::path& file) {
    const std::string begin = "." + file.filename().string() + ".";
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(file.parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begin) && name.ends_with(".part")) fs::remove(entry.path(), ignored);
    }
}

base::Message recoverMove(const Connection& connection, SQLite::Database& database, const PendingFile& pending) {
    SQLite::Statement current(database, "SELECT file FROM takes WHERE id = ?");
    current.bind(1, pending.take);
    if (!current.executeStep()) return {};
    const fs::path from = current.getColumn(0).getString();
    if (isThere(connection.pathOf(from)) || !isThere(connection.pathOf(pending.file))) return {};
    const bool trash = isTrashFile(pending.file);
    writeMove(database, pending.take, pending.file, trash ? std::optional(now()) : std::nullopt);
    const std::string file = base::printable(pending.file.string());
    if (trash) return base::Message("{} was being moved into the trash when the program ended; that is done now", file);
    return base::Message("{} was being moved out of the trash when the program ended; that is done now", file);
}

base::Message recoverNew(const Connection& connection, SQLite::Database& database, const PendingFile& pending) {
    const fs::path file = connection.pathOf(pending.file);
    removeParts(file);
    if (!isThere(file)) return {};
    SQLite::Statement known(database, "SELECT 1 FROM takes WHERE file = ?");
    known.bind(1, pending.file.string());
    if (known.executeStep()) return {};
    try {
        Take take = takeFromFile(file);
        takeFromFacts(take, pending.facts);
        take.file = pending.file;
        insertTake(database, take, fileState(file));
        return base::Message("{} was saved when the program ended; it is in the library now",
                             base::printable(pending.file.string()));
    } catch (const SQLite::Exception&) {
        throw;
    } catch (const std::runtime_error& error) {
        return base::Message("left alone: {}", base::messageOf(error));
    }
}

} // namespace

std::vector<base::Message> recoverFiles(Connection& connection) {
    std::vector<base::Message> lines;
    const auto left = connection.read([](SQLite::Database& database) { return pendingFiles(database); });
    for (const PendingFile& pending : left) {
        const std::int64_t lock = Locks::files(pending.batch);
        if (connection.locks().isHeld(lock)) continue; // its program still runs
        const base::Message line = connection.write([&](SQLite::Database& database) -> base::Message {
            SQLite::Statement still(database, "DELETE FROM pending_files WHERE id = ?");
            still.bind(1, pending.id);
            if (still.exec() == 0) return {}; // another program was faster
            try {
                return pending.take ? recoverMove(connection, database, pending)
                                    : recoverNew(connection, database, pending);
            } catch (const LibraryError& error) { // a file outside the library: only its entry goes
                return base::messageOf(error);
            }
        });
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

} // namespace n2m::storage
