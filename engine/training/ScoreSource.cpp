#include "engine/training/ScoreSource.h"

#include "engine/base/Error.h"
#include "engine/composer/Composer.h"
#include "engine/composer/Sketch.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/ScoreGuide.h"
#include "engine/text/TextEncoder.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace n2m::training {

namespace {

// The probabilities that a fact is hidden where not everything is.
constexpr double modeHidden = 0.1, tempoHidden = 0.1, chordsHidden = 0.25, sectionsHidden = 0.25, partHidden = 0.4;
constexpr double shorter = 0.15, longer = 0.2; // probabilities of other lengths

torch::Tensor tensorOf(const std::vector<float>& values, int channels, int positions) {
    torch::Tensor tensor = torch::empty({channels, positions});
    std::memcpy(tensor.data_ptr<float>(), values.data(), values.size() * sizeof(float));
    return tensor;
}

plan::ScoreGuide guideFor(const plan::Plan& plan, base::Random& random, bool augment) {
    plan::ScoreGuide guide;
    guide.parts = plan::playingParts(plan);
    if (!augment) return guide;
    guide.mode = !random.chance(modeHidden);
    guide.tempo = !random.chance(tempoHidden);
    guide.chords = !random.chance(chordsHidden);
    guide.sections = !random.chance(sectionsHidden);
    const bool all = random.chance(partHidden);
    for (int& part : guide.parts)
        if (all || random.chance(partHidden)) part = 0;
    return guide;
}

} // namespace

ScoreSource::ScoreSource(const model::StageConfig& stage, const composer::Vocabulary& vocabulary, const DataSet* scores,
                         std::shared_ptr<text::TextEncoder> textEncoder)
    : m_stage(stage)
    , m_vocabulary(vocabulary)
    , m_scores(scores)
    , m_textEncoder(std::move(textEncoder))
    , m_captions(vocabulary) {
    if (stage.network.dataChannels != plan::scoreChannelCount ||
        stage.network.stackedChannels != plan::scoreGuideChannelCount || stage.sampleRate != plan::positionsPerBeat)
        throw base::InvalidInput("{}: a score generator has data_channels {}, stacked_channels {}, sample_rate {}",
                                 stage.name, plan::scoreChannelCount, plan::scoreGuideChannelCount,
                                 plan::positionsPerBeat);
    if (stage.textTokens > 0 && !m_textEncoder)
        throw base::InvalidInput("{} needs a text encoder: train it first (noise2music train text)", stage.name);
}

ScoreSource::Clip ScoreSource::composed(Split split, int beats, base::Random& random) const {
    // Seeds that divide by ten are held out; the range is one that no corpus exhausts.
    const auto tens = static_cast<std::uint64_t>(random.uniform() * 1e12);
    const std::uint64_t seed = 10 * tens + (split == Split::HeldOut ? 0 : 1 + tens % 9);
    composer::Sketch sketch = composer::drawSketch(m_vocabulary, seed);
    sketch = composer::drawSketch(m_vocabulary, seed, beats * 60.0 / sketch.plan.bpm);
    return {composer::compose(m_vocabulary, sketch, beats * 60.0 / sketch.plan.bpm).plan, 0,
            m_captions.rough(sketch, random)};
}

ScoreSource::Clip ScoreSource::real(Split split, int beats, std::mt19937_64& random) const {
    const std::vector<Example>& examples = m_scores->examples(split);
    const Example& example = examples[random() % examples.size()];
    std::vector<int> starts;
    const auto& all = example.plan->beats;
    for (std::size_t beat = 0; beat < all.size(); ++beat) {
        if (all[beat].downbeat && beat + static_cast<std::size_t>(beats) <= all.size())
            starts.push_back(static_cast<int>(beat));
    }
    const int first = starts.empty() ? 0 : starts[random() % starts.size()];
    return {*example.plan, first, example.drawCaption(random)};
}

Batch ScoreSource::draw(Split split, int size, std::mt19937_64& random, bool augment) const {
    base::Random facts(random());
    const int multiple = m_stage.network.lengthMultiple();
    int positions = static_cast<int>(std::lround(m_stage.training.snippetSeconds)) * plan::positionsPerBeat;
    const double length = facts.uniform();
    if (augment && length < shorter) positions /= 2;
    if (augment && length > 1.0 - longer) positions += positions / 2;
    positions = std::max(1, positions / multiple) * multiple;
    const int beats = (positions + plan::positionsPerBeat - 1) / plan::positionsPerBeat;

    Batch batch;
    std::vector<torch::Tensor> rolls, guides;
    std::vector<std::string> texts;
    torch::Tensor present = torch::ones({size}, torch::kBool);
    for (int index = 0; index < size; ++index) {
        const bool own = !m_scores || m_scores->examples(split).empty() || facts.chance(m_stage.training.composedShare);
        const Clip clip = own ? composed(split, beats, facts) : real(split, beats, random);
        rolls.push_back(
            tensorOf(plan::scoreRoll(clip.plan, positions, clip.firstBeat), plan::scoreChannelCount, positions));
        const bool hidden = augment && facts.chance(m_stage.training.planDropout);
        guides.push_back(tensorOf(hidden ? plan::hiddenScoreGuide(clip.plan, positions, clip.firstBeat)
                                         : plan::scoreGuideChannels(clip.plan, guideFor(clip.plan, facts, augment),
                                                                    positions, clip.firstBeat),
                                  plan::scoreGuideChannelCount, positions));
        texts.push_back(clip.caption);
        present[index] = !clip.caption.empty() && !(augment && facts.chance(m_stage.training.textDropout));
    }
    batch.data = torch::stack(rolls);
    batch.conditioning.stacked = torch::stack(guides);
    if (m_stage.textTokens > 0) {
        addTexts(*m_textEncoder, texts, m_stage.textTokens, batch.conditioning);
        batch.conditioning.textPresent = present;
    }
    return batch;
}

} // namespace n2m::training
