#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <new>

namespace n2m::base {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 16; // messages within messages; bounds what a damaged text can make us do

struct Renderer {
    const Message::Translator& translate;
    char decimalPoint;

    std::string field(const std::string& spec, const Message::Argument& argument) const {
        const std::string format = "{" + spec + "}";
        return std::visit(
            [&](const auto& value) -> std::string {
                using Value = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<Value, std::shared_ptr<const Message>>) {
                    return fmt::format(fmt::runtime(format), value->text(translate, decimalPoint));
                } else if constexpr (std::is_same_v<Value, double>) {
                    std::string text = fmt::format(fmt::runtime(format), value);
                    std::replace(text.begin(), text.end(), '.', decimalPoint);
                    return text;
                } else if constexpr (std::is_integral_v<Value>) {
                    // "{:g}" is for every number; fmt refuses it for whole ones.
                    const bool real =
                        !spec.empty() && std::string_view("efgEFG").find(spec.back()) != std::string::npos;
                    return real ? field(spec, static_cast<double>(value)) : fmt::format(fmt::runtime(format), value);
                } else {
                    return fmt::format(fmt::runtime(format), value);
                }
            },
            argument);
    }

    // Walks over the format: "{{" and "}}" are braces, "{2:g}" is the third argument.
    std::string line(const std::string& format, const std::vector<Message::Argument>& arguments) const {
        std::string result;
        std::size_t next = 0;
        for (std::size_t at = 0; at < format.size(); ++at) {
            const char c = format[at];
            if (c != '{' && c != '}') {
                result += c;
                continue;
            }
            if (at + 1 < format.size() && format[at + 1] == c) {
                result += c;
                ++at;
                continue;
            }
            const std::size_t end = format.find('}', at);
            if (c == '}' || end == std::string::npos) throw fmt::format_error("unmatched brace");
            const std::string inside = format.substr(at + 1, end - at - 1);
            const std::size_t colon = std::min(inside.find(':'), inside.size());
            std::size_t index = next;
            if (colon == 0) {
                ++next;
            } else if (std::from_chars(inside.data(), inside.data() + colon, index).ptr != inside.data() + colon) {
                throw fmt::format_error("an argument has a number, not a name");
            }
            if (index >= arguments.size()) throw fmt::format_error("argument not found");
            result += field(inside.substr(colon), arguments[index]);
            at = end;
        }
        return result;
    }
};

Json toJson(const Message& message) {
    Json arguments = Json::array();
    for (const Message::Argument& argument : message.arguments()) {
        std::visit(
            [&](const auto& value) {
                if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::shared_ptr<const Message>>) {
                    arguments.push_back(toJson(*value));
                } else {
                    arguments.push_back(value);
                }
            },
            argument);
    }
    return {{"format", message.format()}, {"arguments", std::move(arguments)}};
}

} // namespace

// Builds messages from JSON, which the public constructor cannot: it wants a literal.
struct MessageReader {
    /// The text is the format, so that a translator may know it as a whole.
    static Message literal(std::string_view text) {
        Message message;
        for (const char c : text) {
            message.m_format += c;
            if (c == '{' || c == '}') message.m_format += c; // a brace of the text, not a field
        }
        return message;
    }

    static Message read(const Json& json, int depth) {
        if (depth > deepest || !json.is_object() || !json.contains("format") || !json.contains("arguments"))
            throw std::invalid_argument("not a message");
        Message message;
        message.m_format = json.at("format").get<std::string>();
        for (const Json& value : json.at("arguments")) {
            if (value.is_string()) {
                message.m_arguments.emplace_back(value.get<std::string>());
            } else if (value.is_number_unsigned()) {
                message.m_arguments.emplace_back(value.get<std::uint64_t>());
            } else if (value.is_number_integer()) {
                message.m_arguments.emplace_back(value.get<std::int64_t>());
            } else if (value.is_number()) {
                message.m_arguments.emplace_back(value.get<double>());
            } else {
                message.m_arguments.emplace_back(std::make_shared<const Message>(read(value, depth + 1)));
            }
        }
        return message;
    }
};

Message Message::verbatim(std::string text) {
    return MessageReader::literal(text);
}

bool Message::operator==(const Message& other) const {
    return serialised() == other.serialised();
}

std::string Message::text() const {
    return text({});
}

std::string Message::text(const Translator& translate, char decimalPoint) const {
    const Renderer renderer{translate, decimalPoint};
    if (translate) {
        try {
            return renderer.line(translate(m_format), m_arguments);
        } catch (
            const fmt::format_error&) { // a translation that does not fit its format: English is better than nothing
        }
    }
    try {
        return renderer.line(m_format, m_arguments);
    } catch (const fmt::format_error&) {
        return m_format;
    }
}

std::string Message::serialised() const {
    return toJson(*this).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Message Message::parse(std::string_view text) {
    if (text.starts_with("{\"")) {
        try {
            return MessageReader::read(Json::parse(text), 0);
        } catch (const std::exception&) { // a line that only looks like one of ours
        }
    }
    return verbatim(std::string(text));
}

Message messageOf(const std::exception& error) {
    if (const auto* explained = dynamic_cast<const Explained*>(&error)) return explained->message();
    if (dynamic_cast<const std::bad_alloc*>(&error)) return Message("there is not enough memory");
    return Message::verbatim(error.what());
}

Message within(std::string_view place, const std::exception& error) {
    return Message("{}: {}", place, messageOf(error));
}

} // namespace n2m::base
