#include "engine/embedding/EmbeddingModel.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"

#include <nlohmann/json.hpp>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace n2m::embedding {

namespace {

constexpr double firstTemperature = 0.07, smallestTemperature = 0.01;

// Keeps a configuration from allocating more than its file can fill: the table is what grows.
void requireTable(const EmbeddingConfig& config, const model::SafetensorsFile& weights) {
    const model::TensorInfo& table = weights.info("text.table.weight");
    const std::int64_t expected = static_cast<std::int64_t>(config.buckets) * config.wordWidth;
    if (table.elements() != expected) {
        throw base::Failure("{}: its table of words has {} numbers, and its configuration wants {}",
                            base::printable(weights.path().string()), table.elements(), expected);
    }
}

} // namespace

EmbeddingModel::EmbeddingModel(const EmbeddingConfig& config)
    : m_config(config) {
    m_text = register_module("text", std::make_shared<TextTower>(config));
    m_audio = register_module("audio", std::make_shared<AudioTower>(config));
    m_logScale = register_parameter("log_scale", torch::full({1}, std::log(1.0 / firstTemperature)));
}

torch::Tensor EmbeddingModel::scale() const {
    return m_logScale.clamp(0.0, std::log(1.0 / smallestTemperature)).exp();
}

std::shared_ptr<EmbeddingModel> EmbeddingModel::load(const std::filesystem::path& folder) {
    const EmbeddingConfig config = readEmbeddingConfig(folder / embeddingConfigFile);
    const model::SafetensorsFile weights(folder / embeddingWeightsFile);
    requireTable(config, weights);
    auto model = std::make_shared<EmbeddingModel>(config);
    model::loadParameters(*model, weights);
    model->eval();
    return model;
}

void EmbeddingModel::save(const std::filesystem::path& folder) const {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw base::Failure("{}: cannot be made: {}", base::printable(folder.string()),
                            base::Message::verbatim(error.message()));
    }
    model::writeSafetensors(folder / embeddingWeightsFile, model::parametersOf(*this), {}, torch::kHalf);
    base::writeTextFile(folder / embeddingConfigFile, toJson(m_config).dump(2) + "\n");
}

} // namespace n2m::embedding
