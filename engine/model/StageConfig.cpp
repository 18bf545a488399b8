#include "engine/model/StageConfig.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <set>
#include <stdexcept>

namespace n2m::model {

using nlohmann::json;

namespace {

// Names of the enumerations in JSON, in the order of their values.
template <typename Enum> const std::vector<std::string>& namesOf();
template <> const std::vector<std::string>& namesOf<StageKind>() {
    static const std::vector<std::string> names{"spectrogram-generator", "waveform-generator", "waveform-cascader",
                                                "vocoder", "super-resolution"};
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
    static const std::vector<std::string> names{"simplified", "sigma"};
    return names;
}
template <> const std::vector<std::string>& namesOf<SamplerKind>() {
    static const std::vector<std::string> names{"ancestral", "ddim", "dpmpp"};
    return names;
}
template <> const std::vector<std::string>& namesOf<network::AlignedAt>() {
    static const std::vector<std::string> names{"bottom", "every-level"};
    return names;
}

template <typename Enum> std::string nameOf(Enum value) {
    return namesOf<Enum>().at(static_cast<std::size_t>(value));
}

template <typename Enum> Enum valueOf(const std::string& name) {
    const auto& names = namesOf<Enum>();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        throw std::invalid_argument(fmt::format("\"{}\" is not one of {}", name, fmt::join(names, ", ")));
    }
    return static_cast<Enum>(found - names.begin());
}

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
    throw std::runtime_error(fmt::format("{}: {}", path, reason));
}

// Reads the fields of one JSON object and, at the end, refuses those that nobody asked for.
class ObjectReader {
public:
    ObjectReader(const json& object, std::string path) : m_object(object), m_path(std::move(path)) {
        if (!object.is_object()) fail(m_path, "an object was expected");
    }

    template <typename T> void number(const char* name, T& value, double least, double most) {
        const json* field = find(name);
        if (!field) return;
        const bool whole = field->is_number_integer() || field->is_number_unsigned();
        if (!field->is_number() || (std::is_integral_v<T> && !whole)) {
            fail(at(name), std::is_integral_v<T> ? "a whole number was expected" : "a number was expected");
        }
        const double read = field->get<double>();
        if (!(read >= least && read <= most)) {
            fail(at(name), fmt::format("{} is outside {} to {}", read, least, most));
        }
        value = field->get<T>();
    }

    void text(const char* name, std::string& value) {
        if (const json* field = find(name)) {
            if (!field->is_string()) fail(at(name), "a text was expected");
            value = field->get<std::string>();
        }
    }

    void flag(const char* name, bool& value) {
        if (const json* field = find(name)) {
            if (!field->is_boolean()) fail(at(name), "true or false was expected");
            value = field->get<bool>();
        }
    }

    template <typename Enum> void choice(const char* name, Enum& value) {
        std::string read;
        text(name, read);
        if (read.empty()) return;
        try {
            value = valueOf<Enum>(read);
        } catch (const std::invalid_argument& error) {
            fail(at(name), error.what());
        }
    }

    void numbers(const char* name, std::vector<int>& values, int least, int most) {
        const json* field = find(name);
        if (!field) return;
        if (!field->is_array()) fail(at(name), "a list was expected");
        values.clear();
        for (const json& item : *field) {
            if (!item.is_number_integer() || item.get<double>() < least || item.get<double>() > most) {
                fail(at(name), fmt::format("whole numbers from {} to {} were expected", least, most));
            }
            values.push_back(item.get<int>());
        }
    }

    void flags(const char* name, std::vector<bool>& values) {
        const json* field = find(name);
        if (!field) return;
        if (!field->is_array()) fail(at(name), "a list was expected");
        values.clear();
        for (const json& item : *field) {
            if (!item.is_boolean()) fail(at(name), "a list of true and false was expected");
            values.push_back(item.get<bool>());
        }
    }

    const json* find(const char* name) {
        m_known.insert(name);
        const auto field = m_object.find(name);
        return field == m_object.end() || field->is_null() ? nullptr : &*field;
    }

    std::string at(const std::string& name) const { return m_path.empty() ? name : m_path + "." + name; }

    void finish() const {
        for (const auto& [name, value] : m_object.items()) {
            if (!m_known.contains(name)) fail(at(name), "there is no such field");
        }
    }

private:
    const json& m_object;
    std::string m_path;
    std::set<std::string> m_known;
};

constexpr int mostChannels = 16384;

network::UNetConfig networkFromJson(const json& object, const std::string& path) {
    network::UNetConfig config;
    ObjectReader reader(object, path);
    reader.number("data_channels", config.dataChannels, 1, mostChannels);
    reader.number("stacked_channels", config.stackedChannels, 0, mostChannels);
    reader.number("aligned_channels", config.alignedChannels, 0, mostChannels);
    reader.choice("aligned_at", config.alignedAt);
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
    reader.finish();

    const std::size_t depth = config.strides.size();
    if (depth == 0 || depth > 12) fail(reader.at("strides"), "1 to 12 strides were expected");
    if (config.kernels.size() == 1) config.kernels.assign(depth, config.kernels.front());
    if (config.selfAttention.empty()) config.selfAttention.assign(depth, false);
    if (config.crossAttention.empty()) config.crossAttention.assign(depth, false);
    for (const auto& [name, size] : {std::pair{"kernels", config.kernels.size()},
                                     {"multipliers", config.multipliers.size()},
                                     {"blocks", config.blocks.size()},
                                     {"self_attention", config.selfAttention.size()},
                                     {"cross_attention", config.crossAttention.size()}}) {
        if (size != depth) fail(reader.at(name), fmt::format("{} entries for {} strides", size, depth));
    }
    for (const int kernel : config.kernels) {
        if (kernel % 2 == 0) fail(reader.at("kernels"), "kernel sizes are odd");
    }
    for (std::size_t level = 0; level < depth; ++level) {
        const bool attends = config.selfAttention[level] || config.crossAttention[level];
        // On the way up the blocks of a depth run at the width of the depth above it.
        for (const int channels : {config.channelsAt(static_cast<int>(level)), config.channelsAt(static_cast<int>(level) + 1)}) {
            if (attends && channels % (2 * config.heads) != 0) {
                fail(reader.at("heads"), fmt::format("{} channels cannot be split into {} heads of even width", channels, config.heads));
            }
        }
        if (config.crossAttention[level] && config.textWidth == 0) {
            fail(reader.at("text_width"), "cross-attention needs the width of the text embeddings");
        }
    }
    return config;
}

DiffusionConfig diffusionFromJson(const json& object, const std::string& path) {
    DiffusionConfig config;
    ObjectReader reader(object, path);
    reader.choice("prediction", config.prediction);
    reader.choice("schedule", config.schedule);
    reader.choice("weight", config.weight);
    reader.number("data_deviation", config.dataDeviation, 1e-4, 1e4);
    reader.finish();
    return config;
}

SamplingConfig samplingFromJson(const json& object, const std::string& path) {
    SamplingConfig config;
    ObjectReader reader(object, path);
    reader.choice("sampler", config.sampler);
    reader.number("steps", config.steps, 1, 100000);
    reader.text("schedule", config.schedule);
    reader.number("gamma", config.gamma, 0, 1);
    reader.number("guidance", config.guidance, 0, 100);
    reader.number("plan_guidance", config.planGuidance, 0, 100);
    reader.number("clip_percentile", config.clipPercentile, 0, 1);
    reader.number("clip_limit", config.clipLimit, 1e-3, 1e3);
    reader.finish();
    return config;
}

TrainingConfig trainingFromJson(const json& object, const std::string& path) {
    TrainingConfig config;
    ObjectReader reader(object, path);
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
    reader.number("snippet_seconds", config.snippetSeconds, 0, 600);
    reader.number("augmentation_time", config.augmentationTime, 0, 1);
    reader.number("blur_min", config.blurMin, 0, 100);
    reader.number("blur_max", config.blurMax, 0, 100);
    reader.finish();
    return config;
}

StageConfig stageFromJson(const json& object, const std::string& path) {
    StageConfig config;
    ObjectReader reader(object, path);
    reader.text("name", config.name);
    reader.choice("kind", config.kind);
    if (config.name.empty()) config.name = toString(config.kind);
    if (config.name.find_first_of("/\\") != std::string::npos || config.name.starts_with(".")) {
        fail(reader.at("name"), "a stage's name is also the name of its file");
    }
    reader.number("sample_rate", config.sampleRate, 1, 1000000);
    reader.number("low_rate", config.lowRate, 0, 1000000);
    reader.number("text_tokens", config.textTokens, 0, 4096);
    reader.flag("plan", config.plan);
    reader.flag("griffin_lim", config.griffinLim);
    const json* network = reader.find("network");
    if (!network) fail(reader.at("network"), "is missing");
    config.network = networkFromJson(*network, reader.at("network"));
    if (const json* field = reader.find("diffusion")) config.diffusion = diffusionFromJson(*field, reader.at("diffusion"));
    if (const json* field = reader.find("sampling")) config.sampling = samplingFromJson(*field, reader.at("sampling"));
    if (const json* field = reader.find("training")) config.training = trainingFromJson(*field, reader.at("training"));
    reader.finish();
    if (config.textTokens > 0 && config.network.textWidth == 0) {
        fail(reader.at("network.text_width"), "a stage with text tokens needs the width of the text embeddings");
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
            {"pooled_text", config.pooledText}};
}

} // namespace

const StageConfig& CascadeConfig::stage(const std::string& wanted) const {
    std::vector<std::string> names;
    for (const StageConfig& candidate : stages) {
        if (candidate.name == wanted) return candidate;
        names.push_back(candidate.name);
    }
    throw std::invalid_argument(fmt::format("there is no stage \"{}\"; the cascade has {}", wanted, fmt::join(names, ", ")));
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
            {"network", networkToJson(stage.network)},
            {"diffusion",
             {{"prediction", nameOf(stage.diffusion.prediction)},
              {"schedule", nameOf(stage.diffusion.schedule)},
              {"weight", nameOf(stage.diffusion.weight)},
              {"data_deviation", stage.diffusion.dataDeviation}}},
            {"sampling",
             {{"sampler", nameOf(stage.sampling.sampler)},
              {"steps", stage.sampling.steps},
              {"schedule", stage.sampling.schedule},
              {"gamma", stage.sampling.gamma},
              {"guidance", stage.sampling.guidance},
              {"plan_guidance", stage.sampling.planGuidance},
              {"clip_percentile", stage.sampling.clipPercentile},
              {"clip_limit", stage.sampling.clipLimit}}},
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
              {"snippet_seconds", training.snippetSeconds},
              {"augmentation_time", training.augmentationTime},
              {"blur_min", training.blurMin},
              {"blur_max", training.blurMax}}}};
}

json toJson(const CascadeConfig& cascade) {
    json stages = json::array();
    for (const StageConfig& stage : cascade.stages) stages.push_back(toJson(stage));
    return {{"format", "noise2music cascade 1"},
            {"name", cascade.name},
            {"licence", cascade.licence},
            {"seconds", cascade.seconds},
            {"text", cascade.text},
            {"planner", cascade.planner},
            {"vocoder", cascade.vocoder},
            {"super_resolution", cascade.superResolution},
            {"stages", stages},
            {"provenance", cascade.provenance.empty() ? json::object() : json::parse(cascade.provenance)}};
}

CascadeConfig cascadeFromJson(const json& object) {
    CascadeConfig cascade;
    ObjectReader reader(object, "");
    std::string format;
    reader.text("format", format);
    if (format != "noise2music cascade 1") fail("format", "\"noise2music cascade 1\" was expected");
    reader.text("name", cascade.name);
    reader.text("licence", cascade.licence);
    reader.number("seconds", cascade.seconds, 1, 600);
    reader.text("text", cascade.text);
    reader.text("planner", cascade.planner);
    reader.text("vocoder", cascade.vocoder);
    reader.text("super_resolution", cascade.superResolution);
    if (cascade.vocoder != "diffusion" && cascade.vocoder != "griffin-lim") {
        fail("vocoder", "\"diffusion\" or \"griffin-lim\" was expected");
    }
    if (cascade.superResolution != "diffusion" && cascade.superResolution != "fourier") {
        fail("super_resolution", "\"diffusion\" or \"fourier\" was expected");
    }
    if (const json* provenance = reader.find("provenance")) cascade.provenance = provenance->dump();
    const json* stages = reader.find("stages");
    if (!stages || !stages->is_array() || stages->empty()) fail("stages", "a list of stages was expected");
    std::set<std::string> names;
    for (std::size_t index = 0; index < stages->size(); ++index) {
        cascade.stages.push_back(stageFromJson((*stages)[index], fmt::format("stages[{}]", index)));
        if (!names.insert(cascade.stages.back().name).second) {
            fail(fmt::format("stages[{}].name", index), fmt::format("\"{}\" is there twice", cascade.stages.back().name));
        }
    }
    reader.finish();
    return cascade;
}

CascadeConfig readCascade(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
    try {
        return cascadeFromJson(json::parse(stream));
    } catch (const json::exception&) {
        throw std::runtime_error(fmt::format("{}: is not valid JSON", file.string()));
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
    }
}

std::string toString(StageKind kind) { return nameOf(kind); }
std::string toString(SamplerKind kind) { return nameOf(kind); }
SamplerKind samplerFromString(const std::string& name) { return valueOf<SamplerKind>(name); }

} // namespace n2m::model
