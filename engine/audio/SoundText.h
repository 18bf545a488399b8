#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace n2m::audio {

/// The texts of a sound file.

/// The text itself if it is UTF-8, else as if it were Latin-1, which is what older programs write.
std::string asUtf8(std::string_view text);

/// At most `bytes` of a UTF-8 text, without half a character at the end.
std::string cutUtf8(std::string_view text, std::size_t bytes);

/// A comment and a recipe as one text, for formats with a comment and no room for anything else; and back. The recipe
/// must be JSON, in which the marker between the two cannot occur.
std::string joinRecipe(std::string_view comment, std::string_view recipe);
std::pair<std::string, std::string> splitRecipe(std::string_view text);

} // namespace n2m::audio
