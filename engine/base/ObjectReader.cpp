#include "engine/base/ObjectReader.h"

#include "engine/base/AtomicFile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace n2m::base {

using nlohmann::json;

json parseJson(std::string_view text) {
    constexpr int mostDepth = 64;
    std::vector<std::set<std::string>> names; // of the objects that are open
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        if (depth > mostDepth) throw Failure("is nested too deeply");
        if (event == json::parse_event_t::object_start) names.emplace_back();
        if (event == json::parse_event_t::object_end) names.pop_back();
        if (event == json::parse_event_t::key) {
            const auto& name = parsed.get_ref<const std::string&>();
            if (!names.back().insert(name).second) throw Failure("the field \"{}\" is there twice", printable(name));
        }
        return true;
    };
    try {
        return json::parse(text, watch);
    } catch (const json::parse_error& error) {
        throw Failure("is not valid JSON (byte {})", error.byte);
    } catch (const json::exception&) {
        throw Failure("is not valid JSON"); // a number beyond any range
    }
}

ObjectReader::ObjectReader(const json& object, std::string path)
    : m_object(object)
    , m_path(std::move(path)) {
    if (object.is_object()) return;
    const Message reason("an object was expected");
    throw Failure(m_path.empty() ? reason : Message("{}: {}", m_path, reason));
}

void ObjectReader::text(const char* name, std::string& value) {
    if (const json* field = find(name)) {
        if (!field->is_string()) fail(name, Message("a text was expected"));
        value = field->get<std::string>();
    }
}

void ObjectReader::flag(const char* name, bool& value) {
    if (const json* field = find(name)) {
        if (!field->is_boolean()) fail(name, Message("true or false was expected"));
        value = field->get<bool>();
    }
}

void ObjectReader::numbers(const char* name, std::vector<int>& values, int least, int most) {
    const json* field = find(name);
    if (!field) return;
    if (!field->is_array()) fail(name, Message("a list was expected"));
    values.clear();
    for (const json& item : *field) {
        if (!item.is_number_integer() || item.get<double>() < least || item.get<double>() > most) {
            fail(name, Message("whole numbers from {} to {} were expected", least, most));
        }
        values.push_back(item.get<int>());
    }
}

void ObjectReader::flags(const char* name, std::vector<bool>& values) {
    const json* field = find(name);
    if (!field) return;
    if (!field->is_array()) fail(name, Message("a list was expected"));
    values.clear();
    for (const json& item : *field) {
        if (!item.is_boolean()) fail(name, Message("a list of true and false was expected"));
        values.push_back(item.get<bool>());
    }
}

const json* ObjectReader::find(const char* name) {
    m_known.insert(name);
    const auto field = m_object.find(name);
    return field == m_object.end() || field->is_null() ? nullptr : &*field;
}

void ObjectReader::finish() const {
    for (const auto& item : m_object.items()) {
        if (!m_known.contains(item.key())) fail(printable(item.key()), Message("there is no such field"));
    }
}

void ObjectReader::fail(const std::string& name, const Message& reason) const {
    throw Failure("{}: {}", at(name), reason);
}

const json* ObjectReader::findNumber(const char* name, bool whole, double least, double most) {
    const json* field = find(name);
    if (!field) return nullptr;
    if (whole ? !field->is_number_integer() : !field->is_number()) {
        fail(name, whole ? Message("a whole number was expected") : Message("a number was expected"));
    }
    const double value = field->get<double>();
    if (!(value >= least && value <= most)) fail(name, Message("{} is outside {} to {}", value, least, most));
    return field;
}

int ObjectReader::findChoice(const char* name, const std::vector<std::string>& names) {
    const json* field = find(name);
    if (!field) return -1;
    const auto found =
        field->is_string() ? std::find(names.begin(), names.end(), field->get<std::string>()) : names.end();
    if (found == names.end()) fail(name, Message("one of {} was expected", fmt::format("{}", fmt::join(names, ", "))));
    return static_cast<int>(found - names.begin());
}

} // namespace n2m::base
