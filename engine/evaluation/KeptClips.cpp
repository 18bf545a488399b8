#include "engine/evaluation/KeptClips.h"

#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"
#include "engine/plan/PlanJson.h"
#include "engine/request/RequestJson.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <cstdint>

namespace n2m::evaluation {
namespace {

/// FNV-1a (Fowler, Noll, Vo).
std::uint64_t hashOf(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char c : text)
        hash = (hash ^ c) * 0x100000001b3;
    return hash;
}

GeneratedClip read(const std::filesystem::path& file) {
    const model::SafetensorsFile kept(file);
    const torch::Tensor values = kept.tensor("spectrogram").to(torch::kFloat).contiguous();
    GeneratedClip made;
    made.spectrogram.bands = static_cast<int>(values.size(0));
    made.spectrogram.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    const auto& metadata = kept.metadata();
    if (const auto plan = metadata.find("plan"); plan != metadata.end())
        made.plan = plan::planFromJson(nlohmann::json::parse(plan->second));
    return made;
}

void write(const std::filesystem::path& file, const GeneratedClip& made, const std::string& request) {
    std::map<std::string, std::string> metadata{{"request", request}};
    if (made.plan) metadata["plan"] = plan::toJson(*made.plan).dump();
    const torch::Tensor values =
        torch::from_blob(const_cast<float*>(made.spectrogram.values.data()),
                         {made.spectrogram.bands, static_cast<std::int64_t>(made.spectrogram.frames())});
    model::writeSafetensors(file, {{"spectrogram", values}}, metadata, torch::kHalf);
}

} // namespace

Maker keeping(const std::filesystem::path& folder, const std::string& maker, Maker make) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw base::Failure("{}: cannot be created: {}", folder.string(), error.message());
    return [folder, maker, make = std::move(make)](const Request& request) {
        const std::string text = toJson(request);
        const auto file = folder / fmt::format("{:016x}.safetensors", hashOf(maker + text));
        if (!std::filesystem::exists(file)) write(file, make(request), text);
        return read(file); // also when it is new, so that both have half precision
    };
}

} // namespace n2m::evaluation
