#include "engine/training/Checkpoint.h"

#include "engine/model/Safetensors.h"
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
constexpr const char* optimizerFile = "optimizer.pt";

// The averages under the names of the parameters they belong to.
std::map<std::string, torch::Tensor> named(const torch::nn::Module& network, ExponentialAverage& average) {
    std::map<std::string, torch::Tensor> result;
    std::size_t index = 0;
    for (const auto& parameter : network.named_parameters())
        result[parameter.key()] = average.averages()[index++];
    return result;
}

} // namespace

Checkpoint::Checkpoint(fs::path folder, std::string stage)
    : m_folder(std::move(folder))
    , m_stage(std::move(stage)) {}

fs::path Checkpoint::folderOf(std::int64_t step) const {
    return m_folder / fmt::format("{}.step-{}", m_stage, step);
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
                      const torch::optim::Optimizer& optimizer) const {
    const std::int64_t previous = newest();
    if (previous == step) return;
    const fs::path unfinished = m_folder / (m_stage + ".unfinished");
    fs::remove_all(unfinished);
    fs::create_directories(unfinished);
    try {
        model::writeSafetensors(unfinished / networkFile, model::parametersOf(network));
        model::writeSafetensors(unfinished / averageFile, named(network, average),
                                {{"updates", std::to_string(average.updates())}});
        torch::serialize::OutputArchive archive;
        optimizer.save(archive);
        archive.save_to((unfinished / optimizerFile).string());
    } catch (const c10::Error&) {
        throw std::runtime_error(
            fmt::format("{}: the checkpoint cannot be written (is the disk full?)", unfinished.string()));
    }
    fs::rename(unfinished, folderOf(step));
    if (previous >= 0) fs::remove_all(folderOf(previous));
}

std::int64_t Checkpoint::load(torch::nn::Module& network, ExponentialAverage& average,
                              torch::optim::Optimizer& optimizer) const {
    const std::int64_t step = newest();
    const fs::path folder = folderOf(step);
    model::loadParameters(network, model::SafetensorsFile(folder / networkFile));
    const model::SafetensorsFile averages(folder / averageFile);
    std::size_t index = 0;
    for (const auto& parameter : network.named_parameters()) {
        average.averages()[index++].copy_(averages.tensor(parameter.key()));
    }
    average.setUpdates(std::stoll(averages.metadata().at("updates")));
    try {
        torch::serialize::InputArchive archive;
        archive.load_from((folder / optimizerFile).string());
        optimizer.load(archive);
    } catch (const c10::Error&) {
        throw std::runtime_error(fmt::format("{}: cannot be read; remove {} to go on from the bundle's weights",
                                             (folder / optimizerFile).string(), folder.string()));
    }
    return step;
}

} // namespace n2m::training
