#include "engine/training/FeatureCache.h"

#include "engine/audio/GriffinLim.h"
#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "engine/cascade/GriffinLimIterations.h"

#include <fmt/format.h>
#include <torch/types.h>

#include <fstream>
#include <unistd.h>

namespace n2m::training {

namespace {

audio::Clip readNormalised(const std::filesystem::path& path, int sampleRate) {
    audio::Clip clip = audio::readSoundFile(path).mono();
    audio::normaliseLoudness(clip);
    if (clip.sampleRate != sampleRate) {
        clip.samples = audio::resampleFourier(clip.samples, clip.sampleRate, sampleRate);
        clip.sampleRate = sampleRate;
    }
    return clip;
}

torch::Tensor toInt16(const std::vector<float>& samples) {
    const auto view = torch::from_blob(const_cast<float*>(samples.data()), {static_cast<std::int64_t>(samples.size())});
    return view.mul(32767.0f).round().clamp(-32768, 32767).to(torch::kInt16);
}

// Writes the bytes of a tensor; the file gets its final name once it is complete.
void writeAtomically(const std::filesystem::path& path, const torch::Tensor& tensor) {
    const std::filesystem::path temporary = fmt::format("{}.{}.tmp", path.string(), ::getpid());
    std::ofstream stream(temporary, std::ios::binary);
    stream.write(static_cast<const char*>(tensor.data_ptr()), static_cast<std::streamsize>(tensor.nbytes()));
    stream.close();
    if (!stream) {
        std::filesystem::remove(temporary);
        throw base::Failure("{}: cannot be written (is the disk full?)", path.string());
    }
    std::filesystem::rename(temporary, path);
}

} // namespace

FeatureCache::FeatureCache(std::filesystem::path folder)
    : m_folder(std::move(folder)) {
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    if (error) throw base::Failure("{}: cannot be created: {}", m_folder.string(), error.message());
}

template <typename Compute>
torch::Tensor FeatureCache::cached(const std::filesystem::path& audio, const char* kind, torch::Dtype type,
                                   Compute compute) const {
    const std::string stem = fmt::format("{}-{:x}", audio.stem().string(), std::hash<std::string>{}(audio.string()));
    const std::filesystem::path file = m_folder / fmt::format("{}.{}", stem, kind);
    std::error_code missing;
    const auto written = std::filesystem::last_write_time(file, missing);
    if (missing || written < std::filesystem::last_write_time(audio)) writeAtomically(file, compute().contiguous());
    const auto elements = static_cast<std::int64_t>(std::filesystem::file_size(file) / torch::elementSize(type));
    return torch::from_file(file.string(), /*shared=*/false, elements, type);
}

torch::Tensor FeatureCache::logMel(const std::filesystem::path& audio) const {
    const audio::MelConfig config;
    return cached(audio, "mel", torch::kHalf,
                  [&] {
                      const std::vector<float> mel =
                          audio::LogMel(config).analyse(readNormalised(audio, config.sampleRate).samples);
                      const auto view =
                          torch::from_blob(const_cast<float*>(mel.data()),
                                           {config.bands, static_cast<std::int64_t>(mel.size()) / config.bands});
                      return view.t().to(torch::kHalf);
                  })
        .view({-1, config.bands});
}

torch::Tensor FeatureCache::waveform(const std::filesystem::path& audio, int sampleRate) const {
    return cached(audio, fmt::format("{}", sampleRate).c_str(), torch::kInt16,
                  [&] { return toInt16(readNormalised(audio, sampleRate).samples); });
}

torch::Tensor FeatureCache::griffinLim(const std::filesystem::path& audio) const {
    const audio::MelConfig config;
    return cached(audio, "griffin-lim", torch::kInt16, [&] {
        const torch::Tensor mel = logMel(audio).t().to(torch::kFloat).contiguous();
        const std::vector<float> values(mel.data_ptr<float>(), mel.data_ptr<float>() + mel.numel());
        return toInt16(audio::griffinLim(values, config, cascade::estimateIterations, /*seed=*/0));
    });
}

} // namespace n2m::training
