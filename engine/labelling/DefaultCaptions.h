#pragma once

#include "engine/labelling/CaptionCleaning.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A caption and the facts that it states, by attribute: {"genre": "jazz", "tempo": "slow"}; the attributes are those
/// of corpus::labels().
struct FactualCaption {
    std::string text;
    std::map<std::string, std::string> facts;
};

/// Captions in the words of the training corpus, about sketches of pieces that are in none of its data sets. Those that
/// state a key or a number of beats per minute are left out: the embedding cannot hear them, so they would be wrong.
/// The first n of more are the n of fewer. Throws base::Failure if the vocabulary cannot be read.
std::vector<FactualCaption> defaultCaptions(CaptionKind kind, std::size_t count);

} // namespace n2m::labelling
