#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"

#include <map>
#include <string>
#include <vector>

namespace n2m::corpus {

/// A text about a clip, and the names of the attributes (keys of `labels`) that it gives away.
struct Caption {
    std::string text;
    std::vector<std::string> says;
};

/// The three kinds of text that the paper trains on: sentences, short labels and tags. All of them true; each says
/// only some of what is true.
struct Captions {
    std::vector<Caption> longs, shorts, tags;
};

/// Fresh ones for every state of `random`: there are many thousands for each clip.
Captions captionsFor(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random);

/// One text as a person might type it: a sentence, a label, or some of the tags in a row.
Caption drawCaption(const Captions& captions, base::Random& random);

/// Every attribute as text, by name: what classifiers and planners predict. Empty where there is nothing to say.
std::map<std::string, std::string> labels(const composer::Attributes& attributes);

/// "low", "medium" or "high".
std::string energyWord(double energy);

} // namespace n2m::corpus
