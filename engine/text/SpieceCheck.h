#pragma once

#include <string_view>

namespace n2m::text {

/// Checks that the bytes of a `spiece.model` can be given to SentencePiece. That library checks the protobuf message
/// itself, but not the table of its normalizer (`precompiled_charsmap`, a double-array trie of Darts-clone followed by
/// the texts that it points to): a damaged table makes it read anywhere in memory. Throws base::Failure, whose line
/// does not have the file's name.
void checkSpiece(std::string_view model);

} // namespace n2m::text
