#include "engine/training/EmbeddingBatches.h"

#include "engine/composer/Sketch.h"
#include "engine/corpus/Captions.h"
#include "engine/embedding/AudioTower.h"
#include "engine/training/CaptionSource.h"

#include <nlohmann/json.hpp>
#include <torch/utils.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

namespace n2m::training {

using embedding::AudioTower;

namespace {

double secondsOf(const Example& example) {
    return example.plan ? example.plan->seconds : 30.0;
}

// Whether the composer, asked again, decides as it did for this clip: else its captions would be about other music.
bool isComposed(const composer::Vocabulary& vocabulary, const Example& example) {
    if (!example.seed || example.attributes.empty()) return false;
    const auto attributes = nlohmann::json::parse(example.attributes);
    if (!attributes.is_object()) return false;
    for (const auto& [name, value] :
         corpus::labels(composer::drawSketch(vocabulary, *example.seed, secondsOf(example)).attributes)) {
        if (name == "bpm" || name == "metre" || name == "drums" || !attributes.contains(name)) continue;
        if (attributes.at(name) != nlohmann::json(value)) return false;
    }
    return true;
}

std::string genreOf(const Example& example) {
    if (example.attributes.empty()) return {};
    const auto attributes = nlohmann::json::parse(example.attributes);
    const auto found = attributes.is_object() ? attributes.find("genre") : attributes.end();
    return found != attributes.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string drawText(const corpus::Captions& captions, base::Random& random) {
    const double kind = random.uniform();
    if (kind < 0.25) return random.pick(captions.tags).text; // a single fact
    return corpus::drawCaption(captions, random).text;
}

} // namespace

EmbeddingBatches::EmbeddingBatches(const composer::Vocabulary& vocabulary, const DataSet& dataSet,
                                   const FeatureCache& cache)
    : m_vocabulary(vocabulary)
    , m_examples(dataSet.examples(Split::Train))
    , m_cache(cache) {
    std::map<std::string, std::vector<std::size_t>> genres;
    for (std::size_t clip = 0; clip < m_examples.size(); ++clip) {
        m_fresh.push_back(isComposed(vocabulary, m_examples[clip]));
        if (const std::string genre = genreOf(m_examples[clip]); !genre.empty()) genres[genre].push_back(clip);
    }
    for (auto& [genre, clips] : genres)
        if (clips.size() > 1) m_genres.push_back(std::move(clips));
}

std::vector<std::size_t> EmbeddingBatches::choose(std::size_t size, base::Random& random) const {
    std::vector<std::size_t> chosen;
    if (!m_genres.empty() && random.chance(0.5)) {
        chosen = random.pick(m_genres);
        random.shuffle(chosen);
        chosen.resize(std::min(size, chosen.size()));
    }
    std::vector<std::size_t> all(m_examples.size());
    while (chosen.size() < size) {
        const std::set<std::size_t> known(chosen.begin(), chosen.end());
        std::iota(all.begin(), all.end(), std::size_t(0));
        random.shuffle(all);
        for (std::size_t n = 0; n < all.size() && chosen.size() < size; ++n)
            if (all.size() <= known.size() || !known.contains(all[n])) chosen.push_back(all[n]);
    }
    return chosen;
}

int EmbeddingBatches::freshClips() const {
    return static_cast<int>(std::count(m_fresh.begin(), m_fresh.end(), true));
}

std::string EmbeddingBatches::captionOf(std::size_t clip, base::Random& random) const {
    const Example& example = m_examples[clip];
    if (!m_fresh[clip]) {
        std::mt19937_64 engine(static_cast<std::uint64_t>(random.uniform() * 0x1p53));
        return example.drawCaption(engine);
    }
    const composer::Sketch sketch = composer::drawSketch(m_vocabulary, *example.seed, secondsOf(example));
    return roughened(drawText(corpus::captionsFor(m_vocabulary, sketch, random), random), random);
}

torch::Tensor EmbeddingBatches::windowOf(const Example& example, base::Random& random) const {
    const torch::Tensor rows = m_cache.logMel(example.audio);
    const std::int64_t length = std::min(AudioTower::windowFrames, rows.size(0));
    const std::int64_t from = random.integer(0, static_cast<int>(rows.size(0) - length));
    torch::Tensor window = torch::full({AudioTower::bands, AudioTower::windowFrames}, -1.0f);
    window.narrow(1, 0, length).copy_(rows.narrow(0, from, length).t());
    const auto hide = [&](std::int64_t axis, int most) {
        const int count = random.integer(0, most);
        const std::int64_t first = random.integer(0, static_cast<int>(window.size(axis)) - count);
        window.narrow(axis, first, count).fill_(-0.5f);
    };
    hide(0, 10);
    hide(1, 150);
    return window;
}

EmbeddingBatch EmbeddingBatches::draw(int size, base::Random& random) const {
    EmbeddingBatch batch;
    std::vector<torch::Tensor> windows;
    for (const std::size_t clip : choose(static_cast<std::size_t>(size), random)) {
        batch.texts.push_back(captionOf(clip, random));
        windows.push_back(windowOf(m_examples[clip], random));
    }
    batch.logMel = torch::stack(windows);
    return batch;
}

} // namespace n2m::training
