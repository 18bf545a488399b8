#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"

#include <map>
#include <string>
#include <vector>

namespace n2m::corpus {

/// A text about a clip, and the attributes (keys of `labels`, or "instruments") that it reveals.
struct Caption {
    std::string text;
    std::vector<std::string> says;
};

/// The three kinds of text on which the paper trains: sentences, short labels and tags. Each is true and states some of
/// the facts.
struct Captions {
    std::vector<Caption> longs, shorts, tags;
};

/// Every state of `random` gives other captions: there are many thousands for each clip.
Captions captionsFor(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch, base::Random& random);

/// One text as a person might type it: a sentence, a label, or some of the tags in a row.
Caption drawCaption(const Captions& captions, base::Random& random);

/// Every attribute as text, by name, as classifiers and planners predict them. Empty: the clip has none.
std::map<std::string, std::string> labels(const composer::Attributes& attributes);

/// "low", "medium" or "high".
std::string energyWord(double energy);

} // namespace n2m::corpus
