#pragma once

#include "engine/evaluation/Spectrogram.h"
#include "engine/training/DataSet.h"
#include "engine/training/FeatureCache.h"

#include <filesystem>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// The clips of one split of a data set with their spectrograms, which are read when they are asked for (or computed,
/// and cached in the data set's folder as training does).
class RealClips {
public:
    /// Throws base::Failure as DataSet does.
    RealClips(const std::filesystem::path& folder, training::Split split);

    std::size_t size() const { return m_clips.size(); }
    const training::Example& example(std::size_t clip) const { return m_clips[clip]; }
    /// An attribute as text: "jazz"; "yes" or "no" for true and false; empty if the clip does not have it.
    std::string attribute(std::size_t clip, const std::string& name) const;
    Spectrogram spectrogram(std::size_t clip) const;

private:
    std::vector<training::Example> m_clips;
    training::FeatureCache m_cache;
};

} // namespace n2m::evaluation
