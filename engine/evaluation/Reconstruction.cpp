#include "engine/evaluation/Reconstruction.h"

#include "engine/audio/GriffinLim.h"
#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace n2m::evaluation {
namespace {

constexpr audio::MelConfig mel;
constexpr int fullRate = 24000; // of the cascade's last stage

std::vector<std::filesystem::path> soundFiles(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string extension = entry.path().extension().string();
        if (extension == ".wav" || extension == ".flac" || extension == ".ogg") files.push_back(entry.path());
    }
    if (files.empty())
        throw base::InvalidInput("'{}' is not a folder with sound files (.wav, .flac, .ogg)", folder.string());
    std::sort(files.begin(), files.end());
    return files;
}

/// A sound file in the forms that the stages take and should return.
struct Original {
    audio::Clip full, lower;
    std::vector<float> logMel;

    explicit Original(const std::filesystem::path& file) {
        full = audio::readSoundFile(file).mono();
        audio::normaliseLoudness(full);
        if (full.sampleRate != fullRate) full = audio::resample(full, fullRate);
        // Whole frames make every way return the same number of samples; 3 samples at 24 kHz are 2 at 16 kHz.
        lower = audio::resample(full, mel.sampleRate);
        const std::size_t frames = lower.samples.size() / static_cast<std::size_t>(mel.hop);
        lower.samples.resize(frames * static_cast<std::size_t>(mel.hop));
        full.samples.resize(lower.samples.size() / 2 * 3);
        logMel = audio::LogMel(mel).analyse(lower.samples);
    }
};

double rootMeanSquare(const std::vector<float>& samples) {
    const double power = std::inner_product(samples.begin(), samples.end(), samples.begin(), 0.0);
    return std::sqrt(power / static_cast<double>(std::max<std::size_t>(1, samples.size())));
}

double logMelError(const std::vector<float>& original, const audio::Clip& reconstruction) {
    audio::Clip lower = reconstruction;
    if (lower.sampleRate != mel.sampleRate) lower = audio::resample(lower, mel.sampleRate);
    const auto other = audio::LogMel(mel).analyse(lower.samples);
    const std::size_t frames = std::min(original.size(), other.size()) / static_cast<std::size_t>(mel.bands);
    double sum = 0.0;
    for (std::size_t band = 0; band < static_cast<std::size_t>(mel.bands); ++band)
        for (std::size_t frame = 0; frame < frames; ++frame)
            sum += std::abs(original[band * (original.size() / mel.bands) + frame] -
                            other[band * (other.size() / mel.bands) + frame]);
    const double dbPerUnit = (mel.ceiling - mel.floor) / 2.0;
    return sum / static_cast<double>(std::max<std::size_t>(1, frames * mel.bands)) * dbPerUnit;
}

ReconstructionScore scoreOf(const Original& original, const Reconstructor& way) {
    const auto start = std::chrono::steady_clock::now();
    const bool vocoder = way.from == Reconstructor::From::LogMel;
    audio::Clip made = vocoder ? way.fromLogMel(original.logMel) : way.fromLowerRate(original.lower);
    ReconstructionScore score;
    score.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const audio::Clip& wanted = vocoder ? original.lower : original.full;
    if (made.channels != 1) throw base::Failure("{} did not give mono sound", way.name);
    if (made.sampleRate != wanted.sampleRate) made = audio::resample(made, wanted.sampleRate);
    made.samples.resize(wanted.samples.size()); // a stage may round the length up
    score.way = way.name;
    score.distance = audio::spectralDistance(wanted.samples, made.samples);
    score.logMelError = logMelError(original.logMel, made);
    score.level = 20.0 * std::log10(std::max(rootMeanSquare(made.samples), 1e-9) /
                                    std::max(rootMeanSquare(wanted.samples), 1e-9));
    return score;
}

ReconstructionScore meanOf(const std::vector<ReconstructionScore>& scores, const std::string& way) {
    ReconstructionScore mean;
    mean.way = way;
    double count = 0.0;
    for (const ReconstructionScore& score : scores) {
        if (score.way != way) continue;
        const double keep = count / (count + 1.0), take = 1.0 / (count + 1.0);
        const auto average = [&](double& sum, double value) { sum = sum * keep + value * take; };
        if (mean.distance.resolutions.empty()) mean.distance.resolutions = score.distance.resolutions;
        for (std::size_t i = 0; i < score.distance.resolutions.size(); ++i) {
            average(mean.distance.resolutions[i].convergence, score.distance.resolutions[i].convergence);
            average(mean.distance.resolutions[i].logarithmic, score.distance.resolutions[i].logarithmic);
        }
        average(mean.distance.convergence, score.distance.convergence);
        average(mean.distance.logarithmic, score.distance.logarithmic);
        average(mean.logMelError, score.logMelError);
        average(mean.level, score.level);
        average(mean.seconds, score.seconds);
        count += 1.0;
    }
    return mean;
}

} // namespace

Reconstructor griffinLimReconstructor(int iterations) {
    Reconstructor way;
    way.name = fmt::format("Griffin-Lim, {} iterations", iterations);
    way.fromLogMel = [iterations](const std::vector<float>& logMel) {
        audio::Clip clip;
        clip.sampleRate = mel.sampleRate;
        clip.samples = audio::griffinLim(logMel, mel, iterations, /*seed=*/0);
        return clip;
    };
    return way;
}

Reconstructor fourierReconstructor() {
    Reconstructor way;
    way.name = "Fourier resampling";
    way.from = Reconstructor::From::LowerRate;
    way.fromLowerRate = [](const audio::Clip& lower) { return audio::resample(lower, fullRate); };
    return way;
}

ReconstructionReport reconstruct(const std::filesystem::path& folder, const std::vector<Reconstructor>& ways,
                                 const std::function<void(const std::string&, int, int)>& progress) {
    const auto files = soundFiles(folder);
    ReconstructionReport report;
    const int steps = static_cast<int>(files.size() * ways.size());
    for (const auto& file : files) {
        const Original original(file);
        for (const Reconstructor& way : ways) {
            if (progress) progress(way.name, static_cast<int>(report.scores.size()), steps);
            report.scores.push_back(scoreOf(original, way));
            report.scores.back().file = file.filename().string();
        }
    }
    std::vector<ReconstructionScore> means;
    for (const Reconstructor& way : ways)
        means.push_back(meanOf(report.scores, way.name));
    report.scores.insert(report.scores.end(), means.begin(), means.end());
    return report;
}

std::string ReconstructionReport::text() const {
    std::string result = fmt::format("{:<28} {:<28} {:>11} {:>8}  {:<34} {:>7} {:>7} {:>7}\n", "file", "way",
                                     "convergence", "log-mag", "log-mag by window 256 … 4096", "mel dB", "level", "s");
    for (const ReconstructionScore& score : scores) {
        std::string windows;
        for (const auto& resolution : score.distance.resolutions)
            windows += fmt::format("{:.3f}  ", resolution.logarithmic);
        result += fmt::format("{:<28} {:<28} {:>11.3f} {:>8.3f}  {:<34} {:>7.2f} {:>+7.2f} {:>7.1f}\n",
                              score.file.empty() ? "mean" : score.file, score.way, score.distance.convergence,
                              score.distance.logarithmic, windows, score.logMelError, score.level, score.seconds);
    }
    return result;
}

std::string ReconstructionReport::json() const {
    using Json = nlohmann::ordered_json;
    Json all = Json::array();
    for (const ReconstructionScore& score : scores) {
        Json windows = Json::array();
        for (const auto& resolution : score.distance.resolutions)
            windows.push_back({{"window", resolution.window},
                               {"convergence", resolution.convergence},
                               {"logarithmic", resolution.logarithmic}});
        all.push_back({{"file", score.file.empty() ? Json() : Json(score.file)},
                       {"way", score.way},
                       {"convergence", score.distance.convergence},
                       {"logarithmic", score.distance.logarithmic},
                       {"windows", std::move(windows)},
                       {"logMelErrorDb", score.logMelError},
                       {"levelDb", score.level},
                       {"seconds", score.seconds}});
    }
    return all.dump();
}

} // namespace n2m::evaluation
