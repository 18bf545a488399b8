#include "engine/audio/SoundText.h"

#include "engine/base/Utf8.h"

namespace n2m::audio {

namespace {

// It begins with a line feed, which JSON has only between its values, never within a string.
constexpr std::string_view marker = "\nnoise2music recipe: ";

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

} // namespace

std::string asUtf8(std::string_view text) {
    if (base::isUtf8(text)) return std::string(text);
    std::string result;
    for (const char character : text) {
        const auto point = static_cast<unsigned char>(character);
        if (point < 0x80) {
            result.push_back(character);
        } else {
            result.push_back(static_cast<char>(0xc0 | point >> 6));
            result.push_back(static_cast<char>(0x80 | (point & 0x3f)));
        }
    }
    return result;
}

std::string cutUtf8(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return std::string(text);
    while (bytes > 0 && continues(text[bytes]))
        --bytes;
    return std::string(text.substr(0, bytes));
}

std::string joinRecipe(std::string_view comment, std::string_view recipe) {
    std::string text(comment);
    if (!recipe.empty()) text.append(marker).append(recipe);
    return text;
}

std::pair<std::string, std::string> splitRecipe(std::string_view text) {
    const std::size_t at = text.rfind(marker);
    if (at == std::string_view::npos) return {std::string(text), {}};
    return {std::string(text.substr(0, at)), std::string(text.substr(at + marker.size()))};
}

} // namespace n2m::audio
