#pragma once

#include "engine/evaluation/Spectrogram.h"
#include "engine/plan/Plan.h"

#include <optional>
#include <vector>

namespace n2m::evaluation {

/// A tempo and its strength, from the repetition of onsets after one, two … twelve beats; no parameter is trained.
struct TempoReading {
    double bpm = 0.0;      ///< 50 … 190; 0 if nothing repeats (silence, a clip of less than two seconds)
    double strength = 0.0; ///< mean autocorrelation at those beats, up to 1
};

/// The onset strength of groups of neighbouring bands, [groups][frames]: the rise of the log-mel over 30 ms, minus its
/// mean over the second around, at least 0.
std::vector<std::vector<float>> onsetStrengths(const Spectrogram& spectrogram, int groups = 4);

/// The tempo between 50 and 190 bpm at whose multiples the autocorrelation of the onset strengths (mean over four
/// groups of bands) is highest, with a mild preference for 110 bpm (a Gaussian over log2 of the tempo, one octave
/// wide), as in Ellis, "Beat tracking by dynamic programming" (2007). Pure function: any thread.
TempoReading detectTempo(const Spectrogram& spectrogram);

/// True for tempi within 5% of each other.
bool sameTempo(double heard, double wanted);
/// True also at half or twice the tempo, and a third or three times in triple metre, on which people disagree too.
bool sameTempoOrOctave(double heard, double wanted, int beatsPerBar);

/// The correlation (−1 … 1) of the onset strength with bumps of 20 ms at the plan's beats. Empty if the plan has no
/// beats within the clip, or the clip no onsets.
std::optional<double> beatAgreement(const Spectrogram& spectrogram, const plan::Plan& plan);

} // namespace n2m::evaluation
