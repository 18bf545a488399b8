#include "storage/MarkStore.h"

#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/TakeRows.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>
#include <sqlite3.h>

#include <map>

namespace n2m::storage {

namespace {

using Ids = std::vector<std::int64_t>;

template <class Value>
void setAll(Connection& connection, const std::string& column, const Ids& ids, const Value& value) {
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE takes SET " + column + " = ? WHERE id = ?");
        for (const std::int64_t id : ids) {
            SQLite::bind(row, value, id);
            row.exec();
            row.reset();
        }
    });
}

/// The ids that have a take.
Ids existing(SQLite::Database& database, const Ids& ids) {
    Ids result;
    SQLite::Statement row(database, "SELECT 1 FROM takes WHERE id = ?");
    for (const std::int64_t id : ids) {
        row.bind(1, id);
        if (row.executeStep()) result.push_back(id);
        row.reset();
    }
    return result;
}

void replaceTags(SQLite::Database& database, std::int64_t take, const std::vector<std::string>& checked) {
    SQLite::Statement clear(database, "DELETE FROM take_tags WHERE take = ?");
    clear.bind(1, take);
    clear.exec();
    insertTags(database, take, checked);
}

bool isTaken(const SQLite::Exception& error) {
    return error.getExtendedErrorCode() == SQLITE_CONSTRAINT_UNIQUE;
}

std::vector<Board> readBoards(SQLite::Statement& rows) {
    std::vector<Board> boards;
    while (rows.executeStep())
        boards.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString(), rows.getColumn(2).getInt()});
    return boards;
}

const std::string putOnBoard = "INSERT OR IGNORE INTO board_takes(board, take) SELECT boards.id, takes.id FROM boards, "
                               "takes WHERE boards.id = ? AND takes.id = ?";

const std::string selectBoards = "SELECT id, name, (SELECT count(*) FROM board_takes JOIN takes ON takes.id = take "
                                 "WHERE board = boards.id AND trashed IS NULL) FROM boards ";

} // namespace

MarkStore::MarkStore(Connection& connection)
    : m_connection(connection) {}

void MarkStore::setStarred(const Ids& ids, bool starred) {
    setAll(m_connection, "starred", ids, starred ? 1 : 0);
}

void MarkStore::setRating(const Ids& ids, int rating) {
    if (rating < 0 || rating > 5) throw base::InvalidInput("a rating is a number from 0 to 5");
    setAll(m_connection, "rating", ids, rating);
}

void MarkStore::setTitle(const Ids& ids, const std::string& title) {
    setAll(m_connection, "title", ids, title);
}

void MarkStore::setNotes(const Ids& ids, const std::string& notes) {
    setAll(m_connection, "notes", ids, notes);
}

void MarkStore::setTags(const Ids& ids, const std::vector<std::string>& tags) {
    const auto checked = checkedTags(tags);
    m_connection.write([&](SQLite::Database& database) {
        for (const std::int64_t id : existing(database, ids))
            replaceTags(database, id, checked);
        removeUnusedTags(database);
    });
}

void MarkStore::changeTags(const Ids& ids, const std::vector<std::string>& added,
                           const std::vector<std::string>& removed) {
    const auto more = checkedTags(added), fewer = checkedTags(removed);
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database,
                              "DELETE FROM take_tags WHERE take = ? AND tag = (SELECT id FROM tags WHERE name = ?)");
        for (const std::int64_t id : existing(database, ids)) {
            insertTags(database, id, more);
            for (const std::string& tag : fewer) {
                SQLite::bind(row, id, tag);
                row.exec();
                row.reset();
            }
        }
        removeUnusedTags(database);
    });
}

std::vector<TagCount> MarkStore::tags() const {
    return m_connection.read([](SQLite::Database& database) {
        std::vector<TagCount> tags;
        SQLite::Statement rows(database, "SELECT name, (SELECT count(*) FROM take_tags JOIN takes ON takes.id = take "
                                         "WHERE tag = tags.id AND trashed IS NULL) FROM tags ORDER BY name");
        while (rows.executeStep())
            tags.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getInt()});
        return tags;
    });
}

std::vector<TagCount> MarkStore::tagsOf(const Ids& takes) const {
    return m_connection.read([&](SQLite::Database& database) {
        std::map<std::string, int> counts;
        SQLite::Statement rows(database, "SELECT name FROM take_tags JOIN tags ON tags.id = tag WHERE take = ?");
        for (const std::int64_t take : takes) {
            rows.bind(1, take);
            while (rows.executeStep())
                ++counts[rows.getColumn(0).getString()];
            rows.reset();
        }
        std::vector<TagCount> tags;
        for (const auto& [name, count] : counts)
            tags.push_back({name, count});
        return tags;
    });
}

std::int64_t MarkStore::createBoard(const std::string& name) {
    const std::string checked = checkedName(name, NameKind::Board);
    return m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "INSERT INTO boards(name) VALUES (?)");
        row.bind(1, checked);
        try {
            row.exec();
        } catch (const SQLite::Exception& error) {
            if (!isTaken(error)) throw;
            throw base::InvalidInput("there is a board '{}' already", checked);
        }
        return database.getLastInsertRowid();
    });
}

void MarkStore::renameBoard(std::int64_t board, const std::string& name) {
    const std::string checked = checkedName(name, NameKind::Board);
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE boards SET name = ? WHERE id = ?");
        SQLite::bind(row, checked, board);
        try {
            row.exec();
        } catch (const SQLite::Exception& error) {
            if (!isTaken(error)) throw;
            throw base::InvalidInput("there is a board '{}' already", checked);
        }
    });
}

void MarkStore::removeBoard(std::int64_t board) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "DELETE FROM boards WHERE id = ?");
        row.bind(1, board);
        row.exec();
    });
}

void MarkStore::addToBoard(std::int64_t board, const Ids& ids) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, putOnBoard);
        for (const std::int64_t id : ids) {
            SQLite::bind(row, board, id);
            row.exec();
            row.reset();
        }
    });
}

void MarkStore::removeFromBoard(std::int64_t board, const Ids& ids) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "DELETE FROM board_takes WHERE board = ? AND take = ?");
        for (const std::int64_t id : ids) {
            SQLite::bind(row, board, id);
            row.exec();
            row.reset();
        }
    });
}

std::vector<Board> MarkStore::boards() const {
    return m_connection.read([](SQLite::Database& database) {
        SQLite::Statement rows(database, selectBoards + "ORDER BY name");
        return readBoards(rows);
    });
}

std::vector<Board> MarkStore::boardsOf(std::int64_t take) const {
    return m_connection.read([&](SQLite::Database& database) {
        SQLite::Statement rows(
            database, selectBoards + "WHERE id IN (SELECT board FROM board_takes WHERE take = ?) ORDER BY name");
        rows.bind(1, take);
        return readBoards(rows);
    });
}

std::vector<Marks> MarkStore::marksOf(const Ids& takes) const {
    return m_connection.read([&](SQLite::Database& database) {
        std::vector<Take> rows = readTakes(database, takes);
        SQLite::Statement boards(database, "SELECT board FROM board_takes WHERE take = ? ORDER BY board");
        std::vector<Marks> result;
        for (Take& take : rows) {
            Marks marks{
                take.id, take.starred, take.rating, std::move(take.title), std::move(take.notes), std::move(take.tags),
                {}};
            boards.bind(1, take.id);
            while (boards.executeStep())
                marks.boards.push_back(boards.getColumn(0).getInt64());
            boards.reset();
            result.push_back(std::move(marks));
        }
        return result;
    });
}

void MarkStore::setMarks(const std::vector<Marks>& marks) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE takes SET starred = ?, rating = ?, title = ?, notes = ? WHERE id = ?");
        SQLite::Statement offBoards(database, "DELETE FROM board_takes WHERE take = ?");
        SQLite::Statement onBoard(database, putOnBoard);
        for (const Marks& one : marks) {
            SQLite::bind(row, one.starred ? 1 : 0, one.rating, one.title, one.notes, one.take);
            const bool isThere = row.exec() > 0;
            row.reset();
            if (!isThere) continue;
            replaceTags(database, one.take, one.tags);
            offBoards.bind(1, one.take);
            offBoards.exec();
            offBoards.reset();
            for (const std::int64_t board : one.boards) {
                SQLite::bind(onBoard, board, one.take);
                onBoard.exec();
                onBoard.reset();
            }
        }
        removeUnusedTags(database);
    });
}

} // namespace n2m::storage
