#pragma once

#include "engine/audio/SoundFile.h"

#include <string>

namespace n2m::audio {

/// An ID3v2.4 tag (id3.org, 2000) for the beginning of an MP3, with the texts in UTF-8. libsndfile writes a tag too,
/// but marks it as Latin-1 (measured with 1.2.0), so that everything beyond ASCII comes out garbled. joinRecipe puts
/// the recipe behind the comment. Empty texts get no frame; if all are empty, the tag is empty too. Any thread.
std::string id3Tag(const Metadata& metadata);

} // namespace n2m::audio
