#include "engine/evaluation/Evaluation.h"

#include "engine/base/Error.h"
#include "engine/composer/Vocabulary.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/evaluation/FrechetDistance.h"

#include <torch/types.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <random>
#include <stdexcept>

namespace n2m::evaluation {
namespace {

constexpr std::array<const char*, 2> judged{"genre", "lead"}; // every caption here names them

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool says(const std::string& text, const std::vector<std::string>& names) {
    const std::string low = lowered(text);
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return low.find(lowered(name)) != std::string::npos; });
}

/// The words for an attribute's value: those of the corpus, or the value itself in a user's own data.
std::vector<std::string> wordsFor(const composer::Vocabulary& words, const std::string& attribute,
                                  const std::string& value) {
    std::vector<std::string> names{value};
    try {
        const auto& known = attribute == "genre" ? words.genre(value).names : words.instrument(value).names;
        names.insert(names.end(), known.begin(), known.end());
    } catch (const std::out_of_range&) {
    }
    return names;
}

/// A long caption that names genre and lead, or all the tags.
std::string captionOf(const composer::Vocabulary& words, const RealClips& clips, std::size_t clip,
                      std::mt19937_64& random) {
    const training::Example& example = clips.example(clip);
    std::vector<std::string> whole;
    for (const std::string& caption : example.longCaptions)
        if (std::all_of(judged.begin(), judged.end(), [&](const char* attribute) {
                return says(caption, wordsFor(words, attribute, clips.attribute(clip, attribute)));
            }))
            whole.push_back(caption);
    if (!whole.empty()) return whole[random() % whole.size()];
    std::string tags;
    for (const std::string& tag : example.tags)
        tags += (tags.empty() ? "" : ", ") + tag;
    return tags.empty() ? example.drawCaption(random) : tags;
}

/// A clip with the detectors' answers about it and the plan that it should follow.
struct JudgedClip {
    Spectrogram spectrogram;
    Hearing hearing;
    plan::Plan plan;
    std::vector<float> vector; ///< in the joint embedding; empty without one
};

/// Hears clips by the detectors and, where there is one, by the joint embedding.
struct Ears {
    const Detectors& detectors;
    const embedding::JointEmbedding* joint;

    JudgedClip hear(Spectrogram spectrogram, plan::Plan plan = {}) const {
        JudgedClip heard{std::move(spectrogram), {}, std::move(plan), {}};
        heard.hearing = detectors.hear(heard.spectrogram);
        if (joint) heard.vector = joint->logMel(heard.spectrogram.values);
        return heard;
    }
};

torch::Tensor rowsOf(const std::vector<std::vector<float>>& vectors) {
    std::vector<torch::Tensor> rows;
    for (const std::vector<float>& vector : vectors)
        rows.push_back(torch::tensor(vector).unsqueeze(0));
    return torch::cat(rows);
}

class Judge {
public:
    Judge(const Detectors& detectors, const RealClips& clips, std::vector<std::size_t> truths)
        : m_detectors(detectors)
        , m_clips(clips)
        , m_truths(std::move(truths)) {}

    /// The vectors of the captions and of their real clips, one for each truth.
    void useJoint(std::vector<std::vector<float>> captions, const std::vector<JudgedClip>& real) {
        m_captions = std::move(captions);
        for (const JudgedClip& clip : real)
            m_sounds.push_back(clip.vector);
    }

    /// `shift` 1 judges every clip by the next one's caption and plan.
    EvaluationRow row(const std::string& name, const std::vector<JudgedClip>& heard, std::size_t shift = 0) const {
        EvaluationRow result;
        result.name = name;
        result.clips = static_cast<int>(heard.size());
        for (std::size_t i = 0; i < heard.size(); ++i) {
            const std::size_t other = (i + shift) % heard.size(), truth = m_truths[other];
            const bool unseen = m_clips.attribute(truth, "reserved") == "yes";
            for (const char* attribute : judged) {
                const bool right = heard[i].hearing.attributes.best(attribute) == m_clips.attribute(truth, attribute);
                result.attributes[attribute].add(right);
                if (unseen) result.unseen[attribute].add(right);
            }
            const plan::Plan& plan = heard[other].plan;
            result.tempo.add(sameTempo(heard[i].hearing.tempo.bpm, plan.bpm));
            result.tempoOrOctave.add(sameTempoOrOctave(heard[i].hearing.tempo.bpm, plan.bpm, plan.beatsPerBar));
            if (const auto value = m_detectors.chords().agreement(heard[i].spectrogram, plan))
                result.chords.add(*value);
            if (const auto value = beatAgreement(heard[i].spectrogram, plan)) result.beats.add(*value);
            if (m_captions.empty()) continue;
            result.toCaption.add(embedding::similarity(heard[i].vector, m_captions[other]));
            if (heard[i].vector != m_sounds[other])
                result.toSound.add(embedding::similarity(heard[i].vector, m_sounds[other]));
        }
        return result;
    }

private:
    const Detectors& m_detectors;
    const RealClips& m_clips;
    std::vector<std::size_t> m_truths;
    std::vector<std::vector<float>> m_captions, m_sounds; // empty without a joint embedding
};

/// The Fréchet distances of a row's first clips to the reference's.
struct Reference {
    std::vector<torch::Tensor> features, statistics;
    std::vector<std::vector<float>> vectors;

    void add(const JudgedClip& clip) {
        features.push_back(clip.hearing.features);
        statistics.push_back(clip.hearing.statistics);
        if (!clip.vector.empty()) vectors.push_back(clip.vector);
    }

    void measure(EvaluationRow& row, const std::vector<JudgedClip>& heard) const {
        const std::size_t count = std::min(features.size(), heard.size());
        if (count < 2) return;
        Reference own;
        for (std::size_t i = 0; i < count; ++i)
            own.add(heard[i]);
        const auto firsts = [count](const auto& all) {
            return std::vector(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
        };
        row.frechetFeatures = frechetDistance(torch::cat(own.features), torch::cat(firsts(features)));
        row.frechetStatistics = frechetDistance(torch::cat(own.statistics), torch::cat(firsts(statistics)));
        if (!vectors.empty()) row.frechetJoint = frechetDistance(rowsOf(own.vectors), rowsOf(firsts(vectors)));
    }
};

std::vector<std::size_t> usableClips(const RealClips& clips, std::mt19937_64& random) {
    std::vector<std::size_t> usable;
    for (std::size_t clip = 0; clip < clips.size(); ++clip)
        if (clips.example(clip).plan && std::all_of(judged.begin(), judged.end(), [&](const char* attribute) {
                return !clips.attribute(clip, attribute).empty();
            }))
            usable.push_back(clip);
    if (usable.size() < 2)
        throw base::Failure("an evaluation needs at least two held-out clips with plan, genre and lead instrument");
    for (std::size_t i = usable.size(); i > 1; --i)
        std::swap(usable[i - 1], usable[random() % i]);
    return usable;
}

Request requestFor(PlanSource source, const std::string& caption, const plan::Plan& own, std::uint64_t seed,
                   const EvaluationOptions& options) {
    Request request;
    request.prompt = caption.substr(0, Request::maximumPromptBytes);
    request.seed = seed;
    request.seconds = std::clamp(own.seconds, Request::minimumSeconds, Request::maximumSeconds);
    request.spectrogramOnly = true;
    request.stages = {options.generator};
    request.plan = source != PlanSource::None;
    if (source == PlanSource::Own) request.givenPlan = own;
    return request;
}

} // namespace

std::string toString(PlanSource source) {
    switch (source) {
    case PlanSource::Own:
        return "own plan";
    case PlanSource::Planned:
        return "planned";
    case PlanSource::None:
        break;
    }
    return "no plan";
}

EvaluationReport evaluate(const EvaluationOptions& options, const Detectors& detectors, const RealClips& heldOut,
                          const Maker& make, const std::function<void(const std::string&, int, int)>& progress,
                          const embedding::JointEmbedding* joint) {
    if (options.clips < 2) throw base::InvalidInput("an evaluation takes at least two clips");
    const composer::Vocabulary words;
    std::mt19937_64 random(options.seed);
    std::vector<std::size_t> chosen = usableClips(heldOut, random);
    const std::size_t count = std::min(chosen.size(), static_cast<std::size_t>(options.clips));
    const std::vector<std::size_t> others(chosen.begin() + static_cast<std::ptrdiff_t>(count),
                                          chosen.begin() +
                                              static_cast<std::ptrdiff_t>(std::min(chosen.size(), 2 * count)));
    chosen.resize(count);
    const int total = static_cast<int>(count);
    const auto report = [&](const std::string& phase, int step, int steps) {
        if (progress) progress(phase, step, steps);
    };

    const Ears ears{detectors, joint};
    std::vector<std::string> captions;
    std::vector<JudgedClip> real, shuffled;
    for (const std::size_t clip : chosen) {
        captions.push_back(captionOf(words, heldOut, clip, random));
        real.push_back(ears.hear(heldOut.spectrogram(clip), *heldOut.example(clip).plan));
        shuffled.push_back(ears.hear(shuffledInTime(real.back().spectrogram, random()), real.back().plan));
        report("real clips", static_cast<int>(real.size()), total);
    }
    Reference reference;
    for (const std::size_t clip : others) {
        reference.add(ears.hear(heldOut.spectrogram(clip)));
        report("other real clips", static_cast<int>(reference.features.size()), static_cast<int>(others.size()));
    }

    Judge judge(detectors, heldOut, chosen);
    if (joint) judge.useJoint(joint->texts(captions), real);
    EvaluationReport result;
    result.frechetClips = static_cast<int>(others.size());
    const auto add = [&](const std::string& name, const std::vector<JudgedClip>& heard) {
        result.rows.push_back(judge.row(name, heard));
        reference.measure(result.rows.back(), heard);
    };
    for (std::size_t i = 0; i < count && i < static_cast<std::size_t>(std::max(0, options.sheet)); ++i)
        result.sheet.push_back({real[i].spectrogram});
    add("real", real);
    add("real, out of order", shuffled);
    result.rows.push_back(judge.row("real, shuffled pairs", real, 1));
    for (const PlanSource source : options.sources) {
        std::vector<JudgedClip> made;
        for (std::size_t i = 0; i < count; ++i) {
            report(toString(source), static_cast<int>(i), total);
            GeneratedClip clip = make(requestFor(source, captions[i], real[i].plan, options.seed + i, options));
            made.push_back(ears.hear(std::move(clip.spectrogram), clip.plan.value_or(real[i].plan)));
            if (i < result.sheet.size()) result.sheet[i].push_back(made.back().spectrogram);
        }
        add("generated, " + toString(source), made);
        result.rows.push_back(judge.row("  its shuffled pairs", made, 1));
    }
    return result;
}

} // namespace n2m::evaluation
