#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace n2m::storage {

class Connection;

/// The settings of a library, as opposed to those of a machine or window: one value per name ("queue/paused"). Part of
/// a Library, and on its thread. All throw LibraryError. Reading a value that is missing or of another kind gives the
/// fallback. Floating-point values must be finite, or std::invalid_argument.
class SettingsStore {
public:
    explicit SettingsStore(Connection& connection);

    bool flag(std::string_view name, bool fallback = false) const;
    std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const;
    double number(std::string_view name, double fallback = 0.0) const; ///< reads integers too
    std::string text(std::string_view name, std::string_view fallback = {}) const;

    void setFlag(std::string_view name, bool value);
    void setInteger(std::string_view name, std::int64_t value);
    void setNumber(std::string_view name, double value);
    void setText(std::string_view name, std::string_view value);
    void remove(std::string_view name);

private:
    Connection& m_connection;
};

} // namespace n2m::storage
