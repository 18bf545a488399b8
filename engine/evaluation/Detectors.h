#pragma once

#include "engine/evaluation/AttributeClassifier.h"
#include "engine/evaluation/ChordProbe.h"
#include "engine/evaluation/TempoDetector.h"

#include <filesystem>
#include <memory>
#include <string>

namespace n2m::evaluation {

/// What all the detectors hear in one clip.
struct Hearing {
    TempoReading tempo;
    Heard attributes;
    torch::Tensor features;   ///< [windows, Detectors::featureCount]: the classifier's, whitened on real clips
    torch::Tensor statistics; ///< [windows, 40]: mean and deviation of twenty groups of bands in every ten seconds
};

/// The detectors that generated clips are judged by, fitted on real clips only: one safetensors file. Not for several
/// threads at once.
class Detectors {
public:
    static constexpr std::int64_t featureCount = 32;

    /// `mean` [256] and `projection` [256, featureCount] whiten the classifier's features.
    Detectors(std::shared_ptr<AttributeClassifier> classifier, ChordProbe chords, torch::Tensor mean,
              torch::Tensor projection);

    /// Throws std::runtime_error, one line that names the file, for what is missing, damaged or something else.
    explicit Detectors(const std::filesystem::path& file);
    /// `about` says what they were fitted on: JSON text.
    void save(const std::filesystem::path& file, const std::string& about) const;

    Hearing hear(const Spectrogram& spectrogram) const;
    const ChordProbe& chords() const { return m_chords; }
    const std::vector<Head>& heads() const { return m_classifier->heads(); }
    /// Whether a label is among those that the head can hear.
    bool knows(const std::string& head, const std::string& label) const;
    const std::string& about() const { return m_about; }

private:
    std::shared_ptr<AttributeClassifier> m_classifier;
    ChordProbe m_chords;
    torch::Tensor m_mean, m_projection;
    std::string m_about;
};

/// Where the detectors that come with the program lie: assets/detectors/detectors.safetensors.
std::filesystem::path bundledDetectors();

} // namespace n2m::evaluation
