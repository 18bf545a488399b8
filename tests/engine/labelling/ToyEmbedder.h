#pragma once

#include "engine/audio/SoundFile.h"
#include "engine/labelling/SoundVector.h"

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace n2m::test {

/// An embedding that can be checked by hand: a sound's vector is how its energy is spread over eight ranges of pitch,
/// and a text's the range whose digit it has in it ("tone 3").
inline labelling::Embedder toyEmbedder() {
    const auto unit = [](std::vector<float> vector) {
        float square = 0.0F;
        for (const float value : vector)
            square += value * value;
        for (float& value : vector)
            value /= std::sqrt(std::max(square, 1e-12F));
        return vector;
    };
    labelling::Embedder embedder;
    embedder.identity = "toy";
    embedder.sound = [unit](std::span<const float> levels) {
        const std::size_t frames = levels.size() / 80;
        std::vector<float> vector(8);
        for (std::size_t band = 0; band < 80; ++band) {
            for (std::size_t frame = 0; frame < frames; ++frame)
                vector[band / 10] += std::pow(10.0F, 3.0F * levels[band * frames + frame]);
        }
        return unit(vector);
    };
    embedder.texts = [unit](std::span<const std::string> texts) {
        std::vector<std::vector<float>> vectors;
        for (const std::string& text : texts) {
            std::vector<float> vector(8, 0.01F);
            for (const char c : text) {
                if (c >= '0' && c < '8') vector[static_cast<std::size_t>(c - '0')] = 1.0F;
            }
            vectors.push_back(unit(vector));
        }
        return vectors;
    };
    return embedder;
}

/// Writes a sine; its pitch is in the given range of the toy embedding.
inline void writeTone(const std::filesystem::path& file, int range, double seconds, float level = 0.3F,
                      int rate = 16000) {
    // The middle of the ranges' bands, in Hz, by audio::MelFilters.
    const double frequency = audio::LogMel().filters().centre(range * 10 + 5);
    audio::Clip clip{std::vector<float>(static_cast<std::size_t>(seconds * rate)), rate, 1};
    for (std::size_t n = 0; n < clip.samples.size(); ++n)
        clip.samples[n] = level * static_cast<float>(std::sin(2.0 * M_PI * frequency * static_cast<double>(n) / rate));
    audio::writeSoundFile(file, clip);
}

} // namespace n2m::test
