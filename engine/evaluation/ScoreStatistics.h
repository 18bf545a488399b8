#pragma once

#include "engine/plan/Plan.h"

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace n2m::evaluation {

/// The figures of one score that musicians look at, on the plan's beats. Empty where the score has nothing to measure.
/// A plain value.
struct ScoreStatistics {
    std::optional<double> pitchClassEntropy; ///< of all pitched notes, bits (0 … 3.58)
    std::optional<double> inKey;        ///< share of pitched notes in the key's scale; minor takes 6 and 7 either way
    std::optional<double> keyFound;     ///< 1 where the key profile of Krumhansl & Kessler (1982) finds tonic and mode
    std::optional<double> inChord;      ///< share of the time of bass and accompaniment on tones of the plan's chords
    std::optional<double> leadRests;    ///< share of the time, from its first to its last note, in which the lead rests
    std::optional<double> leadRange;    ///< semitones from its lowest to its highest note
    std::optional<double> leadLeaps;    ///< share of the lead's intervals of more than five semitones
    std::optional<double> repetition;   ///< mean over the bars of the best likeness to one of the eight bars before
    std::optional<double> groove;       ///< mean likeness of the onsets of neighbouring bars (Wu & Yang, 2020)
    std::optional<double> syncopation;  ///< share of the lead's notes that begin off a beat and last over the next
    std::optional<double> onBeats;      ///< share of all onsets on a beat
    std::optional<double> notesPerBeat; ///< of the pitched parts
    std::optional<double> drumsPerBeat;
};

/// Measures the plan's parts. Pure function: any thread.
ScoreStatistics statisticsOf(const plan::Plan& plan);

/// The melodies of pieces as runs of (interval, time to the next note in twelfths of a beat): the key and the place do
/// not matter. Answers how much of a melody is in one of them already.
class MelodyRuns {
public:
    /// The longest run that is recognised, in notes.
    static constexpr int longestRun = 64;

    void add(const plan::Plan& plan);
    /// To be called once, after the last add().
    void finish();
    /// Notes of the longest run of the plan's lead that is in an added piece; 0 without a lead.
    int longestShared(const plan::Plan& plan) const;

private:
    // For each length 2, 4, 6, … of runs, sorted hashes.
    std::vector<std::vector<std::uint64_t>> m_hashes;
};

/// The most successive bars from the start of a bar that two scores share note for note in a part that both have, rests
/// apart.
int sharedBars(const plan::Plan& one, const plan::Plan& other);

} // namespace n2m::evaluation
