#pragma once

#include "engine/evaluation/Spectrogram.h"
#include "engine/training/DataSet.h"
#include "engine/training/FeatureCache.h"

#include <filesystem>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// The clips of one split of a data set, and how they sound. Spectrograms are read (or computed, and cached
/// beside the data as training does) when they are asked for.
class RealClips {
public:
    /// Throws std::runtime_error as DataSet does.
    RealClips(const std::filesystem::path& folder, training::Split split);

    std::size_t size() const { return m_clips.size(); }
    const training::Example& example(std::size_t clip) const { return m_clips[clip]; }
    /// An attribute as text: "jazz"; "yes" or "no" for those that are true or false; empty where nothing is said.
    std::string attribute(std::size_t clip, const std::string& name) const;
    Spectrogram spectrogram(std::size_t clip) const;

private:
    std::vector<training::Example> m_clips;
    training::FeatureCache m_cache;
};

} // namespace n2m::evaluation
