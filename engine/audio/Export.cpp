#include "engine/audio/Export.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace n2m::audio {

namespace {

std::string extensionOf(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
    return extension;
}

bool isLossless(const std::filesystem::path& file) {
    const std::string extension = extensionOf(file);
    return extension == ".wav" || extension == ".flac";
}

/// The next rate from `rate` up that the container has; its highest where there is none.
int possibleRate(const std::filesystem::path& file, int rate) {
    const std::string extension = extensionOf(file);
    std::vector<int> rates; // empty: any
    if (extension == ".opus") rates = {8000, 12000, 16000, 24000, 48000};
    if (extension == ".mp3") rates = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};
    if (rates.empty()) return rate;
    const auto above = std::lower_bound(rates.begin(), rates.end(), rate);
    return above == rates.end() ? rates.back() : *above;
}

Clip cut(const Clip& clip, const std::optional<FrameRange>& range) {
    const auto frames = static_cast<std::int64_t>(clip.frames());
    if (!range) return clip;
    if (range->empty() || range->begin < 0 || range->end > frames)
        throw base::InvalidInput("the range to export is not inside the clip");
    const auto at = [&](std::int64_t frame) { return clip.samples.begin() + frame * clip.channels; };
    return {{at(range->begin), at(range->end)}, clip.sampleRate, clip.channels};
}

void scale(Clip& clip, double decibels) {
    const auto factor = static_cast<float>(std::pow(10.0, decibels / 20.0));
    for (float& sample : clip.samples)
        sample *= factor;
}

void dither(Clip& clip) {
    // Digital silence stays digital silence: a clip that has been padded need not hiss.
    constexpr std::uint64_t seed = 1;
    std::uint64_t drawn = 0;
    const auto uniform = [&] { return base::unitUniform(base::derivedSeed(seed, drawn++)); };
    for (float& sample : clip.samples)
        if (sample != 0.0f) sample += static_cast<float>((uniform() - uniform()) / 32768.0);
}

} // namespace

bool ExportReport::peaksTooHigh(const std::filesystem::path& file) const {
    // The peak is shown with one digit, and must not look like an allowed one.
    return truePeak >= (isLossless(file) ? 0.0 : -1.0) + 0.05;
}

ExportReport exportClip(const std::filesystem::path& file, const Clip& clip, const ExportSettings& settings,
                        const Metadata& metadata) {
    if (settings.sampleRate < 0) throw base::InvalidInput("a sample rate must be above 0");
    if (clip.frames() == 0) throw base::InvalidInput("an empty clip cannot be exported");
    Clip sound = cut(clip, settings.range);
    const int wanted = settings.sampleRate > 0 ? settings.sampleRate : sound.sampleRate;
    const int rate = possibleRate(file, wanted);
    if (rate != sound.sampleRate) sound = resample(sound, rate);

    ExportReport report;
    if (settings.normalise == Normalise::Loudness) {
        const double loudness = integratedLoudness(sound);
        report.gain = normaliseLoudness(sound, settings.loudness, settings.truePeak);
        report.heldBack = std::isfinite(loudness) && loudness + report.gain < settings.loudness - 0.05;
    } else if (settings.normalise == Normalise::Peak) {
        const double peak = truePeak(sound);
        if (std::isfinite(peak)) {
            report.gain = settings.truePeak - peak;
            scale(sound, report.gain);
        }
    }
    report.truePeak = truePeak(sound);

    const bool lossless = isLossless(file);
    if (lossless && settings.format == SampleFormat::Pcm16) dither(sound);
    if (!lossless || settings.format != SampleFormat::Float32) {
        const float most = lossless && settings.format == SampleFormat::Pcm16 ? 32767.0f / 32768.0f : 1.0f;
        report.clipped = static_cast<std::size_t>(std::count_if(
            sound.samples.begin(), sound.samples.end(), [&](float sample) { return std::abs(sample) > most + 1e-4f; }));
        for (float& sample : sound.samples)
            sample = std::clamp(sample, -1.0f, 1.0f);
    }
    writeSoundFile(file, sound, settings.format, metadata);
    return report;
}

} // namespace n2m::audio
