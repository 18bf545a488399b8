#pragma once

#include "storage/LibraryError.h"
#include "storage/Locks.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace n2m::storage {

/// One open connection to the database of a library, of the current schema; the stores of a Library share it. Internal
/// to storage/. Everything that touches SQLite runs inside read() or write(), which turn SQLite's exceptions into
/// LibraryErrors.
class Connection {
public:
    static constexpr const char* databaseName = "library.db";
    static constexpr const char* lockName = "library.lock";
    static constexpr const char* rebuiltName = "library-rebuilt.db"; ///< about to be renamed to databaseName

    /// Opens `folder`/`name`, for reading where it cannot be written to: then a database of an earlier schema is read
    /// from an upgraded copy, which does not show later changes. Makes folder and database if need be. A name other
    /// than databaseName is for a database under construction: it takes no locks and is one file when it is closed.
    explicit Connection(const std::filesystem::path& folder, const std::string& name = databaseName);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }
    /// Whether the file of a row is in clips/ or trash/ and no link among its folders leads out of the library. The
    /// file itself may be missing, or a link.
    bool holds(const std::filesystem::path& file) const;
    /// Where the file of a row is. Every path that comes from the database goes through here, because the database may
    /// come from somebody else. Throws a LibraryError unless holds(file).
    std::filesystem::path pathOf(const std::filesystem::path& file) const;
    bool readOnly() const { return m_readOnly; }
    bool ignoresLog() const { return m_ignoresLog; } ///< read without its write-ahead log, which has changes in it
    bool isNew() const { return m_isNew; }           ///< this connection made the database
    Locks& locks() { return *m_locks; }
    std::int64_t dataVersion(); ///< changes when another connection changes the database

    template <class Work> auto read(Work&& work) const {
        try {
            return work(*m_database);
        } catch (const SQLite::Exception& error) {
            rethrow(error);
        }
    }

    /// Runs `work` in one transaction, which waits for other writers before it reads anything. An exception of `work`
    /// rolls it back.
    template <class Work> auto write(Work&& work) {
        requireWritable();
        try {
            SQLite::Transaction transaction(*m_database, SQLite::TransactionBehavior::IMMEDIATE);
            if constexpr (std::is_void_v<std::invoke_result_t<Work, SQLite::Database&>>) {
                work(*m_database);
                transaction.commit();
            } else {
                auto result = work(*m_database);
                transaction.commit();
                return result;
            }
        } catch (const SQLite::Exception& error) {
            rethrow(error);
        }
    }

    void requireWritable() const;
    /// Rethrows an error of writing a sound file as a LibraryError of the right kind.
    [[noreturn]] void rethrowFile(const std::exception& error) const;

private:
    [[noreturn]] void rethrow(const SQLite::Exception& error) const;
    void openReadOnly(const std::filesystem::path& file);
    void openUpgradedCopy();
    void openWritable(const std::filesystem::path& file);

    std::filesystem::path m_folder;
    bool m_readOnly = false, m_ignoresLog = false, m_isNew = false;
    std::unique_ptr<Locks> m_locks;
    std::unique_ptr<SQLite::Database> m_database;
};

/// Milliseconds since 1970, UTC.
std::int64_t now();

} // namespace n2m::storage
