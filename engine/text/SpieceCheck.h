#pragma once

#include <string_view>

namespace n2m::text {

/// Whether the bytes of a `spiece.model` can be given to SentencePiece. It holds the message (protobuf) together by
/// itself, but walks the table of its normalizer (`precompiled_charsmap`, a double-array trie as of Darts-clone,
/// followed by the texts that it points to) without looking where that leads: a damaged one makes it read anywhere.
/// Throws std::runtime_error, one line without the file's name.
void checkSpiece(std::string_view model);

} // namespace n2m::text
