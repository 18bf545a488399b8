#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// The settings of the detectors' training.
struct DetectorTrainingOptions {
    std::filesystem::path data;   ///< a data set; only its training clips are used for training
    std::filesystem::path output; ///< folder that receives detectors.safetensors
    std::vector<std::string> attributes{"genre", "lead", "mood", "drums"};
    int epochs = 30, batch = 16;
    double learningRate = 3e-3;
    std::uint64_t seed = 1;
};

struct DetectorTrainingProgress {
    std::string phase; ///< "listening", "training", "testing"
    int step = 0, steps = 0;
    double loss = 0.0, secondsLeft = -1.0;
};

/// The quality of the detectors on real clips that they never heard.
struct DetectorReport {
    int trainClips = 0, heldOutClips = 0;
    struct Line {
        std::string attribute;
        int labels = 0;
        double rate = 0.0, low = 0.0, high = 0.0; ///< with 95% confidence
        double constant = 0.0;                    ///< the rate of always giving the commonest answer
    };
    std::vector<Line> lines;     ///< the attributes, then "tempo" and "tempo or octave"
    double chordAgreement = 0.0; ///< mean correlation with the clip's own chords
    double wrongAgreement = 0.0; ///< … with the next clip's
    double seconds = 0.0, loss = 0.0;
    std::string text() const; ///< as a table
    std::string json() const;
};

/// Trains the classifier and the chord probe on the training clips' spectrograms, attributes and plans, and tests them
/// on the held-out ones. Uses as many threads as torch is set to; about three minutes of one core for 700 clips.
/// Deterministic by seed on one machine. The file appears only when complete. Throws base::InvalidInput for options out
/// of range, base::Failure for data that cannot be read or has no attributes; what `progress` throws ends it.
DetectorReport trainDetectors(const DetectorTrainingOptions& options,
                              const std::function<void(const DetectorTrainingProgress&)>& progress = {});

} // namespace n2m::evaluation
