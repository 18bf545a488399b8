#include "storage/Connection.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/FileNames.h"
#include "storage/Schema.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Column.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>
#include <thread>

#include <sys/statvfs.h>
#include <unistd.h>

namespace n2m::storage {

namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

namespace {

constexpr int busyMilliseconds = 10000;

std::string shown(const fs::path& path) {
    return base::printable(path.string());
}

bool diskIsFull(const fs::path& folder) {
    struct statvfs status {};
    return statvfs(folder.c_str(), &status) == 0 && status.f_bavail * status.f_frsize < 65536;
}

void refuseForeign(SQLite::Database& database, const fs::path& file) {
    if (versionOf(database) > 0) return;
    throw LibraryError(Kind::Failed,
                       base::Message("{}: is a database of another program; choose another folder", shown(file)));
}

std::string percentEncoded(const std::string& path) {
    std::string result;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("/._-").find(c) != std::string_view::npos;
        if (plain)
            result += c;
        else
            result += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    }
    return result;
}

} // namespace

std::int64_t now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Connection::Connection(const fs::path& folder, const std::string& name)
    : m_folder(fs::absolute(folder).lexically_normal()) {
    if (!m_folder.has_filename()) m_folder = m_folder.parent_path();
    std::error_code error, ignored;
    fs::create_directories(m_folder, error);
    if (!fs::is_directory(m_folder, ignored)) // true also where it cannot be looked at
        throw LibraryError(Kind::Failed, base::Message("{}: this folder cannot be made ({}); choose another place",
                                                       shown(m_folder), base::Message::verbatim(error.message())));
    const fs::path file = m_folder / name;
    const bool exists = fs::exists(file, error);
    m_readOnly = access(m_folder.c_str(), W_OK) != 0 || (exists && access(file.c_str(), W_OK) != 0);
    if (m_readOnly && !exists)
        throw LibraryError(Kind::ReadOnly,
                           base::Message("{}: this folder cannot be written to, and there is no library in it yet; "
                                         "choose another place",
                                         shown(m_folder)));
    try {
        m_readOnly ? openReadOnly(file) : openWritable(file);
    } catch (const SQLite::Exception& caught) {
        rethrow(caught);
    }
}

Connection::~Connection() = default;

bool Connection::holds(const fs::path& file) const {
    if (!isLibraryFile(file)) return false;
    std::error_code error, errorOfParent;
    const fs::path top = fs::canonical(m_folder, error);
    const fs::path parent = fs::weakly_canonical(m_folder / file.parent_path(), errorOfParent);
    return !error && !errorOfParent &&
           std::mismatch(top.begin(), top.end(), parent.begin(), parent.end()).first == top.end();
}

fs::path Connection::pathOf(const fs::path& file) const {
    if (holds(file)) return m_folder / file;
    throw LibraryError(Kind::Failed, base::Message("{}: this library names a file outside its folder ({}), which is "
                                                   "left alone; remove the clip from the history",
                                                   shown(m_folder), base::printable(file.string())));
}

void Connection::openReadOnly(const fs::path& file) {
    m_locks = std::make_unique<Locks>();
    // The write-ahead log needs its -shm file in the same folder. Where that cannot be made, the database is read as
    // if it were on a read-only medium, without the log.
    try {
        m_database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READONLY, busyMilliseconds);
        versionOf(*m_database);
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() != SQLITE_CANTOPEN && error.getErrorCode() != SQLITE_READONLY) throw;
        m_database.reset();
        m_database = std::make_unique<SQLite::Database>("file:" + percentEncoded(file.string()) + "?immutable=1",
                                                        SQLite::OPEN_READONLY | SQLite::OPEN_URI, busyMilliseconds);
        std::error_code none;
        const auto bytes = fs::file_size(file.string() + "-wal", none);
        m_ignoresLog = !none && bytes > 0;
    }
    const int version = versionOf(*m_database);
    if (version > schemaVersion)
        throw LibraryError(Kind::Newer, base::Message("{}: this library is from a later version of this program; use "
                                                      "that one, or another folder",
                                                      shown(m_folder)));
    refuseForeign(*m_database, file);
    if (version < schemaVersion) openUpgradedCopy();
    m_database->execAndGet("SELECT count(*) FROM takes WHERE id = 0");
}

void Connection::openUpgradedCopy() {
    // A database without a name is private to this connection, is written to disk only where memory is short, and
    // goes with the connection.
    auto copy = std::make_unique<SQLite::Database>("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    if (SQLite::Backup(*copy, *m_database).executeStep() != SQLITE_DONE)
        throw LibraryError(Kind::Busy, base::Message("{}: another program is working on this library; try again later",
                                                     shown(m_folder)));
    migrate(*copy);
    copy->exec("PRAGMA query_only = ON");
    m_database = std::move(copy);
}

void Connection::openWritable(const fs::path& file) {
    const bool shared = file.filename() == databaseName;
    try {
        m_locks = shared ? std::make_unique<Locks>(m_folder / lockName) : std::make_unique<Locks>();
    } catch (const std::system_error& error) {
        throw LibraryError(Kind::Failed, base::Message("{}: cannot be opened: {}", shown(m_folder / lockName),
                                                       base::Message::verbatim(error.code().message())));
    }
    // One at a time: two programs that switch to the write-ahead log at once disturb each other, and a rebuild.
    if (!m_locks->lock(Locks::opening, busyMilliseconds) || !m_locks->share(Locks::presence))
        throw LibraryError(Kind::Busy, base::Message("{}: another program is working on this library; try again later",
                                                     shown(m_folder)));
    std::error_code ignored;
    if (shared && !fs::exists(file))
        fs::rename(m_folder / rebuiltName, file, ignored); // a rebuild was interrupted here
    m_database = std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                                    busyMilliseconds);
    SQLite::Database& database = *m_database;
    const int version = versionOf(database);
    if (version > schemaVersion)
        throw LibraryError(Kind::Newer,
                           base::Message("{}: this library is from a later version of this program (its database has "
                                         "version {}, this program knows {}); use that one, or another folder",
                                         shown(m_folder), version, schemaVersion));
    m_isNew = version == 0;
    if (database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() > 0) refuseForeign(database, file);
    // With the write-ahead log, readers and a writer work at the same time.
    database.exec(shared ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
    database.exec("PRAGMA synchronous = FULL"); // saved takes survive a power failure
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("PRAGMA cache_size = -65536"); // KiB
    migrate(database);
    database.execAndGet("SELECT count(*) FROM takes WHERE id = 0"); // a damaged schema shows here
    m_locks->unlock(Locks::opening);
}

std::int64_t Connection::dataVersion() {
    return read([](SQLite::Database& database) { return database.execAndGet("PRAGMA data_version").getInt64(); });
}

void Connection::requireWritable() const {
    if (m_readOnly)
        throw LibraryError(Kind::ReadOnly,
                           base::Message("{}: this library can only be read; nothing was changed", shown(m_folder)));
}

void Connection::rethrow(const SQLite::Exception& error) const {
    const std::string where = shown(m_folder);
    switch (error.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        throw LibraryError(Kind::Damaged,
                           base::Message("{}: the database of this library is damaged ({}); it can be rebuilt from the "
                                         "sound files",
                                         where, base::Message::verbatim(error.what())));
    case SQLITE_FULL:
        throw LibraryError(Kind::DiskFull, base::Message("{}: the disk is full; nothing was changed", where));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (diskIsFull(m_folder))
            throw LibraryError(Kind::DiskFull, base::Message("{}: the disk is full; nothing was changed", where));
        break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        throw LibraryError(Kind::ReadOnly,
                           base::Message("{}: this library can only be read; nothing was changed", where));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw LibraryError(Kind::Busy, base::Message("{}: another program is busy with this library; nothing was "
                                                     "changed, try again",
                                                     where));
    default:
        break;
    }
    throw LibraryError(Kind::Failed, base::Message("{}: the database does not answer: {}", where,
                                                   base::Message::verbatim(error.what())));
}

void Connection::rethrowFile(const std::exception& error) const {
    const std::string_view line = error.what();
    const auto says = [&](int number) { return line.find(std::generic_category().message(number)) != line.npos; };
    if (says(ENOSPC) || says(EDQUOT))
        throw LibraryError(Kind::DiskFull,
                           base::Message("{}: the disk is full; the clip was not saved", shown(m_folder)));
    if (says(EROFS) || says(EACCES)) throw LibraryError(Kind::ReadOnly, base::messageOf(error));
    throw LibraryError(Kind::Failed, base::messageOf(error));
}

} // namespace n2m::storage
