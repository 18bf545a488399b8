#pragma once

#include "engine/base/Error.h"

#include <nlohmann/json.hpp>

#include <concepts>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::base {

/// Parses the JSON of a configuration. Refuses a name that is twice in an object (one of the two is a mistake) and a
/// depth that would exhaust the stack later. Throws base::Failure, one line without the file's name.
nlohmann::json parseJson(std::string_view text);

/// Reads the fields of one JSON object and, at the end, refuses the fields that nobody asked for: they are misspelt.
/// A field that is missing or null leaves the value as it is. Each function throws a base::Failure that names the
/// field with its path ("stages[0].network.base: ...") and what was expected. Refers to the object; one thread.
class ObjectReader {
public:
    ObjectReader(const nlohmann::json& object, std::string path);

    template <typename T>
    requires std::integral<T> || std::floating_point<T>
    void number(const char* name, T& value, double least, double most) {
        if (const nlohmann::json* field = findNumber(name, std::integral<T>, least, most)) value = field->get<T>();
    }
    void text(const char* name, std::string& value);
    void flag(const char* name, bool& value);
    void numbers(const char* name, std::vector<int>& values, int least, int most);
    void flags(const char* name, std::vector<bool>& values);

    /// One of `names`, whose order is that of the enumeration's values.
    template <typename Enum> void choice(const char* name, Enum& value, const std::vector<std::string>& names) {
        const int index = findChoice(name, names);
        if (index >= 0) value = static_cast<Enum>(index);
    }

    /// nullptr if it is missing.
    const nlohmann::json* find(const char* name);

    /// Throws if there are fields that were not read.
    void finish() const;

    /// The path of a field, for messages.
    std::string at(const std::string& name) const { return m_path.empty() ? name : m_path + "." + name; }
    [[noreturn]] void fail(const std::string& name, const Message& reason) const;

private:
    const nlohmann::json* findNumber(const char* name, bool whole, double least, double most);
    int findChoice(const char* name, const std::vector<std::string>& names); ///< −1 if the field is missing

    const nlohmann::json& m_object;
    std::string m_path;
    std::set<std::string> m_known;
};

} // namespace n2m::base
