#include "storage/Library.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/FileNames.h"
#include "storage/PendingFiles.h"
#include "storage/Salvage.h"
#include "storage/Schema.h"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace n2m::storage {

namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

namespace {

bool hasFiles(const fs::path& folder) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (hasSoundName(at->path())) return true;
    return false;
}

/// Renames the log with its database, so that SQLite never applies it to another one.
void renameDatabase(const fs::path& from, const fs::path& to) {
    const std::string log = from.string() + "-wal";
    std::error_code error, ignored;
    if (fs::file_size(log, error) > 0 && !error)
        fs::rename(log, to.string() + "-wal");
    else
        fs::remove(log, ignored);
    fs::remove(from.string() + "-shm", ignored); // an index of the log; SQLite makes a new one
    fs::rename(from, to);
}

void refuseNewer(const fs::path& file, const std::string& shown) {
    int version = 0;
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        version = versionOf(database);
    } catch (const SQLite::Exception&) { // damaged or missing: rebuilding is for that
    }
    if (version > schemaVersion && version < 1000) // more is damage
        throw LibraryError(Kind::Newer, base::Message("{}: this library is from a later version of this program; "
                                                      "rebuild it with that one",
                                                      shown));
}

void removeDatabase(const fs::path& file) {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(file.string() + end, ignored);
}

} // namespace

class Library::Implementation {
public:
    explicit Implementation(const fs::path& folder)
        : m_connection(folder)
        , m_takes(m_connection)
        , m_marks(m_connection)
        , m_files(m_connection)
        , m_jobs(m_connection)
        , m_prompts(m_connection)
        , m_settings(m_connection) {
        const std::string shown = base::printable(m_connection.folder().string());
        if (m_connection.readOnly()) {
            m_problems.push_back(base::Message("{}: this library cannot be written to: it can be heard and searched, "
                                               "but not changed",
                                               shown));
            if (m_connection.ignoresLog())
                m_problems.push_back(
                    base::Message("the last changes to this library cannot be seen, as their log cannot be opened"));
        } else {
            m_problems = recoverFiles(m_connection);
            m_wantsRebuild = m_connection.isNew() && hasFiles(m_connection.folder() / clipsFolder);
            if (m_wantsRebuild)
                m_problems.push_back(base::Message("{}: there are sound files here that the library does not know; "
                                                   "rebuild it to take them in",
                                                   shown));
        }
        m_dataVersion = m_connection.dataVersion();
    }

    Connection m_connection;
    TakeStore m_takes;
    MarkStore m_marks;
    TakeFiles m_files;
    JobStore m_jobs;
    PromptStore m_prompts;
    SettingsStore m_settings;
    std::vector<base::Message> m_problems;
    bool m_wantsRebuild = false;
    std::int64_t m_dataVersion = 0;
};

Library::Library(const fs::path& folder)
    : m_implementation(std::make_unique<Implementation>(folder)) {}

Library::~Library() = default;

RebuildReport Library::rebuild(const fs::path& folder, const TakeFiles::Watch& watch) {
    const std::string shown = base::printable(folder.string());
    const fs::path database = folder / Connection::databaseName, fresh = folder / "library-rebuilding.db",
                   rebuilt = folder / Connection::rebuiltName;
    try {
        Locks locks(folder / Connection::lockName);
        if (!locks.tryLock(Locks::presence))
            throw LibraryError(Kind::Busy,
                               base::Message("{}: a program has this library open; close it, then rebuild", shown));
        refuseNewer(database, shown);
        removeDatabase(fresh); // left by an interrupted rebuild
        RebuildReport report;
        try {
            Connection connection(folder, fresh.filename().string());
            if (fs::exists(database)) salvage(database, connection);
            report = TakeFiles(connection).rebuild(watch);
        } catch (...) {
            removeDatabase(fresh);
            throw;
        }
        fs::rename(fresh, rebuilt);
        std::string time = timeOf(now());
        std::erase(time, ':');
        if (fs::exists(database)) renameDatabase(database, folder / fmt::format("library-damaged-{}.db", time));
        fs::rename(rebuilt, database); // if the program ends before this, the next opening does it
        return report;
    } catch (const std::system_error& error) { // from the file system
        throw LibraryError(Kind::Failed, base::Message("{}: cannot be rebuilt: {}", shown,
                                                       base::Message::verbatim(error.code().message())));
    }
}

TakeStore& Library::takes() {
    return m_implementation->m_takes;
}

MarkStore& Library::marks() {
    return m_implementation->m_marks;
}

TakeFiles& Library::files() {
    return m_implementation->m_files;
}

JobStore& Library::jobs() {
    return m_implementation->m_jobs;
}

PromptStore& Library::prompts() {
    return m_implementation->m_prompts;
}

SettingsStore& Library::settings() {
    return m_implementation->m_settings;
}

const fs::path& Library::folder() const {
    return m_implementation->m_connection.folder();
}

bool Library::keepsClipsIn(const fs::path& place) const {
    std::error_code ignored;
    const fs::path own = fs::weakly_canonical(folder(), ignored);
    const fs::path inside = fs::weakly_canonical(place, ignored).lexically_relative(own);
    return !inside.empty() && (*inside.begin() == clipsFolder || *inside.begin() == trashFolder);
}

bool Library::readOnly() const {
    return m_implementation->m_connection.readOnly();
}

bool Library::changedElsewhere() {
    const std::int64_t version = m_implementation->m_connection.dataVersion();
    return std::exchange(m_implementation->m_dataVersion, version) != version;
}

const std::vector<base::Message>& Library::problems() const {
    return m_implementation->m_problems;
}

bool Library::wantsRebuild() const {
    return m_implementation->m_wantsRebuild;
}

std::vector<std::string> Library::check() const {
    return m_implementation->m_connection.read([](SQLite::Database& database) {
        std::vector<std::string> lines;
        try {
            SQLite::Statement rows(database, "PRAGMA integrity_check(20)");
            while (rows.executeStep())
                if (const std::string line = rows.getColumn(0).getString(); line != "ok") lines.push_back(line);
        } catch (const SQLite::Exception& error) {
            if (lines.empty()) lines.push_back(error.what()); // the check could not go on
        }
        return lines;
    });
}

} // namespace n2m::storage
