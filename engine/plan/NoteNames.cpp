#include "engine/plan/NoteNames.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace n2m::plan {

std::optional<NoteName> takeNote(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
    const std::size_t index = noteLetters.find(letter);
    if (index == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(1);
    NoteName note{majorScale[index], std::string(1, letter)};
    while (!rest.empty() && note.name.size() < 3 && (rest.front() == '#' || rest.front() == 'b')) {
        note.pitchClass += rest.front() == '#' ? 1 : -1;
        note.name += rest.front();
        rest.remove_prefix(1);
    }
    note.pitchClass = (note.pitchClass + 12) % 12;
    return note;
}

std::string quoted(std::string_view text) {
    std::string shown;
    for (const char c : text.substr(0, 24))
        shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (text.size() > 24) {
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80))
            shown.pop_back();
        shown += "...";
    }
    return '"' + shown + '"';
}

std::string withAsciiAccidentals(std::string_view text) {
    std::string result(text);
    for (const auto& [sign, ascii] : {std::pair{"♯", "#"}, {"♭", "b"}}) {
        for (std::size_t at; (at = result.find(sign)) != std::string::npos;)
            result.replace(at, std::string(sign).size(), ascii);
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

} // namespace n2m::plan
