#include "tests/support/TinyBundle.h"

#include "engine/audio/LogSpectrum.h"
#include "engine/cascade/PlanTensors.h"
#include "engine/cascade/Planner.h"
#include "engine/embedding/EmbeddingModel.h"
#include "engine/model/Bundle.h"
#include "engine/model/NoteSpectraFile.h"
#include "engine/network/UNet.h"
#include "engine/plan/NoteSpectra.h"

#include <torch/utils.h>

namespace n2m::test {

namespace fs = std::filesystem;
using model::StageConfig;
using model::StageKind;

namespace {

constexpr int textWidth = 16; // of tests/data/t5/v1_1

StageConfig stage(const char* name, StageKind kind, int sampleRate) {
    StageConfig config;
    config.name = name;
    config.kind = kind;
    config.sampleRate = sampleRate;
    config.diffusion.prediction = diffusion::Prediction::V;
    config.diffusion.dataDeviation = kind == StageKind::SpectrogramGenerator ? 0.36f : 0.15f;
    config.sampling.sampler = sampling::SamplerKind::DpmPlusPlus2M;
    config.sampling.steps = 2;
    config.sampling.guidance = 2.0f;
    config.sampling.planGuidance = 2.0f;
    config.sampling.clipPercentile = 0.0f;
    config.network.base = 16;
    config.network.heads = 2;
    return config;
}

void setDepths(network::UNetConfig& network, std::vector<int> strides, bool attends) {
    const std::size_t depth = strides.size();
    network.strides = std::move(strides);
    network.kernels.assign(depth, 3);
    network.multipliers.assign(depth, 1);
    network.blocks.assign(depth, 1);
    network.selfAttention.assign(depth, false);
    network.crossAttention.assign(depth, false);
    network.selfAttention.back() = network.crossAttention.back() = attends;
    if (attends) network.textWidth = textWidth;
}

StageConfig spectrogramGenerator() {
    StageConfig config = stage("spectrogram-generator", StageKind::SpectrogramGenerator, 100);
    config.textTokens = 24;
    config.plan = true;
    config.network.dataChannels = 80;
    config.network.stackedChannels = cascade::stackedPlanChannels(true);
    config.sampling.clipPercentile = 0.995f;
    setDepths(config.network, {4, 2}, true);
    return config;
}

StageConfig vocoder() {
    StageConfig config = stage("vocoder", StageKind::Vocoder, 16000);
    config.griffinLim = true;
    config.network.stackedChannels = 1;
    config.network.alignedChannels = 80;
    config.network.alignedAt = network::AlignedAt::EveryLevel;
    config.network.patch = 10;
    setDepths(config.network, {4}, false);
    return config;
}

StageConfig spectrumVocoder() {
    StageConfig config = stage("vocoder", StageKind::Vocoder, 100);
    config.spectrumRate = 24000;
    config.network.dataChannels = audio::SpectrumConfig::at(config.spectrumRate).bins();
    config.network.alignedChannels = 80;
    config.network.alignedAt = network::AlignedAt::EveryLevel;
    setDepths(config.network, {2}, false);
    return config;
}

StageConfig waveformGenerator() {
    StageConfig config = stage("waveform-generator", StageKind::WaveformGenerator, 3200);
    config.textTokens = 24;
    config.network.patch = 4;
    setDepths(config.network, {4, 4}, true);
    return config;
}

StageConfig waveformCascader() {
    StageConfig config = stage("waveform-cascader", StageKind::WaveformCascader, 16000);
    config.textTokens = 16;
    config.lowRate = 3200;
    config.network.stackedChannels = 1;
    config.network.patch = 10;
    setDepths(config.network, {4, 4}, false);
    config.network.crossAttention.back() = true;
    config.network.textWidth = textWidth;
    return config;
}

StageConfig superResolution() {
    StageConfig config = stage("super-resolution", StageKind::SuperResolution, 24000);
    config.lowRate = 16000;
    config.network.stackedChannels = 1;
    config.network.patch = 12;
    setDepths(config.network, {4}, false);
    return config;
}

plan::PlanVocabulary vocabulary() {
    plan::PlanVocabulary result;
    result.genres = {"ballad", "rock"};
    result.metres = {3, 4};
    result.progressions = {{false, "I V vi IV"}, {true, "i bVI bIII bVII"}};
    result.forms = {{"song", {{"verse", 1.0, 0.4f}, {"chorus", 1.0, 0.8f}}}};
    return result;
}

// Networks start with an output of zero; random numbers make them depend on their inputs.
void randomise(torch::nn::Module& module) {
    const torch::NoGradGuard noGradients;
    for (torch::Tensor& parameter : module.parameters()) {
        if (parameter.abs().max().item<double>() == 0.0) parameter.normal_(0.0, 0.1);
    }
}

} // namespace

plan::NoteSpectra tinyNoteSpectra() {
    plan::NoteSpectra::Instrument instrument{36, 200.0f, {}};
    for (int pitch = 0; pitch < 60; ++pitch)
        for (std::size_t age = 0; age < plan::NoteSpectra::ages.size(); ++age)
            for (int band = 0; band < plan::NoteSpectra::bands; ++band)
                instrument.levels.push_back(band == pitch ? 200 : 0);
    plan::NoteSpectra::Instrument kit = instrument;
    kit.release = 0.0f;
    return plan::NoteSpectra({{0, instrument}, {plan::firstDrumKit, kit}});
}

model::CascadeConfig tinyCascade(const TinyBundle& parts) {
    model::CascadeConfig cascade;
    cascade.name = "tiny";
    cascade.licence = "Apache-2.0";
    cascade.seconds = 1.0;
    if (parts.planner) cascade.planner = "planner.safetensors";
    if (parts.spectrogramRoute) {
        cascade.noteSpectra = "note-spectra.safetensors";
        cascade.stages = {spectrogramGenerator(), parts.spectrumVocoder ? spectrumVocoder() : vocoder()};
    }
    if (parts.waveformRoute) {
        cascade.stages.push_back(waveformGenerator());
        cascade.stages.push_back(waveformCascader());
    }
    if (parts.superResolution) cascade.stages.push_back(superResolution());
    return cascade;
}

void makeTinyEmbedding(const fs::path& folder) {
    embedding::EmbeddingConfig config;
    config.dimensions = 16;
    config.buckets = 512;
    config.wordWidth = config.textWidth = config.textHidden = 16;
    config.textLayers = 1;
    config.bandWidth = config.rhythmWidth = config.audioHidden = 16;
    config.channels = {4, 4, 4, 4};
    torch::manual_seed(7);
    embedding::EmbeddingModel(config).save(folder);
}

void makeTinyBundle(const fs::path& folder, const TinyBundle& parts) {
    fs::create_directories(folder / "text");
    for (const char* file : {"config.json", "model.safetensors", "spiece.model"}) {
        fs::copy_file(fs::path(N2M_SOURCE_DIR) / "tests/data/t5/v1_1" / file, folder / "text" / file,
                      fs::copy_options::overwrite_existing);
    }
    const model::CascadeConfig cascade = tinyCascade(parts);
    torch::manual_seed(7);
    for (const StageConfig& config : cascade.stages) {
        network::UNet network(config.network);
        randomise(network);
        model::writeBundleStage(folder, cascade, config.name, network);
    }
    if (parts.spectrogramRoute) model::writeNoteSpectra(folder / cascade.noteSpectra, tinyNoteSpectra());
    if (parts.planner) cascade::Planner(vocabulary(), textWidth).save(folder / "planner.safetensors");
    if (parts.embedding) {
        makeTinyEmbedding(folder / model::embeddingFolderName);
        model::listEmbedding(folder);
    }
}

} // namespace n2m::test
