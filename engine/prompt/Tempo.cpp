#include "engine/prompt/Tempo.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace n2m::prompt {

namespace {

// The tempi that musicians call slow or fast, in quarters, in the beats of a waltz and in the eighths of six-eight
// time.
const TempoRange& classOf(const std::string& word, int beatsPerBar) {
    static const std::map<std::string, TempoRange> quarters{{"very slow", {46.0, 62.0}},
                                                            {"slow", {60.0, 86.0}},
                                                            {"mid-tempo", {92.0, 114.0}},
                                                            {"fast", {122.0, 150.0}},
                                                            {"very fast", {152.0, 184.0}}};
    static const std::map<std::string, TempoRange> threes{{"very slow", {66.0, 82.0}},
                                                          {"slow", {80.0, 108.0}},
                                                          {"mid-tempo", {112.0, 138.0}},
                                                          {"fast", {150.0, 180.0}},
                                                          {"very fast", {176.0, 192.0}}};
    static const std::map<std::string, TempoRange> sixes{{"very slow", {96.0, 120.0}},
                                                         {"slow", {120.0, 150.0}},
                                                         {"mid-tempo", {156.0, 204.0}},
                                                         {"fast", {216.0, 276.0}},
                                                         {"very fast", {270.0, 324.0}}};
    const auto& table = beatsPerBar == 3 ? threes : beatsPerBar == 6 ? sixes : quarters;
    const auto found = table.find(word);
    return found == table.end() ? table.at("mid-tempo") : found->second;
}

TempoRange ownRange(const composer::Genre& genre, int beatsPerBar) {
    TempoRange own{static_cast<double>(genre.slowest), static_cast<double>(genre.fastest)};
    if (beatsPerBar == 6)
        own = {std::clamp(own.slowest * 1.9, 132.0, 180.0), std::clamp(own.fastest * 1.9, 180.0, 276.0)};
    return own;
}

TempoRange spanOf(const std::set<std::string>& words, int beatsPerBar) {
    TempoRange span{1e9, 0.0};
    for (const std::string& word : words) {
        const TempoRange& range = classOf(word, beatsPerBar);
        span.slowest = std::min(span.slowest, range.slowest);
        span.fastest = std::max(span.fastest, range.fastest);
    }
    return span;
}

} // namespace

TempoRange tempoRange(const composer::Genre& genre, int beatsPerBar, const std::set<std::string>& words,
                      const std::set<std::string>& excluded) {
    const TempoRange own = ownRange(genre, beatsPerBar);
    // A genre of few tempi is one because of them.
    const double stretch = own.fastest / own.slowest < 1.2 ? 0.88 : 0.72;
    const TempoRange possible{own.slowest * stretch, std::min(own.fastest / stretch, beatsPerBar == 6 ? 330.0 : 192.0)};
    TempoRange range = own;
    if (!words.empty()) {
        const TempoRange wanted = spanOf(words, beatsPerBar);
        range = {std::max(wanted.slowest, possible.slowest), std::min(wanted.fastest, possible.fastest)};
        if (wanted.slowest > possible.fastest) range = {possible.fastest * 0.95, possible.fastest};
        if (wanted.fastest < possible.slowest) range = {possible.slowest, possible.slowest * 1.05};
    }
    if (excluded.contains("fast") || excluded.contains("very fast")) {
        const double limit = classOf(excluded.contains("fast") ? "mid-tempo" : "fast", beatsPerBar).fastest;
        range.fastest = std::max(std::min(range.fastest, limit), range.slowest);
        if (range.slowest >= limit) range = {possible.slowest, std::max(possible.slowest * 1.05, limit)};
    }
    if (excluded.contains("slow") || excluded.contains("very slow")) {
        const double limit = classOf(excluded.contains("slow") ? "mid-tempo" : "slow", beatsPerBar).slowest;
        range.slowest = std::min(std::max(range.slowest, limit), range.fastest);
        if (range.fastest <= limit) range = {std::min(possible.fastest * 0.95, limit), possible.fastest};
    }
    return range;
}

double tempoFit(const composer::Genre& genre, int beatsPerBar, const std::set<std::string>& words) {
    if (words.empty()) return 1.0;
    const TempoRange own = ownRange(genre, beatsPerBar), wanted = spanOf(words, beatsPerBar);
    const double common = std::min(own.fastest, wanted.fastest) - std::max(own.slowest, wanted.slowest);
    if (common >= 0.0) return 0.4 + 0.6 * std::min(1.0, common / (wanted.fastest - wanted.slowest));
    return 0.4 * std::exp(common / 12.0);
}

} // namespace n2m::prompt
