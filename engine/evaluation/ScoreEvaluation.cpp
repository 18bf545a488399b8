#include "engine/evaluation/ScoreEvaluation.h"

#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/cascade/Cascade.h"
#include "engine/cascade/ScoreWriter.h"
#include "engine/composer/Composer.h"
#include "engine/device/Device.h"
#include "engine/device/TorchErrors.h"
#include "engine/evaluation/Intervals.h"
#include "engine/evaluation/ScoreStatistics.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/ScoreGuide.h"
#include "engine/training/DataSet.h"
#include "engine/training/ScoreSource.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace n2m::evaluation {

using Json = nlohmann::ordered_json;
using training::ScoreSource;

namespace {

constexpr int varietySeeds = 12;

// The beats of a clip as a plan of its own, with all that begins in them.
plan::Plan excerpt(const ScoreSource::Clip& clip, int beats) {
    const plan::BeatGrid grid(clip.plan);
    const double start = grid.secondsAt(clip.firstBeat), end = grid.secondsAt(clip.firstBeat + beats);
    plan::Plan cut = clip.plan;
    cut.seconds = end - start;
    const auto outside = [&](double time) { return time < start - 0.02 || time > end - 0.02; };
    std::erase_if(cut.beats, [&](const plan::Beat& beat) { return outside(beat.time); });
    for (plan::Beat& beat : cut.beats)
        beat.time = std::max(0.0, beat.time - start);
    const auto cutSpans = [&](auto& spans) {
        std::erase_if(spans, [&](const auto& span) { return span.end <= start + 1e-3 || span.start >= end - 1e-3; });
        for (auto& span : spans) {
            span.start = std::max(span.start - start, 0.0);
            span.end = std::min(span.end - start, cut.seconds);
        }
    };
    cutSpans(cut.chords);
    cutSpans(cut.sections);
    for (plan::Part& part : cut.parts) {
        std::erase_if(part.notes, [&](const plan::Note& note) { return outside(note.start); });
        for (plan::Note& note : part.notes)
            note = {std::max(0.0, note.start - start), std::min(note.end - start, cut.seconds), note.pitch,
                    note.velocity};
        std::erase_if(part.notes, [](const plan::Note& note) { return note.end <= note.start; });
    }
    return cut;
}

// One kind of scores and its figures.
class Kind {
public:
    explicit Kind(std::string name)
        : m_name(std::move(name)) {}
    const std::string& name() const { return m_name; }

    void add(const plan::Plan& plan, const MelodyRuns& training) {
        const ScoreStatistics figures = statisticsOf(plan);
        const auto take = [&](const char* name, const std::optional<double>& value) {
            if (value) sample(name).add(*value);
        };
        take("pitch-class entropy, bits", figures.pitchClassEntropy);
        take("notes in the key", figures.inKey);
        take("key found", figures.keyFound);
        take("on chord tones", figures.inChord);
        take("lead rests", figures.leadRests);
        take("lead range, semitones", figures.leadRange);
        take("lead leaps", figures.leadLeaps);
        take("repetition", figures.repetition);
        take("groove", figures.groove);
        take("syncopation", figures.syncopation);
        take("onsets on beats", figures.onBeats);
        take("notes a beat", figures.notesPerBeat);
        take("drums a beat", figures.drumsPerBeat);
        sample("longest run in a training piece").add(training.longestShared(plan));
    }
    void add(const char* name, double value) { sample(name).add(value); }
    const std::vector<std::pair<std::string, Sample>>& samples() const { return m_samples; }

private:
    Sample& sample(const std::string& name) {
        for (auto& [each, values] : m_samples)
            if (each == name) return values;
        return m_samples.emplace_back(name, Sample()).second;
    }

    std::string m_name;
    std::vector<std::pair<std::string, Sample>> m_samples;
};

// Whether two programs belong to one instrument of the vocabulary.
bool sameInstrument(const composer::Vocabulary& vocabulary, int one, int other) {
    const auto plays = [](const composer::Instrument& instrument, int program) {
        return std::any_of(instrument.programs.begin(), instrument.programs.end(),
                           [&](int each) { return each % 1000 == program % 1000; });
    };
    return std::any_of(vocabulary.instruments().begin(), vocabulary.instruments().end(),
                       [&](const auto& entry) { return plays(entry.second, one) && plays(entry.second, other); });
}

class ScoreEvaluator {
public:
    ScoreEvaluator(const ScoreEvaluationRun& run, const std::function<void(const std::string&, int, int)>& part)
        : m_run(run)
        , m_part(part)
        , m_cascade(run.bundle, device::deviceOf(run.device), {})
        , m_stage(stageOf(m_cascade))
        , m_writer(m_stage)
        , m_data(run.scores, training::DataSet::Kind::Scores)
        , m_source(m_stage.config(), m_vocabulary, &m_data,
                   std::make_shared<text::TextEncoder>(text::TextEncoder::load(run.bundle / m_cascade.config().text))) {
        for (const training::Example& example : m_data.examples(training::Split::Train))
            m_training.add(*example.plan);
        m_training.finish();
    }

    EvaluationResult go() {
        compare("composed", {"rules", "model"}, [&](base::Random& random, std::mt19937_64&) {
            return m_source.composed(training::Split::HeldOut, m_run.beats, random);
        });
        compare("real", {"real", "model, real captions"}, [&](base::Random&, std::mt19937_64& engine) {
            return m_source.real(training::Split::HeldOut, m_run.beats, engine);
        });
        measureVariety();
        return report();
    }

private:
    static const cascade::Stage& stageOf(const cascade::Cascade& cascade) {
        if (const auto* stage = cascade.find(model::StageKind::ScoreGenerator)) return *stage;
        throw base::InvalidInput("the bundle \"{}\" has no {}", cascade.config().name,
                                 toString(model::StageKind::ScoreGenerator));
    }

    plan::Plan write(const plan::Plan& plan, const std::string& caption, std::uint64_t seed) {
        cascade::ScoreWishes wishes;
        wishes.guide.parts = plan.parts.empty() ? wishes.guide.parts : plan::playingParts(plan);
        wishes.guide.chords = m_run.chords;
        const text::EmbeddedText text = m_cascade.text().embed(caption, m_stage.config().textTokens);
        const auto start = std::chrono::steady_clock::now();
        plan::Plan written =
            m_writer.write(plan, caption.empty() ? nullptr : &text, nullptr, wishes, m_stage.config().sampling, seed);
        m_seconds.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        return written;
    }

    template <typename Draw> void compare(const std::string& name, const std::array<const char*, 2>& names, Draw draw) {
        Kind given(names[0]), made(names[1]);
        base::Random random(m_run.seed);
        std::mt19937_64 engine(m_run.seed);
        for (int clip = 0; clip < m_run.clips; ++clip) {
            m_part(name, clip, m_run.clips);
            const ScoreSource::Clip source = draw(random, engine);
            const plan::Plan own = excerpt(source, m_run.beats);
            const plan::Plan written =
                write(own, source.caption, base::derivedSeed(m_run.seed, 100u + static_cast<unsigned>(clip)));
            given.add(own, m_training);
            made.add(written, m_training);
            const plan::Part *asked = plan::partOf(own, plan::ScoreSlot::Lead),
                             *lead = plan::partOf(written, plan::ScoreSlot::Lead);
            if (!asked || asked->notes.empty()) continue;
            // The words need not say who has the melody, so the first is below one even for a perfect reader.
            made.add("lead instrument of the clip",
                     lead && sameInstrument(m_vocabulary, asked->program, lead->program));
        }
        m_kinds.push_back(std::move(given));
        m_kinds.push_back(std::move(made));
    }

    void measureVariety() {
        for (const char* prompt : {"upbeat pop song with piano and drums", "slow jazz ballad with saxophone",
                                   "energetic techno with synth lead"}) {
            std::vector<plan::Plan> model, rules;
            base::Random random(m_run.seed);
            const auto sketch = composer::drawSketch(m_vocabulary, static_cast<std::uint64_t>(random.uniform() * 1e9));
            plan::Plan plan = composer::planOf(sketch, m_run.beats * 60.0 / sketch.plan.bpm);
            for (int seed = 0; seed < varietySeeds; ++seed) {
                m_part("variety", seed, varietySeeds);
                model.push_back(write(plan, prompt, static_cast<std::uint64_t>(seed)));
                composer::Sketch other = sketch;
                other.seed = static_cast<std::uint64_t>(seed);
                rules.push_back(composer::compose(m_vocabulary, other, plan).plan);
            }
            for (int a = 0; a < varietySeeds; ++a) {
                for (int b = 0; b < a; ++b) {
                    const auto first = static_cast<std::size_t>(a), second = static_cast<std::size_t>(b);
                    m_modelShared.push_back(sharedBars(model[first], model[second]));
                    m_rulesShared.push_back(sharedBars(rules[first], rules[second]));
                }
            }
        }
    }

    EvaluationResult report() const {
        Json json = {{"clips", m_run.clips}, {"beats", m_run.beats}, {"secondsPerScore", m_seconds.mean()}};
        std::vector<std::string> names;
        for (const Kind& kind : m_kinds)
            for (const auto& entry : kind.samples())
                if (std::find(names.begin(), names.end(), entry.first) == names.end()) names.push_back(entry.first);
        std::string text = fmt::format("{:<34}", "");
        for (const Kind& kind : m_kinds)
            text += fmt::format("{:>26}", kind.name());
        text += '\n';
        for (const std::string& name : names) {
            text += fmt::format("{:<34}", name);
            for (const Kind& kind : m_kinds) {
                const auto found = std::find_if(kind.samples().begin(), kind.samples().end(),
                                                [&](const auto& entry) { return entry.first == name; });
                if (found == kind.samples().end()) {
                    text += fmt::format("{:>26}", "");
                    continue;
                }
                const double mean = found->second.mean();
                const Interval interval = found->second.interval();
                text +=
                    fmt::format("{:>26}", fmt::format("{:.3f} ({:.3f} … {:.3f})", mean, interval.low, interval.high));
                json["figures"][name][kind.name()] = {{"mean", mean}, {"low", interval.low}, {"high", interval.high}};
            }
            text += '\n';
        }
        const auto shared = [&](const char* name, const std::vector<int>& bars) {
            const auto eight = std::count_if(bars.begin(), bars.end(), [](int run) { return run >= 8; });
            const int most = *std::max_element(bars.begin(), bars.end());
            text += fmt::format("{}: {} of {} pairs of seeds share eight bars of a part; the most is {}\n", name, eight,
                                bars.size(), most);
            json["variety"][name] = {{"pairs", bars.size()}, {"shareEightBars", eight}, {"mostBars", most}};
        };
        shared("model", m_modelShared);
        shared("rules", m_rulesShared);
        text += fmt::format("{:.2f} s a score\n", m_seconds.mean());
        return {text, json.dump(2)};
    }

    const ScoreEvaluationRun& m_run;
    const std::function<void(const std::string&, int, int)>& m_part;
    cascade::Cascade m_cascade;
    const cascade::Stage& m_stage;
    cascade::ScoreWriter m_writer;
    composer::Vocabulary m_vocabulary;
    training::DataSet m_data;
    ScoreSource m_source;
    MelodyRuns m_training;
    std::vector<Kind> m_kinds;
    std::vector<int> m_modelShared, m_rulesShared;
    Sample m_seconds;
};

} // namespace

EvaluationResult evaluateScores(const ScoreEvaluationRun& run,
                                const std::function<void(const std::string& part, int step, int steps)>& part) {
    if (run.clips < 1 || run.beats < 4) throw base::InvalidInput("at least one clip of four beats is needed");
    return device::explainingErrors([&] { return ScoreEvaluator(run, part).go(); });
}

} // namespace n2m::evaluation
