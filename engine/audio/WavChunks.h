#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace n2m::audio {

// Chunks of a RIFF WAVE file that libsndfile does not handle: it writes a damaged file, without an error, where its
// header would pass some 64 kB (measured with 1.2.0), and the recipe may be longer. Any thread.

/// Appends a chunk with a name of four characters to a whole WAV file in memory. Throws base::InvalidInput for anything
/// else, or where the file would pass RIFF's 4 GiB.
void appendWavChunk(std::string& wav, std::string_view name, std::string_view data);

/// The data of the first chunk of that name; nothing if the stream is not a WAV, has no such chunk, or its chunk claims
/// more than `mostBytes` or more than there is.
std::optional<std::string> findWavChunk(std::istream& wav, std::string_view name, std::size_t mostBytes);

} // namespace n2m::audio
