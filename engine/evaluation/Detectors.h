#pragma once

#include "engine/evaluation/AttributeClassifier.h"
#include "engine/evaluation/ChordProbe.h"
#include "engine/evaluation/TempoDetector.h"

#include <filesystem>
#include <memory>
#include <string>

namespace n2m::evaluation {

/// The answers of all detectors about one clip.
struct Hearing {
    TempoReading tempo;
    HeardAttributes attributes;
    torch::Tensor features;   ///< [windows, Detectors::featureCount]: the classifier's, whitened on real clips
    torch::Tensor statistics; ///< [windows, 40]: mean and deviation of twenty groups of bands in every ten seconds
};

/// The detectors that judge generated clips, trained on real clips only: one safetensors file. Not for several threads
/// at once.
class Detectors {
public:
    static constexpr std::int64_t featureCount = 32;

    /// `mean` [256] and `projection` [256, featureCount] whiten the classifier's features.
    Detectors(std::shared_ptr<AttributeClassifier> classifier, ChordProbe chords, torch::Tensor mean,
              torch::Tensor projection);

    /// Throws base::Failure that names the file if it is missing, damaged or something else.
    explicit Detectors(const std::filesystem::path& file);
    /// `about` describes the training data: JSON text.
    void save(const std::filesystem::path& file, const std::string& about) const;

    Hearing hear(const Spectrogram& spectrogram) const;
    const ChordProbe& chords() const { return m_chords; }
    const std::vector<Head>& heads() const { return m_classifier->heads(); }
    /// True for a label that the head can hear.
    bool knows(const std::string& head, const std::string& label) const;
    const std::string& about() const { return m_about; }

private:
    std::shared_ptr<AttributeClassifier> m_classifier;
    ChordProbe m_chords;
    torch::Tensor m_mean, m_projection;
    std::string m_about;
};

/// The file of the detectors that come with the program: assets/detectors/detectors.safetensors.
std::filesystem::path bundledDetectors();

} // namespace n2m::evaluation
