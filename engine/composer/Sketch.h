#pragma once

#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/PlanBuilder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace n2m::composer {

/// The facts about a clip that captions state. A plain value; every field is true of the rendered sound.
struct Attributes {
    std::string genre, lead, mood;
    std::string era;   ///< empty = none that is audible
    std::string tempo; ///< "very slow", "slow", "mid-tempo", "fast", "very fast"
    int bpm = 120;
    std::string key; ///< "A minor"
    bool minor = false;
    int beatsPerBar = 4;
    std::string feel;              ///< "straight", "swing8", "swing16", "triplet"
    std::string progression;       ///< degrees of the first progression, a member of Vocabulary::progressions()
    std::string chorusProgression; ///< of choruses, drops and bridges; equal to the first in many clips
    std::string form;              ///< a name of Vocabulary::forms()
    double energy = 0.5;           ///< mean over the sections, 0 … 1
    bool drums = false;
    std::vector<std::string> instruments; ///< the accompanying ones, as Vocabulary names them
    bool unusualLead = false;             ///< the lead is not one of the genre's own
    bool reserved = false;                ///< genre and lead are a combination that no training clip has
    bool operator==(const Attributes&) const = default;
};

/// An accompanying part with its instrument and style.
struct PartSketch {
    std::string instrument;
    int program = 0; ///< bank × 1000 + program
    std::string style;
    std::string loudStyle; ///< in loud sections; often the same
    bool bass = false;
    double from = 0.0, until = 1.01, gain = -8.0;
    int low = 48, high = 74, voices = 4;
    bool operator==(const PartSketch&) const = default;
    /// The style in a section of this energy.
    const std::string& styleAt(double energy) const { return energy > loudEnergy ? loudStyle : style; }
    static constexpr double loudEnergy = 0.74;
};

/// All choices of a clip but no notes: cheap to draw. A plain value.
struct Sketch {
    std::uint64_t seed = 0;
    Attributes attributes;
    plan::PlanSketch plan;
    int leadProgram = 0;
    std::vector<PartSketch> parts;
    std::string drums;          ///< name of the drum pattern; empty = none
    std::string loudDrums;      ///< in loud sections; often the same
    bool melody = true;         ///< the lead plays
    bool alone = false;         ///< nobody but the lead plays, so it must not rest for long
    bool harmonised = false;    ///< a second voice follows the lead in thirds where it is loud
    double melodyDensity = 0.0; ///< added to the density of the genre and the mood, as the texture asks
    int kit = 0;
    double drumsFrom = 0.28, drumGain = -4.0, pump = 0.0;
    const std::string& drumsAt(double energy) const { return energy > PartSketch::loudEnergy ? loudDrums : drums; }
    double swing = 0.5; ///< where the second half of a swung pair begins, 0.5 … 0.67
    Finish finish;
};

/// A tempo in a word, as in Attributes.
std::string tempoWord(double bpm);

/// Whether no training clip has this combination of genre and lead: the evaluation asks for combinations never seen.
bool isReserved(const Vocabulary& vocabulary, const std::string& genre, const std::string& lead);

/// Held-out clips are those whose seed divides by ten.
bool isHeldOut(std::uint64_t seed);

/// Deterministic: the same seed gives the same sketch on every machine. `seconds` decides how many bars there are.
Sketch drawSketch(const Vocabulary& vocabulary, std::uint64_t seed, double seconds = 30.0);

/// The choices that a caller has made; the rest is drawn.
struct FixedChoices {
    Style style;
    const plan::Plan* plan = nullptr; ///< its tempo, metre, key and sections are taken
};
Sketch drawSketch(const Vocabulary& vocabulary, std::uint64_t seed, double seconds, const FixedChoices& fixed);

} // namespace n2m::composer
