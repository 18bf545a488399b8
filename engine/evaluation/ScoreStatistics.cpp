#include "engine/evaluation/ScoreStatistics.h"

#include "engine/base/Random.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/ScoreRoll.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>

namespace n2m::evaluation {

using plan::Note;
using plan::Part;
using plan::positionsPerBeat;

namespace {

constexpr int barsBefore = 8; // among which a bar's model is looked for
constexpr int runStep = 2;

// A note in positions of the plan's grid.
struct Placed {
    int from, until, pitch;
};

std::vector<Placed> placed(const Part& part, const plan::BeatGrid& grid) {
    std::vector<Placed> notes;
    const auto at = [&](double seconds) {
        return static_cast<int>(std::lround(grid.beatAt(seconds) * positionsPerBeat));
    };
    for (const Note& note : part.notes)
        notes.push_back({at(note.start), std::max(at(note.end), at(note.start) + 1), note.pitch});
    std::sort(notes.begin(), notes.end(),
              [](const Placed& a, const Placed& b) { return a.from != b.from ? a.from < b.from : a.pitch > b.pitch; });
    return notes;
}

// The highest note of every onset: of a lead in chords, its melody.
std::vector<Placed> melodyOf(const plan::Plan& plan, const plan::BeatGrid& grid) {
    std::vector<Placed> melody;
    const Part* lead = plan::partOf(plan, plan::ScoreSlot::Lead);
    if (!lead) return melody;
    for (const Placed& note : placed(*lead, grid)) {
        if (melody.empty() || note.from > melody.back().from) melody.push_back(note);
    }
    return melody;
}

bool inScale(int pitch, const plan::Key& key) {
    constexpr std::array<int, 7> major{0, 2, 4, 5, 7, 9, 11};
    constexpr std::array<int, 9> minor{0, 2, 3, 5, 7, 8, 9, 10, 11};
    const int degree = (pitch - key.tonic + 120) % 12;
    return key.minor ? std::find(minor.begin(), minor.end(), degree) != minor.end()
                     : std::find(major.begin(), major.end(), degree) != major.end();
}

plan::Key keyOf(const std::array<double, 12>& weights) {
    constexpr std::array<double, 12> major{6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
    constexpr std::array<double, 12> minor{6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};
    plan::Key best;
    double most = -1e300;
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (const bool isMinor : {false, true}) {
            const auto& profile = isMinor ? minor : major;
            const double mean = std::accumulate(profile.begin(), profile.end(), 0.0) / 12.0;
            double product = 0.0, square = 0.0;
            for (std::size_t degree = 0; degree < 12; ++degree) {
                const double value = profile[degree] - mean;
                product += value * weights[(degree + static_cast<std::size_t>(tonic)) % 12];
                square += value * value;
            }
            if (product / std::sqrt(square) > most) {
                most = product / std::sqrt(square);
                best = {tonic, isMinor};
            }
        }
    }
    return best;
}

void measurePitches(const plan::Plan& plan, const plan::BeatGrid& grid, ScoreStatistics& result) {
    std::array<double, 12> counts{}, lengths{};
    double notes = 0.0, right = 0.0, chordTime = 0.0, chordRight = 0.0;
    for (const Part& part : plan.parts) {
        if (part.role == Part::Role::Drums) continue;
        for (const Note& note : part.notes) {
            counts[static_cast<std::size_t>(note.pitch % 12)] += 1.0;
            lengths[static_cast<std::size_t>(note.pitch % 12)] += note.end - note.start;
            notes += 1.0;
            right += inScale(note.pitch, plan.key);
            // Just after its start: players may come a little early.
            const plan::Chord chord = plan::chordAt(plan, note.start + std::min(0.05, 0.5 * (note.end - note.start)));
            if (part.role == Part::Role::Lead || chord.tones == 0) continue;
            chordTime += note.end - note.start;
            if (chord.tones & (1u << (note.pitch % 12))) chordRight += note.end - note.start;
        }
    }
    if (notes == 0.0) return;
    double entropy = 0.0;
    for (const double count : counts)
        if (count > 0.0) entropy -= count / notes * std::log2(count / notes);
    result.pitchClassEntropy = entropy;
    result.inKey = right / notes;
    result.keyFound = keyOf(lengths) == plan.key ? 1.0 : 0.0;
    if (chordTime > 0.0) result.inChord = chordRight / chordTime;
    if (grid.beats() > 0) result.notesPerBeat = notes / grid.beats();
}

void measureMelody(const plan::Plan& plan, const plan::BeatGrid& grid, ScoreStatistics& result) {
    const std::vector<Placed> melody = melodyOf(plan, grid);
    if (melody.size() < 2) return;
    int low = 127, high = 0, leaps = 0, silent = 0, sounding = melody.front().from, offBeat = 0;
    for (std::size_t n = 0; n < melody.size(); ++n) {
        const Placed& note = melody[n];
        low = std::min(low, note.pitch);
        high = std::max(high, note.pitch);
        silent += std::max(0, note.from - sounding);
        sounding = std::max(sounding, note.until);
        if (n > 0 && std::abs(note.pitch - melody[n - 1].pitch) > 5) ++leaps;
        const int next = (note.from / positionsPerBeat + 1) * positionsPerBeat;
        if (note.from % positionsPerBeat != 0 && note.until > next) ++offBeat;
    }
    result.leadRests = static_cast<double>(silent) / std::max(1, sounding - melody.front().from);
    result.leadRange = high - low;
    result.leadLeaps = static_cast<double>(leaps) / static_cast<double>(melody.size() - 1);
    result.syncopation = static_cast<double>(offBeat) / static_cast<double>(melody.size());
}

using BarSet = std::set<std::pair<int, int>>; // position in the bar, and pitch or drum (+ 1000)

// Every part's notes by bar.
std::vector<BarSet> barsOf(const plan::Plan& plan, const plan::BeatGrid& grid, const Part* only = nullptr) {
    std::vector<int> starts;
    for (int beat = 0; beat < grid.beats(); ++beat)
        if (grid.placeInBar(beat) < 1e-6) starts.push_back(beat * positionsPerBeat);
    std::vector<BarSet> bars(starts.size());
    for (const Part& part : plan.parts) {
        if (only && only != &part) continue;
        for (const Placed& note : placed(part, grid)) {
            const auto after = std::upper_bound(starts.begin(), starts.end(), note.from);
            if (after == starts.begin()) continue;
            bars[static_cast<std::size_t>(after - starts.begin() - 1)].insert(
                {note.from - *(after - 1), note.pitch + (part.role == Part::Role::Drums ? 1000 : 0)});
        }
    }
    return bars;
}

double likeness(const BarSet& a, const BarSet& b) {
    std::size_t shared = 0;
    for (const auto& each : a)
        shared += b.contains(each);
    const std::size_t all = a.size() + b.size() - shared;
    return all ? static_cast<double>(shared) / static_cast<double>(all) : 0.0;
}

void measureBars(const plan::Plan& plan, const plan::BeatGrid& grid, ScoreStatistics& result) {
    const std::vector<BarSet> bars = barsOf(plan, grid);
    double repeated = 0.0, groove = 0.0;
    int counted = 0, pairs = 0;
    for (std::size_t bar = 1; bar < bars.size(); ++bar) {
        if (bars[bar].empty()) continue;
        double best = 0.0;
        for (std::size_t before = bar > barsBefore ? bar - barsBefore : 0; before < bar; ++before)
            best = std::max(best, likeness(bars[bar], bars[before]));
        repeated += best;
        ++counted;
        std::set<int> here, last;
        for (const auto& note : bars[bar])
            here.insert(note.first / 3); // sixteenths
        for (const auto& note : bars[bar - 1])
            last.insert(note.first / 3);
        if (last.empty()) continue;
        std::vector<int> differing;
        std::set_symmetric_difference(here.begin(), here.end(), last.begin(), last.end(),
                                      std::back_inserter(differing));
        groove += 1.0 - static_cast<double>(differing.size()) / (4.0 * std::max(1, plan.beatsPerBar));
        ++pairs;
    }
    if (counted > 0) result.repetition = repeated / counted;
    if (pairs > 0) result.groove = groove / pairs;
}

std::vector<std::uint64_t> symbolsOf(const plan::Plan& plan) {
    const std::vector<Placed> melody = melodyOf(plan, plan::BeatGrid(plan));
    std::vector<std::uint64_t> symbols;
    for (std::size_t n = 1; n < melody.size(); ++n) {
        const int interval = melody[n].pitch - melody[n - 1].pitch + 128;
        const int distance = std::min(melody[n].from - melody[n - 1].from, 96);
        symbols.push_back(static_cast<std::uint64_t>(interval * 128 + distance));
    }
    return symbols;
}

std::uint64_t hashOf(const std::vector<std::uint64_t>& symbols, std::size_t from, std::size_t count) {
    std::uint64_t hash = count;
    for (std::size_t n = from; n < from + count; ++n)
        hash = base::derivedSeed(hash, symbols[n]);
    return hash;
}

} // namespace

ScoreStatistics statisticsOf(const plan::Plan& plan) {
    ScoreStatistics result;
    const plan::BeatGrid grid(plan);
    measurePitches(plan, grid, result);
    measureMelody(plan, grid, result);
    measureBars(plan, grid, result);
    int onsets = 0, onBeats = 0, drums = 0;
    for (const Part& part : plan.parts) {
        for (const Placed& note : placed(part, grid)) {
            ++onsets;
            onBeats += note.from % positionsPerBeat == 0;
            drums += part.role == Part::Role::Drums;
        }
    }
    if (onsets > 0) result.onBeats = static_cast<double>(onBeats) / onsets;
    if (drums > 0 && grid.beats() > 0) result.drumsPerBeat = static_cast<double>(drums) / grid.beats();
    return result;
}

void MelodyRuns::add(const plan::Plan& plan) {
    m_hashes.resize(longestRun / runStep + 1);
    const std::vector<std::uint64_t> symbols = symbolsOf(plan);
    for (std::size_t index = 1; index < m_hashes.size(); ++index) {
        const std::size_t count = index * runStep - 1; // n notes have n − 1 intervals
        for (std::size_t from = 0; from + count <= symbols.size(); ++from)
            m_hashes[index].push_back(hashOf(symbols, from, count));
    }
}

void MelodyRuns::finish() {
    for (std::vector<std::uint64_t>& hashes : m_hashes) {
        std::sort(hashes.begin(), hashes.end());
        hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    }
}

int MelodyRuns::longestShared(const plan::Plan& plan) const {
    const std::vector<std::uint64_t> symbols = symbolsOf(plan);
    int longest = 0;
    for (std::size_t index = 1; index < m_hashes.size(); ++index) {
        const std::size_t count = index * runStep - 1;
        bool found = false;
        for (std::size_t from = 0; from + count <= symbols.size() && !found; ++from)
            found = std::binary_search(m_hashes[index].begin(), m_hashes[index].end(), hashOf(symbols, from, count));
        if (!found) break; // a longer run would hold this one
        longest = static_cast<int>(index) * runStep;
    }
    return longest;
}

int sharedBars(const plan::Plan& one, const plan::Plan& other) {
    int longest = 0;
    for (int index = 0; index < plan::scoreSlotCount; ++index) {
        const auto slot = static_cast<plan::ScoreSlot>(index);
        const Part *first = plan::partOf(one, slot), *second = plan::partOf(other, slot);
        if (!first || !second) continue;
        const auto a = barsOf(one, plan::BeatGrid(one), first), b = barsOf(other, plan::BeatGrid(other), second);
        for (std::size_t i = 0; i < a.size(); ++i) {
            for (std::size_t j = 0; j < b.size(); ++j) {
                int run = 0;
                while (i + static_cast<std::size_t>(run) < a.size() && j + static_cast<std::size_t>(run) < b.size()) {
                    const BarSet& bar = a[i + static_cast<std::size_t>(run)];
                    if (bar.empty() || bar != b[j + static_cast<std::size_t>(run)]) break;
                    ++run;
                }
                longest = std::max(longest, run);
            }
        }
    }
    return longest;
}

} // namespace n2m::evaluation
