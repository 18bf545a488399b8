#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>

namespace n2m::test {

/// Makes a library refuse some writes while it exists, as on a full disk; `which` is "UPDATE ON takes", for example.
class RefusedWrites {
public:
    RefusedWrites(const std::filesystem::path& library, const std::string& which)
        : m_database((library / "library.db").string(), SQLite::OPEN_READWRITE, 10000) {
        m_database.exec("CREATE TRIGGER refused BEFORE " + which + " BEGIN SELECT raise(ABORT, 'refused'); END");
    }
    ~RefusedWrites() { m_database.exec("DROP TRIGGER refused"); }

private:
    SQLite::Database m_database;
};

} // namespace n2m::test
