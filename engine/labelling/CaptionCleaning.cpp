#include "engine/labelling/CaptionCleaning.h"

#include "engine/base/Utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace n2m::labelling {

namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

bool isLetter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

void eraseAll(std::string& text, std::string_view part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at))
        text.erase(at, part.size());
}

/// Blanks for control characters (also the C1 ones, U+0080 to U+009F) and no-break spaces; never two in a row.
std::string evenBlanks(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
        const bool twoBytes = c == 0xc2 && next >= 0x80 && next <= 0xa0;
        if (twoBytes) ++at;
        if (c > 0x20 && c != 0x7f && !twoBytes)
            result.push_back(static_cast<char>(c));
        else if (!result.empty() && result.back() != ' ')
            result.push_back(' ');
    }
    return std::string(trimmed(result));
}

/// Without bullets ("- ", "* ", "• "), numbering ("3. ", "3) ") and headings ("# ").
std::string_view withoutNumber(std::string_view text) {
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "– ", "# ", "## ", "### ", "> "}) {
            if (!text.starts_with(bullet)) continue;
            text = trimmed(text.substr(bullet.size()));
            more = true;
        }
        std::size_t digits = 0;
        while (digits < text.size() && digits < 4 && isDigit(text[digits]))
            ++digits;
        if (digits > 0 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') &&
            isBlank(text[digits + 1])) {
            text = trimmed(text.substr(digits + 1));
            more = true;
        }
    }
    return text;
}

/// Without one pair of quotation marks around all of it.
std::string_view withoutQuotes(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> pairs{
        {{"\"", "\""}, {"“", "”"}, {"'", "'"}, {"‘", "’"}}};
    for (const auto& [open, close] : pairs) {
        if (text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close))
            return trimmed(text.substr(open.size(), text.size() - open.size() - close.size()));
    }
    return text;
}

/// Without a name that models put in front: "Description: …".
std::string_view withoutPrefix(std::string_view text) {
    const std::string small = lower(text.substr(0, 20));
    for (const std::string_view prefix : {"description:", "caption:", "captions:", "label:", "labels:", "answer:"}) {
        if (small.starts_with(prefix)) return trimmed(text.substr(prefix.size()));
    }
    return text;
}

bool isExcuse(std::string_view text) {
    const std::string small = lower(text);
    const auto has = [&](const char* words) { return small.find(words) != std::string::npos; };
    return has("http://") || has("https://") || has("www.") || has("as an ai") || has("language model") ||
           has("i'm sorry") || has("i am sorry") || has("i cannot") || has("i can't") || has("i don't know") ||
           has("let me know") || has("as a music") || has("i hope this");
}

int wordsIn(std::string_view text) {
    int words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool letter = isLetter(c) || isDigit(c) || c == '\'';
        words += letter && !inside ? 1 : 0;
        inside = letter || (inside && c == '-');
    }
    return words;
}

/// The whole sentences of a text in at most `bytes`; empty if the first is longer. With `cut` the text breaks off.
std::string wholeSentences(const std::string& text, std::size_t bytes, bool cut) {
    if (text.size() <= bytes && !cut) return text;
    std::size_t end = 0;
    for (std::size_t at = 0; at < std::min(text.size(), bytes); ++at) {
        const bool stop = text[at] == '.' || text[at] == '!' || text[at] == '?';
        // "3.5" and "e.g." go on.
        if (stop && (at + 1 == text.size() || (text[at + 1] == ' ' && (at < 2 || text[at - 2] != '.')))) end = at + 1;
    }
    return text.substr(0, end);
}

std::string withoutThoughts(std::string text) {
    for (std::size_t begin = text.find("<think>"); begin != std::string::npos; begin = text.find("<think>")) {
        const std::size_t end = text.find("</think>", begin);
        text.erase(begin, end == std::string::npos ? std::string::npos : end + 8 - begin);
    }
    return text;
}

std::string cleaned(std::string_view line, CaptionKind kind, bool cut) {
    if (!base::isUtf8(line)) return {};
    std::string text = evenBlanks(line);
    for (const std::string_view markup : {"**", "__", "`"})
        eraseAll(text, markup);
    text = std::string(withoutQuotes(withoutPrefix(withoutNumber(withoutQuotes(trimmed(text))))));
    if (text.find_first_of("<>{}[]|\\") != std::string::npos || isExcuse(text)) return {};
    if (kind == CaptionKind::Long) {
        text = wholeSentences(text, longestSentences, cut);
        // A preamble or a heading, not a sentence about music.
        if (text.ends_with(':') || wordsIn(text) < 4) return {};
        return text;
    }
    while (!text.empty() && (text.back() == '.' || text.back() == ';' || text.back() == ','))
        text.pop_back();
    if (cut || text.size() > longestLabel || text.find(':') != std::string::npos) return {};
    const int words = wordsIn(text);
    const bool letters = std::any_of(text.begin(), text.end(), isLetter);
    return words >= 1 && words <= 9 && letters ? text : std::string();
}

bool names(std::string_view line, const std::vector<std::string>& all) {
    const auto padded = [](std::string_view text) { return fmt::format(" {} ", captionKey(text)); };
    const std::string key = padded(line);
    return std::any_of(all.begin(), all.end(), [&](const std::string& name) {
        const std::string part = padded(name);
        return part.size() > 2 && key.find(part) != std::string::npos;
    });
}

} // namespace

std::string cleanCaption(std::string_view line, CaptionKind kind) {
    return cleaned(line, kind, false);
}

std::vector<std::string> captionsIn(const ChatReply& reply, CaptionKind kind, const std::vector<std::string>& named) {
    const std::string text = withoutThoughts(reply.text);
    const std::string_view separators = kind == CaptionKind::Long ? "\r\n" : "\r\n,;";
    std::vector<std::string> captions;
    bool fenced = false;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        const std::string_view line = trimmed(std::string_view(text).substr(begin, end - begin));
        const bool last = end == text.size();
        begin = end + 1;
        if (line.starts_with("```")) {
            fenced = !fenced;
            continue;
        }
        std::string caption = fenced ? std::string() : cleaned(line, kind, reply.cut && last);
        if (!caption.empty() && !names(caption, named)) captions.push_back(std::move(caption));
    }
    return captions;
}

std::string captionKey(std::string_view caption) {
    std::string key;
    for (const char c : lower(caption)) {
        if (isLetter(c) || isDigit(c))
            key.push_back(c);
        else if (c != '\'' && !key.empty() && key.back() != ' ')
            key.push_back(' ');
    }
    if (key.ends_with(' ')) key.pop_back();
    return key;
}

} // namespace n2m::labelling
