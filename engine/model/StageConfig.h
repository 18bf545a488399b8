#pragma once

#include "engine/diffusion/DiffusionConfig.h"
#include "engine/network/UNetConfig.h"
#include "engine/sampling/SamplerKind.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace n2m::model {

enum class StageKind {
    SpectrogramGenerator,
    WaveformGenerator,
    WaveformCascader,
    Vocoder,
    SuperResolution,
    ScoreGenerator
};

/// The defaults of inference.
struct SamplingConfig {
    sampling::SamplerKind sampler = sampling::SamplerKind::Ancestral;
    int steps = 1000;
    std::string schedule = "uniform"; ///< a name that sampling::StepSchedule knows
    float gamma = 0.0f;               ///< stochasticity of the ancestral sampler
    float guidance = 1.0f;            ///< text guidance weight w; 1 = none
    float planGuidance = 1.0f;        ///< the plan's own weight
    float clipPercentile = 0.995f;    ///< of dynamic thresholding (Imagen, Saharia et al., 2022); 0 = off
    float clipLimit = 1.0f;           ///< the least threshold: x_0 may always reach it
    float temperature = 1.0f;         ///< factor of all noise of the sampler: less = smoother, less variety
    bool operator==(const SamplingConfig&) const = default;
};

/// The settings of a stage's training.
struct TrainingConfig {
    int batch = 8;
    std::int64_t steps = 100000; ///< the decay of the learning rate ends here
    double learningRate = 1e-4;
    double beta1 = 0.9, beta2 = 0.999;
    double weightDecay = 0.0;
    int warmUp = 10000;
    double decayFrom = 0.0;    ///< fraction of the steps after which the cosine decay starts; 0 = at once, the paper
    double gradientClip = 0.0; ///< 0 = off
    double ema = 0.9999;
    double textDropout = 0.1;
    double planDropout = 0.15;
    double scoreDropout = 0.1;           ///< of the score alone, for a network that takes one
    double snippetSeconds = 0.0;         ///< 0 = whole clips; of scores, beats
    double composedShare = 0.6;          ///< (scores) the share of clips that the composer writes
    double augmentationTime = 0.0;       ///< t_max of the noise on the conditioning; 0 = off
    double blurMin = 0.0, blurMax = 0.0; ///< standard deviation of the blur of the conditioning; 0 = off
    bool operator==(const TrainingConfig&) const = default;
};

/// One stage of a cascade: everything except its weights. A plain value.
struct StageConfig {
    std::string name; ///< also the stem of its weights file
    StageKind kind = StageKind::SpectrogramGenerator;
    int sampleRate = 16000;  ///< of its output: samples/s, spectrogram frames/s, or a score's positions to the beat
    int lowRate = 0;         ///< sample rate of the audio it is conditioned on; 0 = none
    int textTokens = 0;      ///< the maximum of the text; 0 = takes no text
    bool plan = false;       ///< takes a musical plan, stacked at the entry
    bool griffinLim = false; ///< (vocoder) a Griffin-Lim estimate is stacked at the entry
    /// (vocoder) 0 = it makes the waveform. Else it makes the log-magnitude spectrum, at 100 frames/s, of sound at this
    /// rate, as the difference from an estimate from the log-mel spectrogram (audio::LogSpectrum); Griffin-Lim finds
    /// the phases.
    int spectrumRate = 0;
    network::UNetConfig network;
    diffusion::DiffusionConfig diffusion;
    SamplingConfig sampling;
    TrainingConfig training;

    int soundRate() const { return spectrumRate > 0 ? spectrumRate : sampleRate; } ///< of the sound in the end
    bool operator==(const StageConfig&) const = default;
};

/// The table of contents of a cascade: `cascade.json` of a bundle, or a configuration in assets/.
struct CascadeConfig {
    std::string name;
    std::string licence;
    double seconds = 30.0;             ///< the length of a clip by default
    std::string text = "text";         ///< folder of the text encoder, in the Hugging Face T5 layout
    std::string planner;               ///< file of the planner's weights; empty = none
    std::string noteSpectra;           ///< file of the note spectra (plan::NoteSpectra); empty = none
    std::string embedding;             ///< folder of the joint embedding of words and music; empty = none
    std::string vocoder = "diffusion"; ///< "diffusion" or "griffin-lim": the default way from spectrograms to sound
    std::string superResolution = "diffusion"; ///< "diffusion" or "fourier": the default way to 24 kHz
    std::string composer = "rules";            ///< "model" or "rules": the default writer of scores
    std::vector<StageConfig> stages;           ///< in the order in which they run
    std::string provenance;                    ///< JSON text: how each stage was trained; free form

    const StageConfig& stage(const std::string& name) const; ///< throws base::InvalidInput that lists the names
    const StageConfig* find(StageKind kind) const;           ///< nullptr if there is none
};

/// JSON <-> configuration. Reading throws base::Failure that names the field and what is wrong with it. Unknown fields
/// are errors, because they are misspelt; missing ones take the defaults above.
nlohmann::json toJson(const StageConfig& stage);
nlohmann::json toJson(const CascadeConfig& cascade);
CascadeConfig cascadeFromJson(const nlohmann::json& json);
CascadeConfig readCascade(const std::filesystem::path& file); ///< messages are prefixed with the file's name

std::string toString(StageKind kind);

} // namespace n2m::model
