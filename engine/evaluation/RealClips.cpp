#include "engine/evaluation/RealClips.h"

#include <nlohmann/json.hpp>
#include <torch/types.h>

namespace n2m::evaluation {

RealClips::RealClips(const std::filesystem::path& folder, training::Split split)
    : m_clips(training::DataSet(folder).examples(split))
    , m_cache(folder / "cache") {}

std::string RealClips::attribute(std::size_t clip, const std::string& name) const {
    const std::string& text = example(clip).attributes;
    if (text.empty()) return {};
    const auto attributes = nlohmann::json::parse(text); // DataSet wrote it
    if (!attributes.is_object()) return {};
    const auto found = attributes.find(name);
    if (found == attributes.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    if (found->is_boolean()) return found->get<bool>() ? "yes" : "no";
    return found->dump();
}

Spectrogram RealClips::spectrogram(std::size_t clip) const {
    const auto mel = m_cache.logMel(example(clip).audio).t().to(torch::kFloat).contiguous();
    Spectrogram result;
    result.bands = static_cast<int>(mel.size(0));
    result.values.assign(mel.data_ptr<float>(), mel.data_ptr<float>() + mel.numel());
    return result;
}

} // namespace n2m::evaluation
