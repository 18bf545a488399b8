#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace n2m::audio {

// Helpers for the texts of a sound file. Any thread.

/// The text itself if it is UTF-8; else it is read as Latin-1, which older programs write.
std::string asUtf8(std::string_view text);

/// The first `bytes` bytes of a UTF-8 text or fewer, without half a character at the end.
std::string cutUtf8(std::string_view text, std::size_t bytes);

/// A comment and a recipe as one text, for formats whose only field for both is the comment; and back. The recipe must
/// be JSON, in which the marker between the two cannot occur.
std::string joinRecipe(std::string_view comment, std::string_view recipe);
std::pair<std::string, std::string> splitRecipe(std::string_view text);

} // namespace n2m::audio
