#include "engine/training/Checkpoint.h"

#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"
#include "engine/training/AdamW.h"
#include "engine/training/ExponentialAverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace n2m::training {

namespace fs = std::filesystem;

namespace {

constexpr const char* networkFile = "network.safetensors";
constexpr const char* averageFile = "average.safetensors";
constexpr const char* optimizerFile = "optimizer.safetensors";

using Named = std::map<std::string, torch::Tensor>;

// `tensors` are in the order of the network's parameters; they get the parameters' names behind a prefix.
void name(Named& result, const torch::nn::Module& network, const std::string& prefix,
          const std::vector<torch::Tensor>& tensors) {
    std::size_t index = 0;
    for (const auto& parameter : network.named_parameters())
        result[prefix + parameter.key()] = tensors[index++];
}

void fill(std::vector<torch::Tensor>& tensors, const torch::nn::Module& network, const std::string& prefix,
          const model::SafetensorsFile& file) {
    std::size_t index = 0;
    for (const auto& parameter : network.named_parameters())
        tensors[index++].copy_(file.tensor(prefix + parameter.key()));
}

} // namespace

Checkpoint::Checkpoint(fs::path folder, std::string stage)
    : m_folder(std::move(folder))
    , m_stage(std::move(stage)) {}

fs::path Checkpoint::folderOf(std::int64_t step) const {
    return m_folder / fmt::format("{}.step-{}", m_stage, step);
}

void Checkpoint::makeFolder() const {
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error) throw base::Failure("{}: cannot be created: {}", m_folder.string(), error.message());
}

std::int64_t Checkpoint::newest() const {
    std::int64_t newest = -1;
    const std::string prefix = m_stage + ".step-";
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(prefix)) continue;
        std::int64_t step = -1;
        const char* end = name.data() + name.size();
        const auto [stopped, failure] = std::from_chars(name.data() + prefix.size(), end, step);
        if (failure == std::errc() && stopped == end) newest = std::max(newest, step);
    }
    return newest;
}

void Checkpoint::save(std::int64_t step, const torch::nn::Module& network, ExponentialAverage& average,
                      AdamW& optimizer) const {
    const std::int64_t previous = newest();
    if (previous == step) return;
    const fs::path unfinished = m_folder / (m_stage + ".unfinished");
    fs::remove_all(unfinished);
    fs::create_directories(unfinished);
    Named averages, moments;
    name(averages, network, "", average.averages());
    name(moments, network, "first.", optimizer.firstMoments());
    name(moments, network, "second.", optimizer.secondMoments());
    model::writeSafetensors(unfinished / networkFile, model::parametersOf(network));
    model::writeSafetensors(unfinished / averageFile, averages, {{"updates", std::to_string(average.updates())}});
    model::writeSafetensors(unfinished / optimizerFile, moments, {{"steps", std::to_string(optimizer.steps())}});
    fs::rename(unfinished, folderOf(step));
    if (previous >= 0) fs::remove_all(folderOf(previous));
}

std::int64_t Checkpoint::load(torch::nn::Module& network, ExponentialAverage& average, AdamW& optimizer) const {
    const std::int64_t step = newest();
    const fs::path folder = folderOf(step);
    model::loadParameters(network, model::SafetensorsFile(folder / networkFile));
    const model::SafetensorsFile averages(folder / averageFile);
    fill(average.averages(), network, "", averages);
    average.setUpdates(std::stoll(averages.metadata().at("updates")));
    const model::SafetensorsFile moments(folder / optimizerFile);
    fill(optimizer.firstMoments(), network, "first.", moments);
    fill(optimizer.secondMoments(), network, "second.", moments);
    optimizer.setSteps(std::stoll(moments.metadata().at("steps")));
    return step;
}

} // namespace n2m::training
