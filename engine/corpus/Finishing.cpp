#include "engine/corpus/Finishing.h"

#include "engine/audio/Loudness.h"
#include "engine/base/Random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace n2m::corpus {

namespace {

/// A second-order filter (Bristow-Johnson, Audio EQ Cookbook: low- and high-pass), Q = 1/√2.
class Biquad {
public:
    Biquad(double frequency, double sampleRate, bool high) {
        const double w = 2.0 * std::numbers::pi * frequency / sampleRate, c = std::cos(w);
        const double alpha = std::sin(w) / std::numbers::sqrt2, a0 = 1.0 + alpha;
        const double edge = high ? 1.0 + c : 1.0 - c;
        m_b0 = edge / 2.0 / a0;
        m_b1 = (high ? -edge : edge) / a0;
        m_a1 = -2.0 * c / a0;
        m_a2 = (1.0 - alpha) / a0;
    }
    void apply(std::vector<float>& samples) const {
        double z1 = 0.0, z2 = 0.0;
        for (float& sample : samples) {
            const double in = static_cast<double>(sample), out = m_b0 * in + z1;
            z1 = m_b1 * in - m_a1 * out + z2;
            z2 = m_b0 * in - m_a2 * out;
            sample = static_cast<float>(out);
        }
    }

private:
    double m_b0, m_b1, m_a1, m_a2;
};

// The clicks of a record: short bursts that decay, at random times.
void addCrackle(audio::Clip& clip, double amount, base::Random random) {
    const double perSecond = 4.0 + 22.0 * amount;
    double time = 0.0;
    while ((time += -std::log(1.0 - random.uniform()) / perSecond) < clip.seconds()) {
        const auto first = static_cast<std::size_t>(time * clip.sampleRate);
        const double loud = amount * 0.05 * (0.2 + random.uniform() * random.uniform() * 2.5);
        for (std::size_t n = 0; n < 24 && first + n < clip.samples.size(); ++n)
            clip.samples[first + n] += static_cast<float>(loud * random.between(-1.0, 1.0) * (1.0 - n / 24.0));
    }
}

void addHiss(audio::Clip& clip, double amount, base::Random random) {
    for (float& sample : clip.samples)
        sample += static_cast<float>(0.006 * amount * random.between(-1.0, 1.0));
}

void addWow(audio::Clip& clip, double amount) {
    const std::vector<float> dry = clip.samples;
    const double depth = 0.0011 * amount * clip.sampleRate, turns = 2.0 * std::numbers::pi / clip.sampleRate;
    for (std::size_t n = 0; n < dry.size(); ++n) {
        const double time = static_cast<double>(n);
        const double delay = depth * (2.0 + std::sin(turns * 0.55 * time) + 0.25 * std::sin(turns * 4.1 * time));
        const double from = std::max(0.0, time - delay);
        const auto whole = static_cast<std::size_t>(from);
        const auto part = static_cast<float>(from - static_cast<double>(whole));
        clip.samples[n] = dry[whole] * (1.0f - part) + dry[std::min(whole + 1, dry.size() - 1)] * part;
    }
}

void limit(std::vector<float>& samples, int sampleRate, float ceiling) {
    const auto ahead = static_cast<std::size_t>(0.002 * sampleRate);
    const float release = std::exp(-1.0f / (0.06f * static_cast<float>(sampleRate)));
    float gain = 1.0f;
    std::vector<float> gains(samples.size(), 1.0f);
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const float wanted = std::min(1.0f, ceiling / std::max(std::abs(samples[n]), 1e-9f));
        gain = std::min(wanted, 1.0f - (1.0f - gain) * release);
        gains[n] = gain;
    }
    // Attack: a straight ramp down to every dip, computed backwards.
    const float slope = 1.0f / static_cast<float>(ahead);
    float next = 1.0f;
    for (std::size_t n = samples.size(); n-- > 0;) {
        next = std::min(gains[n], next + slope);
        samples[n] *= next;
    }
}

} // namespace

void applyFinish(audio::Clip& clip, const composer::Finish& finish, std::uint64_t seed) {
    // The amounts of noise and saturation refer to the level of the finished clip.
    audio::normaliseLoudness(clip, audio::modelLoudness, audio::anyPeak);
    const base::Random random(seed);
    if (finish.wow > 0.0) addWow(clip, finish.wow);
    if (finish.drive > 0.0) {
        const auto drive = static_cast<float>(1.0 + 3.0 * finish.drive);
        for (float& sample : clip.samples)
            sample = std::tanh(sample * drive) / drive;
    }
    if (finish.bits > 0.0) // coarse steps and every sample held twice, as old machines did
        for (std::size_t n = 0; n < clip.samples.size(); ++n)
            clip.samples[n] = n % 2 == 1 ? clip.samples[n - 1] : std::round(clip.samples[n] * 96.0f) / 96.0f;
    if (finish.crackle > 0.0) addCrackle(clip, finish.crackle, random.stream("crackle"));
    if (finish.hiss > 0.0) addHiss(clip, finish.hiss, random.stream("hiss"));
    if (finish.highCut > 0.0)
        for (int n = 0; n < 2; ++n)
            Biquad(finish.highCut, clip.sampleRate, false).apply(clip.samples);
    // Every clip loses its rumble and offset.
    Biquad(std::max(finish.lowCut, 22.0), clip.sampleRate, true).apply(clip.samples);
}

void master(audio::Clip& clip) {
    for (int pass = 0; pass < 3; ++pass) {
        audio::normaliseLoudness(clip, audio::modelLoudness, audio::anyPeak);
        const auto peak = std::max_element(clip.samples.begin(), clip.samples.end(),
                                           [](float a, float b) { return std::abs(a) < std::abs(b); });
        if (peak == clip.samples.end() || std::abs(*peak) < 0.85f) break;
        limit(clip.samples, clip.sampleRate, 0.82f);
    }
    audio::normaliseLoudness(clip, audio::modelLoudness, -1.0);
    // The last 20 ms fade, so that a cut note does not click.
    const std::size_t fade = std::min<std::size_t>(clip.samples.size(), static_cast<std::size_t>(clip.sampleRate / 50));
    for (std::size_t n = 0; n < fade; ++n)
        clip.samples[clip.samples.size() - 1 - n] *= static_cast<float>(n) / static_cast<float>(fade);
}

} // namespace n2m::corpus
