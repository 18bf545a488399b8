#include "engine/model/StageConfig.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/ObjectReader.h"
#include "engine/base/ShortestDecimal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace n2m::model {

using nlohmann::json;

namespace {

using diffusion::DiffusionConfig;
using diffusion::LossWeight;
using diffusion::Prediction;
using sampling::NoiseScheduleKind;
using sampling::SamplerKind;

// Names of the enumerations in JSON, in the order of their values.
template <typename Enum> const std::vector<std::string>& namesOf();
template <> const std::vector<std::string>& namesOf<StageKind>() {
    static const std::vector<std::string> names{"spectrogram-generator", "waveform-generator",
                                                "waveform-cascader",     "vocoder",
                                                "super-resolution",      "score-generator"};
    return names;
}
template <> const std::vector<std::string>& namesOf<Prediction>() {
    static const std::vector<std::string> names{"epsilon", "v", "x0"};
    return names;
}
template <> const std::vector<std::string>& namesOf<NoiseScheduleKind>() {
    static const std::vector<std::string> names{"cosine", "linear"};
    return names;
}
template <> const std::vector<std::string>& namesOf<LossWeight>() {
    static const std::vector<std::string> names{"simplified", "sigma", "truncated-snr"};
    return names;
}
template <> const std::vector<std::string>& namesOf<SamplerKind>() {
    return sampling::samplerNames();
}
template <> const std::vector<std::string>& namesOf<network::AlignedAt>() {
    static const std::vector<std::string> names{"bottom", "every-level"};
    return names;
}

template <typename Enum> std::string nameOf(Enum value) {
    return namesOf<Enum>().at(static_cast<std::size_t>(value));
}

// Reads an enumeration by its names.
template <typename Enum> void choose(base::ObjectReader& reader, const char* name, Enum& value) {
    reader.choice(name, value, namesOf<Enum>());
}

// A bundle may name only files in its own folder.
void checkFileName(const base::ObjectReader& reader, const char* field, const std::string& name) {
    const auto plain = [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    if (name.empty() || name.size() > 100 || name.front() == '.' || !std::all_of(name.begin(), name.end(), plain)) {
        reader.fail(
            field,
            base::Message(
                "a name of a file beside cascade.json was expected, of letters, digits, \".\", \"-\" and \"_\""));
    }
}

constexpr int mostChannels = 16384;

network::UNetConfig networkFromJson(const json& object, const std::string& path) {
    network::UNetConfig config;
    base::ObjectReader reader(object, path);
    reader.number("data_channels", config.dataChannels, 1, mostChannels);
    reader.number("stacked_channels", config.stackedChannels, 0, mostChannels);
    reader.number("aligned_channels", config.alignedChannels, 0, mostChannels);
    choose(reader, "aligned_at", config.alignedAt);
    reader.number("patch", config.patch, 1, 1024);
    reader.number("base", config.base, 2, mostChannels);
    reader.numbers("kernels", config.kernels, 1, 63);
    reader.numbers("strides", config.strides, 1, 64);
    reader.numbers("multipliers", config.multipliers, 1, 64);
    reader.numbers("blocks", config.blocks, 1, 64);
    reader.flags("self_attention", config.selfAttention);
    reader.flags("cross_attention", config.crossAttention);
    reader.number("heads", config.heads, 1, 256);
    reader.number("text_width", config.textWidth, 0, mostChannels);
    reader.flag("rotary_positions", config.rotaryPositions);
    reader.flag("pooled_text", config.pooledText);
    reader.number("refinement_channels", config.refinementChannels, 0, mostChannels);
    reader.finish();

    const std::size_t depth = config.strides.size();
    if (config.kernels.size() == 1) config.kernels.assign(depth, config.kernels.front());
    if (config.selfAttention.empty()) config.selfAttention.assign(depth, false);
    if (config.crossAttention.empty()) config.crossAttention.assign(depth, false);
    try {
        config.validate();
    } catch (const std::invalid_argument& error) {
        throw base::Failure(base::within(path, error));
    }
    return config;
}

DiffusionConfig diffusionFromJson(const json& object, const std::string& path) {
    DiffusionConfig config;
    base::ObjectReader reader(object, path);
    choose(reader, "prediction", config.prediction);
    choose(reader, "schedule", config.schedule);
    choose(reader, "weight", config.weight);
    reader.number("data_deviation", config.dataDeviation, 1e-4, 1e4);
    reader.finish();
    return config;
}

SamplingConfig samplingFromJson(const json& object, const std::string& path) {
    SamplingConfig config;
    base::ObjectReader reader(object, path);
    choose(reader, "sampler", config.sampler);
    reader.number("steps", config.steps, 1, 100000);
    reader.text("schedule", config.schedule);
    reader.number("gamma", config.gamma, 0, 1);
    reader.number("guidance", config.guidance, 0, 100);
    reader.number("plan_guidance", config.planGuidance, 0, 100);
    reader.number("clip_percentile", config.clipPercentile, 0, 1);
    reader.number("clip_limit", config.clipLimit, 1e-3, 1e3);
    reader.number("temperature", config.temperature, 0, 2);
    reader.finish();
    return config;
}

TrainingConfig trainingFromJson(const json& object, const std::string& path) {
    TrainingConfig config;
    base::ObjectReader reader(object, path);
    reader.number("batch", config.batch, 1, 65536);
    reader.number("steps", config.steps, 1, 1e9);
    reader.number("learning_rate", config.learningRate, 0, 1);
    reader.number("beta1", config.beta1, 0, 0.99999);
    reader.number("beta2", config.beta2, 0, 0.999999);
    reader.number("weight_decay", config.weightDecay, 0, 1);
    reader.number("warm_up", config.warmUp, 0, 1e8);
    reader.number("decay_from", config.decayFrom, 0, 1);
    reader.number("gradient_clip", config.gradientClip, 0, 1e6);
    reader.number("ema", config.ema, 0, 0.9999999);
    reader.number("text_dropout", config.textDropout, 0, 1);
    reader.number("plan_dropout", config.planDropout, 0, 1);
    reader.number("score_dropout", config.scoreDropout, 0, 1);
    reader.number("snippet_seconds", config.snippetSeconds, 0, 600);
    reader.number("composed_share", config.composedShare, 0, 1);
    reader.number("augmentation_time", config.augmentationTime, 0, 1);
    reader.number("blur_min", config.blurMin, 0, 100);
    reader.number("blur_max", config.blurMax, 0, 100);
    reader.finish();
    if (config.blurMax < config.blurMin) reader.fail("blur_max", base::Message("is less than blur_min"));
    return config;
}

StageConfig stageFromJson(const json& object, const std::string& path) {
    StageConfig config;
    base::ObjectReader reader(object, path);
    reader.text("name", config.name);
    if (!reader.find("kind")) reader.fail("kind", base::Message("is missing"));
    choose(reader, "kind", config.kind);
    if (config.name.empty()) config.name = toString(config.kind);
    checkFileName(reader, "name", config.name); // its weights are in name.safetensors
    reader.number("sample_rate", config.sampleRate, 1, 1000000);
    reader.number("low_rate", config.lowRate, 0, 1000000);
    reader.number("text_tokens", config.textTokens, 0, 4096);
    reader.flag("plan", config.plan);
    reader.flag("griffin_lim", config.griffinLim);
    reader.number("spectrum_rate", config.spectrumRate, 0, 1000000);
    const json* network = reader.find("network");
    if (!network) reader.fail("network", base::Message("is missing"));
    config.network = networkFromJson(*network, reader.at("network"));
    if (const json* field = reader.find("diffusion"))
        config.diffusion = diffusionFromJson(*field, reader.at("diffusion"));
    if (const json* field = reader.find("sampling")) config.sampling = samplingFromJson(*field, reader.at("sampling"));
    if (const json* field = reader.find("training")) config.training = trainingFromJson(*field, reader.at("training"));
    reader.finish();
    if (config.textTokens > 0 && config.network.textWidth == 0) {
        reader.fail("network.text_width",
                    base::Message("a stage with text tokens needs the width of the text embeddings"));
    }
    if ((config.plan || config.griffinLim || config.lowRate > 0) && config.network.stackedChannels == 0) {
        reader.fail("network.stacked_channels",
                    base::Message("a plan, low-rate audio or a Griffin-Lim estimate need channels to be stacked in"));
    }
    return config;
}

json networkToJson(const network::UNetConfig& config) {
    return {{"data_channels", config.dataChannels},
            {"stacked_channels", config.stackedChannels},
            {"aligned_channels", config.alignedChannels},
            {"aligned_at", nameOf(config.alignedAt)},
            {"patch", config.patch},
            {"base", config.base},
            {"kernels", config.kernels},
            {"strides", config.strides},
            {"multipliers", config.multipliers},
            {"blocks", config.blocks},
            {"self_attention", config.selfAttention},
            {"cross_attention", config.crossAttention},
            {"heads", config.heads},
            {"text_width", config.textWidth},
            {"rotary_positions", config.rotaryPositions},
            {"pooled_text", config.pooledText},
            {"refinement_channels", config.refinementChannels}};
}

} // namespace

const StageConfig& CascadeConfig::stage(const std::string& wanted) const {
    std::vector<std::string> names;
    for (const StageConfig& candidate : stages) {
        if (candidate.name == wanted) return candidate;
        names.push_back(candidate.name);
    }
    throw base::InvalidInput("there is no stage \"{}\"; the cascade has {}", wanted,
                             fmt::format("{}", fmt::join(names, ", ")));
}

const StageConfig* CascadeConfig::find(StageKind kind) const {
    for (const StageConfig& candidate : stages) {
        if (candidate.kind == kind) return &candidate;
    }
    return nullptr;
}

json toJson(const StageConfig& stage) {
    const TrainingConfig& training = stage.training;
    return {{"name", stage.name},
            {"kind", toString(stage.kind)},
            {"sample_rate", stage.sampleRate},
            {"low_rate", stage.lowRate},
            {"text_tokens", stage.textTokens},
            {"plan", stage.plan},
            {"griffin_lim", stage.griffinLim},
            {"spectrum_rate", stage.spectrumRate},
            {"network", networkToJson(stage.network)},
            {"diffusion",
             {{"prediction", nameOf(stage.diffusion.prediction)},
              {"schedule", nameOf(stage.diffusion.schedule)},
              {"weight", nameOf(stage.diffusion.weight)},
              {"data_deviation", base::shortestDecimal(stage.diffusion.dataDeviation)}}},
            {"sampling",
             {{"sampler", nameOf(stage.sampling.sampler)},
              {"steps", stage.sampling.steps},
              {"schedule", stage.sampling.schedule},
              {"gamma", base::shortestDecimal(stage.sampling.gamma)},
              {"guidance", base::shortestDecimal(stage.sampling.guidance)},
              {"plan_guidance", base::shortestDecimal(stage.sampling.planGuidance)},
              {"clip_percentile", base::shortestDecimal(stage.sampling.clipPercentile)},
              {"clip_limit", base::shortestDecimal(stage.sampling.clipLimit)},
              {"temperature", base::shortestDecimal(stage.sampling.temperature)}}},
            {"training",
             {{"batch", training.batch},
              {"steps", training.steps},
              {"learning_rate", training.learningRate},
              {"beta1", training.beta1},
              {"beta2", training.beta2},
              {"weight_decay", training.weightDecay},
              {"warm_up", training.warmUp},
              {"decay_from", training.decayFrom},
              {"gradient_clip", training.gradientClip},
              {"ema", training.ema},
              {"text_dropout", training.textDropout},
              {"plan_dropout", training.planDropout},
              {"score_dropout", training.scoreDropout},
              {"snippet_seconds", training.snippetSeconds},
              {"composed_share", training.composedShare},
              {"augmentation_time", training.augmentationTime},
              {"blur_min", training.blurMin},
              {"blur_max", training.blurMax}}}};
}

json toJson(const CascadeConfig& cascade) {
    json stages = json::array();
    for (const StageConfig& stage : cascade.stages)
        stages.push_back(toJson(stage));
    return {{"format", "noise2music cascade 1"},
            {"name", cascade.name},
            {"licence", cascade.licence},
            {"seconds", cascade.seconds},
            {"text", cascade.text},
            {"planner", cascade.planner},
            {"note_spectra", cascade.noteSpectra},
            {"embedding", cascade.embedding},
            {"vocoder", cascade.vocoder},
            {"super_resolution", cascade.superResolution},
            {"composer", cascade.composer},
            {"stages", stages},
            {"provenance", cascade.provenance.empty() ? json::object() : json::parse(cascade.provenance)}};
}

CascadeConfig cascadeFromJson(const json& object) {
    CascadeConfig cascade;
    base::ObjectReader reader(object, "");
    std::string format;
    reader.text("format", format);
    if (format != "noise2music cascade 1")
        reader.fail("format", base::Message("\"noise2music cascade 1\" was expected"));
    reader.text("name", cascade.name);
    reader.text("licence", cascade.licence);
    reader.number("seconds", cascade.seconds, 1, 600);
    reader.text("text", cascade.text);
    reader.text("planner", cascade.planner);
    reader.text("note_spectra", cascade.noteSpectra);
    reader.text("embedding", cascade.embedding);
    checkFileName(reader, "text", cascade.text);
    if (!cascade.planner.empty()) checkFileName(reader, "planner", cascade.planner);
    if (!cascade.noteSpectra.empty()) checkFileName(reader, "note_spectra", cascade.noteSpectra);
    if (!cascade.embedding.empty()) checkFileName(reader, "embedding", cascade.embedding);
    reader.text("vocoder", cascade.vocoder);
    reader.text("super_resolution", cascade.superResolution);
    reader.text("composer", cascade.composer);
    if (cascade.vocoder != "diffusion" && cascade.vocoder != "griffin-lim") {
        reader.fail("vocoder", base::Message("\"diffusion\" or \"griffin-lim\" was expected"));
    }
    if (cascade.composer != "model" && cascade.composer != "rules")
        reader.fail("composer", base::Message("\"model\" or \"rules\" was expected"));
    if (cascade.superResolution != "diffusion" && cascade.superResolution != "fourier") {
        reader.fail("super_resolution", base::Message("\"diffusion\" or \"fourier\" was expected"));
    }
    if (const json* provenance = reader.find("provenance")) cascade.provenance = provenance->dump();
    const json* stages = reader.find("stages");
    if (!stages || !stages->is_array() || stages->empty())
        reader.fail("stages", base::Message("a list of stages was expected"));
    std::set<std::string> names;
    for (std::size_t index = 0; index < stages->size(); ++index) {
        cascade.stages.push_back(stageFromJson((*stages)[index], fmt::format("stages[{}]", index)));
        if (!names.insert(cascade.stages.back().name).second) {
            reader.fail(fmt::format("stages[{}].name", index),
                        base::Message("\"{}\" is there twice", cascade.stages.back().name));
        }
    }
    reader.finish();
    return cascade;
}

CascadeConfig readCascade(const std::filesystem::path& file) {
    const std::string text = base::readTextFile(file, 16 << 20);
    try {
        return cascadeFromJson(base::parseJson(text));
    } catch (const std::runtime_error& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
}

std::string toString(StageKind kind) {
    return nameOf(kind);
}

} // namespace n2m::model
