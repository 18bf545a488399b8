#include "engine/audio/Id3Tag.h"

#include "engine/audio/SoundText.h"
#include "engine/base/Error.h"

#include <string_view>

namespace n2m::audio {

namespace {

/// A number of 28 bits, seven to a byte, so that no byte looks like the beginning of an MPEG frame.
std::string size(std::size_t bytes) {
    if (bytes >= std::size_t{1} << 28) throw base::InvalidInput("the texts are too long for an MP3 file");
    std::string text;
    for (int shift = 21; shift >= 0; shift -= 7)
        text.push_back(static_cast<char>(bytes >> shift & 0x7f));
    return text;
}

std::string frame(std::string_view name, std::string_view before, std::string_view text) {
    if (text.empty()) return {};
    std::string content(1, '\x03'); // UTF-8
    content.append(before).append(text);
    return std::string(name) + size(content.size()) + std::string(2, '\0') + content;
}

} // namespace

std::string id3Tag(const Metadata& metadata) {
    std::string frames = frame("TIT2", {}, metadata.title) + frame("TPE1", {}, metadata.artist) +
                         frame("TSSE", {}, metadata.software) + frame("TDRC", {}, metadata.date) +
                         // The language, and an empty name of the comment.
                         frame("COMM", std::string_view("eng\0", 4), joinRecipe(metadata.comment, metadata.recipe));
    if (frames.empty()) return {};
    return std::string("ID3\x04\x00\x00", 6) + size(frames.size()) + frames;
}

} // namespace n2m::audio
