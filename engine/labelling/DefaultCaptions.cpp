#include "engine/labelling/DefaultCaptions.h"

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"
#include "engine/composer/Vocabulary.h"
#include "engine/corpus/Captions.h"

#include <algorithm>
#include <set>

namespace n2m::labelling {

namespace {

// Far from the seeds of any corpus.
constexpr std::uint64_t firstSeed = 1ULL << 40;

bool statesNumbers(const corpus::Caption& caption) {
    return std::any_of(caption.says.begin(), caption.says.end(), [](const std::string& attribute) {
        return attribute == "bpm" || attribute == "key" || attribute == "mode";
    });
}

} // namespace

std::vector<FactualCaption> defaultCaptions(CaptionKind kind, std::size_t count) {
    const composer::Vocabulary vocabulary;
    std::vector<FactualCaption> result;
    std::set<std::string> known;
    // Labels run out: after many sketches without a new one there are fewer.
    int barren = 0;
    for (std::uint64_t seed = firstSeed; result.size() < count && barren < 2000; ++seed) {
        if (composer::isHeldOut(seed)) continue;
        const composer::Sketch sketch = composer::drawSketch(vocabulary, seed);
        base::Random random = base::Random(seed).stream("captions");
        const corpus::Captions captions = corpus::captionsFor(vocabulary, sketch, random);
        const auto labels = corpus::labels(sketch.attributes);
        ++barren;
        for (const corpus::Caption& caption : kind == CaptionKind::Long ? captions.longs : captions.shorts) {
            if (result.size() == count) break;
            if (statesNumbers(caption) || !known.insert(captionKey(caption.text)).second) continue;
            FactualCaption factual{caption.text, {}};
            for (const std::string& attribute : caption.says) {
                if (const auto label = labels.find(attribute); label != labels.end()) factual.facts.insert(*label);
            }
            result.push_back(std::move(factual));
            barren = 0;
        }
    }
    return result;
}

} // namespace n2m::labelling
