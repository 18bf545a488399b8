#include "storage/TakeFiles.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/FileNames.h"
#include "storage/PendingFiles.h"
#include "storage/SoundFacts.h"
#include "storage/TakeRows.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::int64_t>;

/// The moves of takes into the trash, or of trashed ones out of it; takes that are there already are left out.
Moves movesTo(std::string_view top, Connection& connection, const Ids& ids) {
    return connection.read([&](SQLite::Database& database) {
        Moves moves;
        SQLite::Statement row(database, "SELECT file FROM takes WHERE id = ? AND (trashed IS NULL) = ?");
        for (const std::int64_t id : ids) {
            SQLite::bind(row, id, top == trashFolder ? 1 : 0);
            if (row.executeStep()) moves.emplace_back(id, movedTo(top, row.getColumn(0).getString()));
            row.reset();
        }
        return moves;
    });
}

/// A take's file as its row describes it.
struct Row {
    std::int64_t id = 0;
    fs::path file;
    FileState state;
};

std::vector<Row> readRows(SQLite::Database& database) {
    std::vector<Row> rows;
    SQLite::Statement select(database,
                             "SELECT id, file, file_bytes, file_modified, file_digest FROM takes ORDER BY id");
    while (select.executeStep()) {
        Row row;
        row.id = select.getColumn(0).getInt64();
        row.file = select.getColumn(1).getString();
        row.state.bytes = select.getColumn(2).getInt64();
        row.state.modified = select.getColumn(3).getInt64();
        row.state.digest = select.getColumn(4).getString();
        rows.push_back(std::move(row));
    }
    return rows;
}

using Names = std::unordered_set<std::string>; // paths compare slowly

Names readPending(SQLite::Database& database) {
    Names files;
    SQLite::Statement select(database, "SELECT file FROM pending_files");
    while (select.executeStep())
        files.insert(select.getColumn(0).getString());
    return files;
}

/// A row without digest is from before schema version 2 and counts as unchanged.
bool isChanged(const fs::path& file, const FileState& saved, const FileState& found, bool readAll) {
    if (saved.digest.empty()) return false;
    if (found.bytes != saved.bytes) return true;
    if (found.modified == saved.modified && !readAll) return false;
    return fileState(file).digest != saved.digest;
}

/// All files in clips/ and trash/ that are named like sound, relative to the library's folder, sorted.
std::vector<fs::path> soundFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const std::string_view top : {clipsFolder, trashFolder}) {
        std::error_code error;
        fs::recursive_directory_iterator at(folder / top, fs::directory_options::skip_permission_denied, error), end;
        for (; !error && at != end; at.increment(error)) {
            const std::string name = at->path().filename().string();
            std::error_code ignored;
            if (name.starts_with('.')) {
                if (at->is_directory(ignored)) at.disable_recursion_pending();
            } else if (hasSoundName(at->path()) && at->is_regular_file(ignored)) {
                files.push_back(at->path().lexically_relative(folder));
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// A file without a row. take.id: the take whose file was missing and has this content, or 0.
struct FoundFile {
    Take take;
    FileState state;
};

/// Returns false if another program has made a take of that file meanwhile, or is about to.
bool writeFound(SQLite::Database& database, const FoundFile& found) {
    const Take& take = found.take;
    SQLite::Statement taken(database, "SELECT 1 FROM takes WHERE file = ?1 UNION "
                                      "SELECT 1 FROM pending_files WHERE file = ?1");
    taken.bind(1, take.file.string());
    if (taken.executeStep()) return false;
    if (take.id == 0) {
        insertTake(database, take, found.state);
        return true;
    }
    SQLite::Statement row(database, "UPDATE takes SET file = ?, file_modified = ?, trashed = ? WHERE id = ?");
    SQLite::bind(row, take.file.string(), found.state.modified);
    if (take.trashed)
        row.bind(3, *take.trashed);
    else
        row.bind(3);
    row.bind(4, take.id);
    row.exec();
    return true;
}

/// Fills in size, time and digest of a row from before schema version 2.
void measure(Connection& connection, const Row& row) {
    try {
        const FileState state = fileState(connection.pathOf(row.file));
        connection.write([&](SQLite::Database& database) {
            SQLite::Statement update(
                database, "UPDATE takes SET file_bytes = ?, file_modified = ?, file_digest = ? WHERE id = ?");
            SQLite::bind(update, state.bytes, state.modified, state.digest, row.id);
            update.exec();
        });
    } catch (const LibraryError&) {
        throw;
    } catch (const std::runtime_error&) {
        // The next rebuild tries again.
    }
}

/// Deletes a month's folder when its last file is gone.
void removeIfEmpty(const fs::path& folder) {
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) fs::remove(folder, ignored);
}

constexpr std::size_t deletedAtOnce = 20; // in one transaction: others wait for its files

/// Deletes trashed takes for good.
class Deletion {
public:
    explicit Deletion(const Connection& connection)
        : m_connection(connection) {}

    /// Deletes file and row, unless another program took the take out of the trash meanwhile or is about to. Call it
    /// in a writing transaction, so that none can in between. The file goes first: a program that ends here leaves a
    /// row in the trash, which the next emptying removes. Of a row that names a file outside the trash only the row
    /// goes.
    void remove(SQLite::Database& database, std::int64_t id) {
        SQLite::Statement row(database, "SELECT file FROM takes WHERE id = ?1 AND trashed IS NOT NULL AND "
                                        "NOT EXISTS (SELECT 1 FROM pending_files WHERE take = ?1)");
        row.bind(1, id);
        if (!row.executeStep()) return;
        const fs::path file = row.getColumn(0).getString();
        const fs::path path = isTrashFile(file) && m_connection.holds(file) ? m_connection.pathOf(file) : fs::path();
        std::error_code error;
        if (!path.empty()) fs::remove(path, error);
        if (error) {
            m_problem = base::Message("{}: cannot be deleted: {}", base::printable(path.string()),
                                      base::Message::verbatim(error.message()));
            return;
        }
        SQLite::Statement deleted(database, "DELETE FROM takes WHERE id = ?");
        deleted.bind(1, id);
        deleted.exec();
        if (!path.empty()) removeIfEmpty(path.parent_path());
        ++m_count;
    }

    std::size_t count() const { return m_count; }
    const base::Message& problem() const { return m_problem; } ///< the last one; empty: there was none

private:
    const Connection& m_connection;
    std::size_t m_count = 0;
    base::Message m_problem;
};

void deleteRows(Connection& connection, const Ids& ids) {
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "DELETE FROM takes WHERE id = ?");
        for (const std::int64_t id : ids) {
            row.bind(1, id);
            row.exec();
            row.reset();
        }
        removeUnusedTags(database);
    });
}

} // namespace

TakeFiles::TakeFiles(Connection& connection)
    : m_connection(connection) {}

void TakeFiles::trash(const Ids& ids) {
    m_connection.requireWritable();
    moveFiles(m_connection, movesTo(trashFolder, m_connection, ids), now());
}

void TakeFiles::restore(const Ids& ids) {
    m_connection.requireWritable();
    moveFiles(m_connection, movesTo(clipsFolder, m_connection, ids), std::nullopt);
}

std::size_t TakeFiles::deleteTrashed(const Ids& ids, const Watch& watch) {
    m_connection.requireWritable();
    Deletion deletion(m_connection);
    for (std::size_t done = 0; done < ids.size(); done += deletedAtOnce) {
        if (watch) watch(done, ids.size());
        m_connection.write([&](SQLite::Database& database) {
            for (std::size_t i = done; i < std::min(done + deletedAtOnce, ids.size()); ++i)
                deletion.remove(database, ids[i]);
            removeUnusedTags(database);
        });
    }
    if (watch) watch(ids.size(), ids.size());
    if (!deletion.problem().empty()) throw LibraryError(LibraryError::Kind::Failed, deletion.problem());
    return deletion.count();
}

void TakeFiles::forget(const Ids& ids) {
    deleteRows(m_connection, ids);
}

FileReport TakeFiles::verify(bool readAll, const Watch& watch) const {
    FileReport report;
    const auto rows = m_connection.read(readRows);
    Names known = m_connection.read(readPending); // another program is writing these
    std::size_t done = 0;
    for (const Row& row : rows) {
        if (watch) watch(done++, rows.size());
        known.insert(row.file.string());
        const bool held = m_connection.holds(row.file);
        const fs::path file = held ? m_connection.pathOf(row.file) : fs::path();
        FileState found;
        if (!held || !statFile(file, found)) {
            report.missing.push_back(row.id);
            continue;
        }
        try {
            if (isChanged(file, row.state, found, readAll)) report.changed.push_back(row.id);
        } catch (const std::runtime_error&) {
            report.unreadable.push_back(row.file);
        }
    }
    for (const fs::path& file : soundFiles(m_connection.folder()))
        if (!known.contains(file.string())) report.unknown.push_back(file);
    if (watch) watch(rows.size(), rows.size());
    return report;
}

RebuildReport TakeFiles::rebuild(const Watch& watch) {
    m_connection.requireWritable();
    RebuildReport report;
    report.remaining = verify();
    const auto rows = m_connection.read(readRows);
    report.kept = static_cast<int>(rows.size() - report.remaining.missing.size());

    std::unordered_map<std::string, std::int64_t> lost; // by digest
    std::vector<FoundFile> found;
    const auto write = [&] {
        m_connection.write([&](SQLite::Database& database) {
            for (const FoundFile& file : found)
                if (writeFound(database, file)) ++(file.take.id == 0 ? report.added : report.found);
        });
        found.clear();
    };
    for (const Row& row : rows) {
        const bool missing =
            std::binary_search(report.remaining.missing.begin(), report.remaining.missing.end(), row.id);
        if (missing && !row.state.digest.empty()) lost.emplace(row.state.digest, row.id);
        if (!missing && row.state.digest.empty()) measure(m_connection, row);
    }

    const std::vector<fs::path> unknown = std::exchange(report.remaining.unknown, {});
    std::size_t done = 0;
    for (const fs::path& file : unknown) {
        try {
            if (watch) watch(done++, unknown.size());
        } catch (...) {
            write(); // what was read so far is not read again
            throw;
        }
        try {
            const fs::path path = m_connection.folder() / file;
            FoundFile one;
            one.state = fileState(path);
            if (const auto at = lost.find(one.state.digest); at != lost.end()) {
                one.take.id = at->second;
                std::erase(report.remaining.missing, at->second);
                lost.erase(at);
            } else {
                one.take = takeFromFile(path);
            }
            one.take.file = file;
            if (isTrashFile(file)) one.take.trashed = now();
            found.push_back(std::move(one));
        } catch (const std::runtime_error&) {
            report.remaining.unreadable.push_back(file);
        }
        if (found.size() == 100) write(); // a commit takes as long as reading many files
    }
    write();
    if (watch) watch(unknown.size(), unknown.size());
    return report;
}

} // namespace n2m::storage
