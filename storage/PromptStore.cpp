#include "storage/PromptStore.h"

#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/TakeRows.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>
#include <sqlite3.h>

namespace n2m::storage {

namespace {

const std::string selectSaved = "SELECT id, name, prompt, negative_prompt, settings, saved FROM saved_prompts ";

SavedPrompt savedFrom(SQLite::Statement& row) {
    return {row.getColumn(0).getInt64(),  row.getColumn(1).getString(), row.getColumn(2).getString(),
            row.getColumn(3).getString(), row.getColumn(4).getString(), row.getColumn(5).getInt64()};
}

std::optional<SavedPrompt> findIn(const Connection& connection, const std::string& name, bool preset) {
    return connection.read([&](SQLite::Database& database) -> std::optional<SavedPrompt> {
        SQLite::Statement row(database, selectSaved + "WHERE name = ? AND preset = ?");
        SQLite::bind(row, name, preset ? 1 : 0);
        if (!row.executeStep()) return {};
        return savedFrom(row);
    });
}

void deleteRow(Connection& connection, const char* table, std::int64_t id) {
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, fmt::format("DELETE FROM {} WHERE id = ?", table));
        row.bind(1, id);
        row.exec();
    });
}

} // namespace

PromptStore::PromptStore(Connection& connection)
    : m_connection(connection) {}

void PromptStore::remember(const std::string& prompt, const std::string& negativePrompt) {
    m_connection.write([&](SQLite::Database& database) {
        // Later than the last one even within one millisecond: only the order matters.
        SQLite::Statement row(
            database, "INSERT INTO used_prompts(prompt, negative_prompt, used, uses) VALUES "
                      "(?, ?, max(?, (SELECT coalesce(max(used), 0) + 1 FROM used_prompts)), 1) "
                      "ON CONFLICT(prompt, negative_prompt) DO UPDATE SET used = excluded.used, uses = uses + 1");
        SQLite::bind(row, prompt, negativePrompt, now());
        row.exec();
        SQLite::Statement old(database, "DELETE FROM used_prompts WHERE id IN "
                                        "(SELECT id FROM used_prompts ORDER BY used DESC LIMIT -1 OFFSET ?)");
        old.bind(1, historyLength);
        old.exec();
    });
}

std::vector<UsedPrompt> PromptStore::history(int most, const std::string& search) const {
    return m_connection.read([&](SQLite::Database& database) {
        std::vector<UsedPrompt> prompts;
        SQLite::Statement rows(database,
                               "SELECT id, prompt, negative_prompt, used, uses FROM used_prompts "
                               "WHERE instr(lower(prompt || ' ' || negative_prompt), lower(?)) > 0 OR ?1 = '' "
                               "ORDER BY used DESC LIMIT ?");
        SQLite::bind(rows, search, most);
        while (rows.executeStep())
            prompts.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString(),
                               rows.getColumn(2).getString(), rows.getColumn(3).getInt64(),
                               rows.getColumn(4).getInt()});
        return prompts;
    });
}

void PromptStore::forget(std::int64_t id) {
    deleteRow(m_connection, "used_prompts", id);
}

void PromptStore::clearHistory() {
    m_connection.write([](SQLite::Database& database) { database.exec("DELETE FROM used_prompts"); });
}

std::vector<SavedPrompt> PromptStore::saved() const {
    return m_connection.read([](SQLite::Database& database) {
        std::vector<SavedPrompt> prompts;
        SQLite::Statement rows(database, selectSaved + "ORDER BY name");
        while (rows.executeStep())
            prompts.push_back(savedFrom(rows));
        return prompts;
    });
}

std::optional<SavedPrompt> PromptStore::find(const std::string& name) const {
    return findIn(m_connection, name, false);
}

std::optional<SavedPrompt> PromptStore::findPreset(const std::string& name) const {
    return findIn(m_connection, name, true);
}

std::int64_t PromptStore::save(const SavedPrompt& prompt) {
    const std::string name = checkedName(prompt.name, NameKind::SavedPrompt);
    return m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database,
                              "INSERT INTO saved_prompts(name, prompt, negative_prompt, settings, saved) "
                              "VALUES (?, ?, ?, ?, ?) ON CONFLICT(preset, name) DO UPDATE SET name = excluded.name, "
                              "prompt = excluded.prompt, negative_prompt = excluded.negative_prompt, "
                              "settings = excluded.settings, saved = excluded.saved RETURNING id");
        SQLite::bind(row, name, prompt.prompt, prompt.negativePrompt, prompt.settings, now());
        row.executeStep();
        const std::int64_t id = row.getColumn(0).getInt64();
        row.reset(); // or the transaction could not end
        return id;
    });
}

void PromptStore::rename(std::int64_t id, const std::string& newName) {
    const std::string name = checkedName(newName, NameKind::SavedPrompt);
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE saved_prompts SET name = ? WHERE id = ?");
        SQLite::bind(row, name, id);
        try {
            row.exec();
        } catch (const SQLite::Exception& error) {
            if (error.getExtendedErrorCode() != SQLITE_CONSTRAINT_UNIQUE) throw;
            throw base::InvalidInput("there is one named '{}' already", name);
        }
    });
}

void PromptStore::remove(std::int64_t id) {
    deleteRow(m_connection, "saved_prompts", id);
}

} // namespace n2m::storage
