#include "engine/cascade/KeptSound.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "engine/request/RequestJson.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace n2m::cascade {
namespace {

constexpr double fadeSeconds = 0.03;
constexpr double endFadeSeconds = 0.005; // as at the end of a finished clip
constexpr float mostPeak = 0.891f;       // −1 dBFS

std::optional<plan::Plan> planIn(const std::filesystem::path& file) {
    const std::string recipe = audio::readMetadata(file).recipe;
    if (recipe.empty()) return std::nullopt;
    try {
        return requestOfRecipe(recipe).givenPlan;
    } catch (const std::invalid_argument&) { // another program's, so not a recipe
        return std::nullopt;
    }
}

float peakOf(const std::vector<float>& samples, std::size_t begin, std::size_t end) {
    float peak = 0.0f;
    for (std::size_t index = begin; index < end; ++index)
        peak = std::max(peak, std::abs(samples[index]));
    return peak;
}

} // namespace

KeptSound::KeptSound(const Repaint& repaint, double seconds)
    : m_from(repaint.from)
    , m_to(repaint.to)
    , m_seconds(seconds) {
    const std::filesystem::path file = repaint.folder / repaint.file;
    m_sound = audio::readSoundFile(file);
    const double length = m_sound.seconds(), frame = 1.0 / m_sound.sampleRate;
    if (m_from > length + frame)
        throw base::InvalidInput("{}: the range begins at {:g} s, but the sound ends at {:g} s", repaint.file, m_from,
                                 length);
    if (seconds > length + frame && m_to < seconds - frame)
        throw base::InvalidInput(
            "{}: the sound ends at {:g} s, so the range of a clip of {:g} s has to reach to its end", repaint.file,
            length, seconds);
    m_plan = planIn(file);
    audio::Clip heard = m_sound.mono();
    m_gain = audio::normaliseLoudness(heard, audio::modelLoudness, audio::anyPeak);
}

std::size_t KeptSound::frameAt(double seconds) const {
    return static_cast<std::size_t>(std::llround(seconds * m_sound.sampleRate));
}

diffusion::Sampler::KnownRegion KeptSound::spectrogram() const {
    const audio::LogMel analysis;
    const audio::MelConfig& mel = analysis.config();
    audio::Clip heard = m_sound.mono();
    for (float& sample : heard.samples)
        sample *= static_cast<float>(std::pow(10.0, m_gain / 20.0));
    heard = audio::resample(heard, mel.sampleRate);
    std::vector<float> values = analysis.analyse(heard.samples);
    const auto frames = static_cast<std::int64_t>(values.size()) / mel.bands;

    diffusion::Sampler::KnownRegion known;
    known.x0 = torch::from_blob(values.data(), {mel.bands, frames}).clone();
    known.where = torch::ones({1, frames});
    // Frame i is centred at (i + ½) hops, and half a window reaches beyond its centre.
    const double reach = 0.5 * mel.window / mel.hop;
    const auto hide = [&](double from, double to) {
        const auto first = std::clamp<std::int64_t>(std::llround(from * mel.frameRate() - reach), 0, frames);
        const auto last = std::clamp<std::int64_t>(std::llround(to * mel.frameRate() + reach), first, frames);
        known.where.narrow(1, first, last - first).zero_();
    };
    hide(m_from, m_to);
    if (m_seconds > m_sound.seconds()) hide(m_sound.seconds(), m_seconds);
    return known;
}

audio::Clip KeptSound::with(audio::Clip made) const {
    for (float& sample : made.samples)
        sample *= static_cast<float>(std::pow(10.0, -m_gain / 20.0));
    if (made.sampleRate != m_sound.sampleRate) made = audio::resample(made, m_sound.sampleRate);

    const auto channels = static_cast<std::size_t>(m_sound.channels);
    const std::size_t length = frameAt(m_seconds), from = frameAt(m_from), to = std::min(frameAt(m_to), length);
    const std::size_t kept = std::min(m_sound.frames(), length);
    made.samples.resize(length, 0.0f);
    const float limit = std::max(mostPeak, peakOf(m_sound.samples, 0, m_sound.samples.size()));
    const float peak = peakOf(made.samples, from, to);
    const float gain = peak > limit ? limit / peak : 1.0f;

    const auto fadeOf = [&](bool inside) {
        return std::clamp<std::size_t>(frameAt(inside ? fadeSeconds : endFadeSeconds), 1, (to - from) / 2);
    };
    const auto in = static_cast<float>(fadeOf(from > 0)), out = static_cast<float>(fadeOf(to < kept));
    audio::Clip clip = m_sound;
    clip.samples.resize(length * channels, 0.0f);
    for (std::size_t frame = from; frame < to; ++frame) {
        // The made sound's share. The kept sound continues under the fades, so that nothing jumps.
        const float share =
            std::min({1.0f, static_cast<float>(frame - from + 1) / in, static_cast<float>(to - frame) / out});
        for (std::size_t channel = 0; channel < channels; ++channel) {
            float& sample = clip.samples[frame * channels + channel];
            sample = (1.0f - share) * sample + share * gain * made.samples[frame];
        }
    }
    return clip;
}

} // namespace n2m::cascade
