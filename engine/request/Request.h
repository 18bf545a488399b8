#pragma once

#include "engine/plan/Plan.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace n2m {

/// How one stage is to be sampled, where that differs from the bundle's defaults.
struct StageSettings {
    std::optional<int> steps;
    std::optional<std::string> sampler;  ///< "ancestral", "ddim", "dpmpp"
    std::optional<std::string> schedule; ///< a name of sampling::StepSchedule
    std::optional<double> gamma;
    std::optional<double> guidance;
    std::optional<double> planGuidance;
    std::optional<double> temperature = std::nullopt;
};

/// A sound of which only a range is made anew, with the rest before its eyes; that rest stays as it is to the sample.
/// Where the range lies at the sound's end and reaches beyond, the sound is continued.
struct Repaint {
    std::string file;             ///< the sound, absolute or relative to `folder`
    double from = 0.0, to = 0.0;  ///< the range in seconds
    std::filesystem::path folder; ///< empty: the current one. Not kept with the request: a library may be moved

    static constexpr double shortestRange = 0.1; ///< seconds
    static constexpr double overlap = 0.1;       ///< seconds of a sound's end that are made anew when it is continued
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

    bool plan = true; ///< false: text alone, the paper's own
    std::optional<double> bpm;
    std::optional<std::string> key;    ///< "A minor"
    std::optional<std::string> chords; ///< "Am F C G": a chord a bar, repeated
    std::optional<plan::Plan>
        givenPlan; ///< used as it is (cut or empty beyond its end), instead of bpm, key and chords

    std::optional<Repaint> repaint;

    bool spectrogramOnly = false; ///< stop after the spectrogram generator: Generation.clip stays empty. For measuring

    static constexpr std::size_t maximumPromptBytes = 4096;
    static constexpr double minimumSeconds = 1.0, maximumSeconds = 120.0;

    /// Throws std::invalid_argument with one line that says which setting is wrong and what it may be: an empty prompt
    /// or one that is too long or not UTF-8, NaN, negative or absurd numbers, unknown names.
    void validate() const;
};

} // namespace n2m
