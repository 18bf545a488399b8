#include "storage/SettingsStore.h"

#include "engine/base/Error.h"
#include "storage/Connection.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>

#include <cmath>
#include <optional>

namespace n2m::storage {

namespace {

/// Reads the value of that name with `take`, if it is there and of one of the SQL types `kinds`.
template <class Value, class Take>
Value valueOf(const Connection& connection, std::string_view name, const char* kinds, Value fallback,
              const Take& take) {
    return connection.read([&](SQLite::Database& database) -> Value {
        SQLite::Statement row(database,
                              std::string("SELECT value FROM settings WHERE name = ? AND typeof(value) IN ") + kinds);
        row.bind(1, std::string(name));
        return row.executeStep() ? take(row.getColumn(0)) : fallback;
    });
}

template <class Value> void setValue(Connection& connection, std::string_view name, const Value& value) {
    connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "INSERT INTO settings(name, value) VALUES (?, ?) "
                                        "ON CONFLICT(name) DO UPDATE SET value = excluded.value");
        SQLite::bind(row, std::string(name), value);
        row.exec();
    });
}

} // namespace

SettingsStore::SettingsStore(Connection& connection)
    : m_connection(connection) {}

bool SettingsStore::flag(std::string_view name, bool fallback) const {
    return valueOf(m_connection, name, "('integer')", fallback,
                   [](const SQLite::Column& value) { return value.getInt64() != 0; });
}

std::int64_t SettingsStore::integer(std::string_view name, std::int64_t fallback) const {
    return valueOf(m_connection, name, "('integer')", fallback,
                   [](const SQLite::Column& value) { return value.getInt64(); });
}

double SettingsStore::number(std::string_view name, double fallback) const {
    return valueOf(m_connection, name, "('integer', 'real')", fallback,
                   [](const SQLite::Column& value) { return value.getDouble(); });
}

std::string SettingsStore::text(std::string_view name, std::string_view fallback) const {
    return valueOf(m_connection, name, "('text')", std::string(fallback),
                   [](const SQLite::Column& value) { return value.getString(); });
}

void SettingsStore::setFlag(std::string_view name, bool value) {
    setValue(m_connection, name, value ? 1 : 0);
}

void SettingsStore::setInteger(std::string_view name, std::int64_t value) {
    setValue(m_connection, name, value);
}

void SettingsStore::setNumber(std::string_view name, double value) {
    if (!std::isfinite(value)) throw base::InvalidInput("a setting must be a finite number");
    setValue(m_connection, name, value);
}

void SettingsStore::setText(std::string_view name, std::string_view value) {
    setValue(m_connection, name, std::string(value));
}

void SettingsStore::remove(std::string_view name) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "DELETE FROM settings WHERE name = ?");
        row.bind(1, std::string(name));
        row.exec();
    });
}

} // namespace n2m::storage
