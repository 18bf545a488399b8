#pragma once

#include "engine/evaluation/Spectrogram.h"
#include "engine/plan/Plan.h"

#include <optional>
#include <vector>

namespace n2m::evaluation {

/// Tempo without a fitted parameter: how strongly the onsets repeat after one, two … twelve beats.
struct TempoReading {
    double bpm = 0.0;      ///< 50 … 190; 0 where nothing repeats (silence, a clip of less than two seconds)
    double strength = 0.0; ///< mean autocorrelation at those beats, up to 1: how sure a grid there is
};

/// Onset strength of a group of neighbouring bands: the rise of the log-mel over 30 ms, less its mean over the second
/// around, negative parts cut. [groups][frames]
std::vector<std::vector<float>> onsetStrengths(const Spectrogram& spectrogram, int groups = 4);

/// The tempo between 50 and 190 bpm whose multiples the autocorrelation of the onset strengths (mean over four groups
/// of bands) likes best, with a mild preference for 110 bpm (a Gaussian over log2 of the tempo, one octave wide), as in
/// Ellis, "Beat tracking by dynamic programming" (2007). Pure function: any thread.
TempoReading detectTempo(const Spectrogram& spectrogram);

/// Within 5% of each other.
bool sameTempo(double heard, double wanted);
/// Also at half or twice the tempo, and a third or three times in triple metre: people disagree on those as well.
bool sameTempoOrOctave(double heard, double wanted, int beatsPerBar);

/// Correlation (−1 … 1) of the onset strength with bumps of 20 ms at the plan's beats. Nothing where the plan has no
/// beats within the clip, or the clip no onsets.
std::optional<double> beatAgreement(const Spectrogram& spectrogram, const plan::Plan& plan);

} // namespace n2m::evaluation
