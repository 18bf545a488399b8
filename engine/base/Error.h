#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace n2m::base {

/// A format that is checked at compile time: it has as many replacement fields as there are arguments.
template <typename... Args> class MessageFormat {
public:
    consteval MessageFormat(const char* text) // NOLINT(google-explicit-constructor): a literal is a format
        : m_text(text) {
        std::size_t fields = 0;
        for (const char* at = text; *at != '\0'; ++at) {
            if (*at != '{') continue;
            if (at[1] == '{') {
                ++at;
            } else {
                ++fields;
            }
        }
        if (fields != sizeof...(Args)) throw "the format has another number of replacement fields than arguments";
    }

    const char* text() const { return m_text; }

private:
    const char* m_text;
};

/// A line for people: an English format in fmt's notation and its arguments. The command line shows it in English; the
/// window looks up a translation of the format. A value; any thread.
class Message {
public:
    using Argument = std::variant<std::int64_t, std::uint64_t, double, std::string, std::shared_ptr<const Message>>;
    /// Gives the translation of a format, with fields in any order ("{1} … {0}"), or the format itself.
    using Translator = std::function<std::string(const std::string& format)>;

    Message() = default;

    /// Arguments are numbers, strings, or messages, which are translated too. fmt::format applies to "{:.1f}" and so
    /// on.
    template <typename... Args>
    explicit Message(MessageFormat<std::type_identity_t<Args>...> format, const Args&... arguments)
        : m_format(format.text())
        , m_arguments{toArgument(arguments)...} {}

    /// A line as it is: another library's words, for example. A translation is looked up by the whole line.
    static Message verbatim(std::string text);

    const std::string& format() const { return m_format; }
    const std::vector<Argument>& arguments() const { return m_arguments; }
    bool empty() const { return m_format.empty(); }
    bool operator==(const Message& other) const;

    std::string text() const; ///< in English
    /// In another language, with `decimalPoint` in its numbers.
    std::string text(const Translator& translate, char decimalPoint = '.') const;

    /// JSON text that keeps format and arguments, for a database; parse() takes other text as verbatim().
    std::string serialised() const;
    static Message parse(std::string_view text);

private:
    friend struct MessageReader;

    template <typename T> static Argument toArgument(const T& value) {
        if constexpr (std::is_same_v<T, Message>) {
            return std::make_shared<const Message>(value);
        } else if constexpr (std::is_floating_point_v<T>) {
            return static_cast<double>(value);
        } else if constexpr (std::is_unsigned_v<T>) {
            return static_cast<std::uint64_t>(value);
        } else if constexpr (std::is_integral_v<T>) {
            return static_cast<std::int64_t>(value);
        } else {
            return std::string(value);
        }
    }

    std::string m_format;
    std::vector<Argument> m_arguments;
};

/// The base class of our exceptions that adds the line of what() as a Message.
class Explained {
public:
    virtual ~Explained() = default;
    const Message& message() const { return m_message; }

protected:
    explicit Explained(Message message)
        : m_message(std::move(message)) {}

private:
    Message m_message;
};

/// Input is wrong and the caller can mend it: a request, an option, a file of the user's.
class InvalidInput : public std::invalid_argument, public Explained {
public:
    explicit InvalidInput(Message message)
        : std::invalid_argument(message.text())
        , Explained(std::move(message)) {}
    template <typename... Args>
    explicit InvalidInput(MessageFormat<std::type_identity_t<Args>...> format, const Args&... arguments)
        : InvalidInput(Message(format, arguments...)) {}
};

/// Something failed for a reason outside the caller: a damaged file, a full disk, no memory.
class Failure : public std::runtime_error, public Explained {
public:
    explicit Failure(Message message)
        : std::runtime_error(message.text())
        , Explained(std::move(message)) {}
    template <typename... Args>
    explicit Failure(MessageFormat<std::type_identity_t<Args>...> format, const Args&... arguments)
        : Failure(Message(format, arguments...)) {}
};

/// The line of any exception: its Message, or what() verbatim; "there is not enough memory" for std::bad_alloc.
Message messageOf(const std::exception& error);

/// "PLACE: the error's line", where PLACE is a file, or a file and a field.
Message within(std::string_view place, const std::exception& error);

} // namespace n2m::base
