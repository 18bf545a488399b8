#include "storage/Salvage.h"

#include "storage/FileNames.h"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <vector>

namespace n2m::storage {

namespace {

// Parents before children. The triggers fill take_words; pending_files are not needed any more.
constexpr const char* tables[] = {"takes",       "take_details", "tags",          "take_tags", "boards",
                                  "board_takes", "used_prompts", "saved_prompts", "settings",  "jobs"};

std::vector<std::string> columnsOf(SQLite::Database& database, const std::string& table) {
    std::vector<std::string> columns;
    SQLite::Statement rows(database, fmt::format("PRAGMA table_info({})", table));
    while (rows.executeStep())
        columns.push_back(rows.getColumn(1).getString());
    return columns;
}

/// Copies the rows of one table, from the one connection to the other.
class TableCopy {
public:
    /// An error of the new database, as opposed to the damaged one.
    struct WriteError {
        SQLite::Exception error;
    };

    TableCopy(SQLite::Database& from, SQLite::Database& to, const std::string& table)
        : m_from(from)
        , m_table(table)
        , m_columns(common(columnsOf(from, table), columnsOf(to, table)))
        , m_insert(to, fmt::format("INSERT OR IGNORE INTO {}({}) VALUES (?{})", table, fmt::join(m_columns, ", "),
                                   repeated(", ?", m_columns.size() - 1))) {}

    std::size_t run() {
        std::int64_t last = 0, reached = 0;
        // The largest rowid, read from the far end: rows behind a broken page are still readable.
        try {
            last = m_from.execAndGet(fmt::format("SELECT max(rowid) FROM {}", m_table)).getInt64();
        } catch (const SQLite::Exception&) {
        }
        try {
            SQLite::Statement rows(m_from, select("ORDER BY rowid"));
            while (rows.executeStep()) {
                reached = rows.getColumn(0).getInt64();
                copy(rows);
            }
            return m_copied;
        } catch (const SQLite::Exception&) {
        }
        // One by one from there, with a limit: the largest rowid may come from a broken page.
        last = std::min(last, reached + 10'000'000);
        for (std::int64_t rowid = reached + 1; rowid <= last; ++rowid) {
            try {
                SQLite::Statement row(m_from, select("WHERE rowid = ?"));
                row.bind(1, rowid);
                if (row.executeStep()) copy(row);
            } catch (const SQLite::Exception&) {
            }
        }
        return m_copied;
    }

private:
    static std::vector<std::string> common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
        std::vector<std::string> both;
        std::copy_if(a.begin(), a.end(), std::back_inserter(both),
                     [&](const std::string& name) { return std::find(b.begin(), b.end(), name) != b.end(); });
        return both;
    }

    static std::string repeated(std::string_view text, std::size_t count) {
        std::string result;
        for (std::size_t i = 0; i < count; ++i)
            result += text;
        return result;
    }

    std::string select(std::string_view end) const {
        return fmt::format("SELECT rowid, {} FROM {} {}", fmt::join(m_columns, ", "), m_table, end);
    }

    void copy(SQLite::Statement& row) {
        for (int i = 1; i < row.getColumnCount(); ++i) { // 0 is the rowid
            const SQLite::Column value = row.getColumn(i);
            if (value.isInteger())
                m_insert.bind(i, value.getInt64());
            else if (value.isFloat())
                m_insert.bind(i, value.getDouble());
            else if (value.isText())
                m_insert.bind(i, value.getString());
            else
                m_insert.bind(i); // there are no blobs
        }
        try {
            if (m_insert.exec() > 0) ++m_copied;
        } catch (const SQLite::Exception& error) {
            // A row that breaks the constraints of the new database is damaged; a full disk is fatal.
            if (error.getErrorCode() != SQLITE_CONSTRAINT && error.getErrorCode() != SQLITE_MISMATCH)
                throw WriteError{error};
        }
        m_insert.tryReset();
    }

    SQLite::Database& m_from;
    std::string m_table;
    std::vector<std::string> m_columns;
    SQLite::Statement m_insert;
    std::size_t m_copied = 0;
};

void removeStrays(SQLite::Database& database) {
    std::vector<std::int64_t> strays;
    SQLite::Statement rows(database, "SELECT id, file FROM takes");
    while (rows.executeStep())
        if (!isLibraryFile(rows.getColumn(1).getString())) strays.push_back(rows.getColumn(0).getInt64());
    for (const std::int64_t id : strays)
        database.exec(fmt::format("DELETE FROM takes WHERE id = {}", id));
    database.exec("DELETE FROM take_details WHERE take NOT IN (SELECT id FROM takes);"
                  "DELETE FROM take_tags WHERE take NOT IN (SELECT id FROM takes) OR tag NOT IN (SELECT id FROM tags);"
                  "DELETE FROM board_takes WHERE take NOT IN (SELECT id FROM takes)"
                  "    OR board NOT IN (SELECT id FROM boards);"
                  "UPDATE jobs SET take = NULL WHERE take NOT IN (SELECT id FROM takes);"
                  "UPDATE jobs SET state = 'interrupted' WHERE state = 'running';"
                  "INSERT INTO take_details SELECT id, '', '', '' FROM takes"
                  "    WHERE id NOT IN (SELECT take FROM take_details);");
}

} // namespace

std::size_t salvage(const std::filesystem::path& damaged, Connection& into) {
    std::size_t copied = 0;
    into.read([](SQLite::Database& database) { database.exec("PRAGMA foreign_keys = OFF"); });
    into.write([&](SQLite::Database& database) {
        try {
            SQLite::Database from(damaged.string(), SQLite::OPEN_READONLY);
            for (const char* table : tables) {
                try {
                    copied += TableCopy(from, database, table).run();
                } catch (const SQLite::Exception&) {
                    // The table or its description is gone.
                }
            }
        } catch (const TableCopy::WriteError& fatal) {
            throw fatal.error;
        } catch (const SQLite::Exception&) {
            return; // the file is not a database any more
        }
        removeStrays(database);
    });
    into.read([](SQLite::Database& database) { database.exec("PRAGMA foreign_keys = ON"); });
    return copied;
}

} // namespace n2m::storage
