#pragma once

#include "engine/labelling/ChatServer.h"

#include <string>
#include <string_view>
#include <vector>

namespace n2m::labelling {

/// The two kinds of captions: sentences about a piece, and labels of a few words.
enum class CaptionKind { Long, Short };

/// Limits of a caption in characters of UTF-8 (bytes).
inline constexpr std::size_t longestSentences = 400, longestLabel = 80;

/// One line of text as a caption: without control characters, markup, numbering, quotation marks around it, doubled
/// blanks; of a long one only whole sentences. Empty if nothing fit is left: too short or too long, an address of the
/// web, a language model's excuse, mere punctuation, not UTF-8. Any thread, as all below.
std::string cleanCaption(std::string_view line, CaptionKind kind);

/// The captions in a language model's reply, in their order, cleaned; they may repeat each other. Preambles ("Here is
/// …:"), code fences and thoughts (<think>…</think>) are left out, and the end of a reply that was cut. Labels are
/// split at commas, too. Lines that name one of `names` (a song, its artist) are left out: they are not about music.
std::vector<std::string> captionsIn(const ChatReply& reply, CaptionKind kind, const std::vector<std::string>& names);

/// A caption's letters and digits in lower case, for comparison: captions with the same key are the same.
std::string captionKey(std::string_view caption);

} // namespace n2m::labelling
