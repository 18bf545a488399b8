#pragma once

#include "engine/audio/SoundFile.h"

#include <string>

namespace n2m::audio {

/// An ID3v2.4 tag (id3.org, 2000) for the beginning of an MP3, with the texts in UTF-8. libsndfile writes a tag too,
/// but says that it is Latin-1 (measured with 1.2.0), so that everything beyond ASCII comes out garbled. The recipe
/// goes behind the comment, as joinRecipe has it. Empty texts leave no frame; without any, there is no tag.
std::string id3Tag(const Metadata& metadata);

} // namespace n2m::audio
