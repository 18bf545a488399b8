#include "engine/evaluation/AttributePairs.h"

#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace n2m::evaluation {
namespace {

/// The log-odds of the second label over the first; for "tempo" the bpm.
double measure(const AttributePair& pair, const Hearing& heard) {
    if (pair.attribute == "tempo") return heard.tempo.bpm;
    const auto& odds = heard.attributes.logProbabilities.at(pair.attribute);
    return odds.at(pair.secondLabel) - odds.at(pair.firstLabel);
}

} // namespace

std::vector<AttributePair> attributePairs() {
    return {
        {"lead", "a jazz piece with a lead piano", "a jazz piece with a lead saxophone", "piano", "saxophone"},
        {"lead", "a folk song with a flute melody", "a folk song with a violin melody", "flute", "violin"},
        {"lead", "a pop song led by an electric guitar", "a pop song led by a trumpet", "electric guitar", "trumpet"},
        {"genre", "a jazz tune with a piano melody", "a blues tune with a piano melody", "jazz", "blues"},
        {"genre", "a techno track with a synth lead", "an ambient track with a synth lead", "techno", "ambient"},
        {"genre", "a reggae song with an organ melody", "a metal song with an organ melody", "reggae", "metal"},
        {"mood", "a happy pop song with a piano melody", "a sad pop song with a piano melody", "happy", "sad"},
        {"mood", "a calm film score with strings", "an energetic film score with strings", "calm", "energetic"},
        {"drums", "a folk song without drums", "a folk song with drums", "no", "yes"},
        {"tempo", "a slow pop song with a piano melody", "a fast pop song with a piano melody", "slow", "fast"},
        {"tempo", "a funk track at 80 bpm", "a funk track at 120 bpm", "80 bpm", "120 bpm"},
        {"tempo", "a slow folk tune with a guitar", "an up-tempo folk tune with a guitar", "slow", "up-tempo"},
    };
}

PairReport comparePairs(const std::vector<AttributePair>& pairs, int seeds, std::uint64_t firstSeed,
                        const StageSettings& generator, const Detectors& detectors, const Maker& make,
                        const std::function<void(const std::string&, int, int)>& progress) {
    if (seeds < 1) throw base::InvalidInput("attribute pairs need at least one seed each");
    PairReport report;
    const int steps = static_cast<int>(pairs.size()) * seeds;
    int step = 0;
    for (const AttributePair& pair : pairs) {
        if (pair.attribute != "tempo" &&
            !(detectors.knows(pair.attribute, pair.firstLabel) && detectors.knows(pair.attribute, pair.secondLabel)))
            continue;
        PairScore score{pair, {}};
        for (int i = 0; i < seeds; ++i, ++step) {
            if (progress) progress("attribute pairs", step, steps);
            Request request;
            request.seed = firstSeed + static_cast<std::uint64_t>(i);
            request.spectrogramOnly = true;
            request.stages = {generator};
            request.prompt = pair.first;
            const double first = measure(pair, detectors.hear(make(request).spectrogram));
            request.prompt = pair.second;
            score.followed.add(measure(pair, detectors.hear(make(request).spectrogram)) > first);
        }
        report.scores.push_back(std::move(score));
    }
    return report;
}

Share PairReport::all() const {
    Share sum;
    for (const PairScore& score : scores) {
        sum.hits += score.followed.hits;
        sum.count += score.followed.count;
    }
    return sum;
}

std::string PairReport::text() const {
    std::string result = "One word of the prompt changes, and the measured attribute follows (guessing: half):\n";
    for (const PairScore& score : scores)
        result += fmt::format("  {:<6} {:>16} / {:<16} {:>2} of {:<2}   \"{}\"\n", score.pair.attribute,
                              score.pair.firstLabel, score.pair.secondLabel, score.followed.hits, score.followed.count,
                              score.pair.second);
    const Share sum = all();
    return result + fmt::format("  all    {} of {}: {:.0f}% ({:.0f}–{:.0f})\n", sum.hits, sum.count, 100.0 * sum.rate(),
                                100.0 * sum.interval().low, 100.0 * sum.interval().high);
}

std::string PairReport::json() const {
    using Json = nlohmann::ordered_json;
    Json pairs = Json::array();
    for (const PairScore& score : scores)
        pairs.push_back({{"attribute", score.pair.attribute},
                         {"first", score.pair.first},
                         {"second", score.pair.second},
                         {"followed", score.followed.hits},
                         {"count", score.followed.count}});
    return Json{{"pairs", std::move(pairs)}, {"followed", all().hits}, {"count", all().count}}.dump();
}

} // namespace n2m::evaluation
