#pragma once

#include "engine/plan/Plan.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace n2m {

/// The sampling settings of one stage that differ from the bundle's defaults.
struct StageSettings {
    std::optional<int> steps;
    std::optional<std::string> sampler;  ///< "ancestral", "ddim", "dpmpp"
    std::optional<std::string> schedule; ///< a name of sampling::StepSchedule
    std::optional<double> gamma;
    std::optional<double> guidance;
    std::optional<double> planGuidance;
    std::optional<double> temperature = std::nullopt;
};

/// A repaint: only a range of a sound is generated again, and the network sees the rest, which stays the same to the
/// sample. A range that reaches beyond the sound's end extends the sound.
struct Repaint {
    std::string file;             ///< the sound, absolute or relative to `folder`
    double from = 0.0, to = 0.0;  ///< the range in seconds
    std::filesystem::path folder; ///< empty: the current one. Not stored with the request, as a library may be moved

    static constexpr double shortestRange = 0.1;   ///< seconds
    static constexpr double overlap = 0.1;         ///< seconds of a sound's end that are repainted when it is extended
    static constexpr double usualExtension = 15.0; ///< seconds that an extension adds where no length is given
};

/// Everything that decides what a clip sounds like, apart from the bundle and the device. A plain value.
struct Request {
    std::string prompt;
    std::string negativePrompt;
    std::uint64_t seed = 0;
    double seconds = 30.0;
    std::string route = "spectrogram";          ///< or "waveform"
    std::vector<StageSettings> stages;          ///< in the order of the route's stages; may be shorter
    std::optional<std::string> vocoder;         ///< "diffusion" or "griffin-lim"; else the bundle's choice
    std::optional<std::string> superResolution; ///< "diffusion" or "fourier"; else the bundle's choice

    bool plan = true;                    ///< false: from the text alone, as in the paper
    std::optional<std::string> composer; ///< the writer of scores, "model" or "rules"; else the bundle's choice
    std::optional<double> bpm;
    std::optional<std::string> key;    ///< "A minor"
    std::optional<std::string> chords; ///< "Am F C G": a chord per bar, repeated
    /// Used as it is (cut or empty beyond its end), instead of bpm, key and chords.
    std::optional<plan::Plan> givenPlan;
    /// The given plan is a score from elsewhere. What it leaves open follows the prompt: instruments where it names
    /// none, the other parts where it is only a melody (composer::adapted).
    bool adaptGiven = false;
    /// Roles of the given plan's parts that stay while the model writes the others: "lead", "accompaniment", "bass",
    /// "drums". Empty: a given score is used as it is.
    std::vector<std::string> keep;

    std::optional<Repaint> repaint;

    bool spectrogramOnly = false; ///< stop after the spectrogram generator, with an empty Generation.clip: for tests

    static constexpr std::size_t maximumPromptBytes = 4096;
    static constexpr double minimumSeconds = 1.0, maximumSeconds = 120.0;

    /// Throws base::InvalidInput with one line that says which setting is wrong and what it may be: a prompt that is
    /// empty, too long or not UTF-8, NaN, negative or absurd numbers, unknown names. Any thread.
    void validate() const;
};

} // namespace n2m
