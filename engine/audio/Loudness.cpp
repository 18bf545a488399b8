#include "engine/audio/Loudness.h"

#include "engine/base/Error.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

namespace n2m::audio {

namespace {

struct Destroy {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, Destroy>;

Meter meterFor(const Clip& clip, int mode) {
    if (clip.channels < 1 || clip.sampleRate < 1)
        throw std::invalid_argument("loudness needs a clip with channels and a sample rate");
    Meter meter(ebur128_init(static_cast<unsigned>(clip.channels), static_cast<unsigned long>(clip.sampleRate), mode));
    // libebur128 refuses sample rates below 16 Hz and above 2.8 MHz, and more than 64 channels.
    if (!meter) throw base::InvalidInput("loudness cannot be measured at this sample rate and number of channels");
    return meter;
}

void add(const Meter& meter, const Clip& clip) {
    if (clip.frames() > 0 && ebur128_add_frames_float(meter.get(), clip.samples.data(), clip.frames()) != 0)
        throw std::bad_alloc();
}

Meter measure(const Clip& clip, int mode) {
    Meter meter = meterFor(clip, mode);
    add(meter, clip);
    return meter;
}

double decibels(double amplitude) {
    return amplitude > 0.0 ? 20.0 * std::log10(amplitude) : -std::numeric_limits<double>::infinity();
}

double integrated(const Meter& meter) {
    double lufs = -std::numeric_limits<double>::infinity();
    ebur128_loudness_global(meter.get(), &lufs);
    return lufs;
}

double highestPeak(const Meter& meter) {
    double peak = 0.0;
    for (unsigned channel = 0; channel < meter->channels; ++channel) {
        double channelPeak = 0.0;
        ebur128_true_peak(meter.get(), channel, &channelPeak);
        peak = std::max(peak, channelPeak);
    }
    return decibels(peak);
}

} // namespace

double integratedLoudness(const Clip& clip) {
    return integrated(measure(clip, EBUR128_MODE_I));
}

double truePeak(const Clip& clip) {
    return highestPeak(measure(clip, EBUR128_MODE_TRUE_PEAK));
}

double normaliseLoudness(Clip& clip, double lufs, double maximumTruePeak) {
    const bool guarded = maximumTruePeak < anyPeak;
    const Meter meter = measure(clip, guarded ? EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK : EBUR128_MODE_I);
    const double loudness = integrated(meter);
    if (!std::isfinite(loudness)) return 0.0;
    double gain = lufs - loudness;
    if (guarded) gain = std::min(gain, maximumTruePeak - highestPeak(meter));
    const auto factor = static_cast<float>(std::pow(10.0, gain / 20.0));
    for (float& sample : clip.samples)
        sample *= factor;
    return gain;
}

struct LoudnessMeter::Meter {
    audio::Meter state;
};

LoudnessMeter::LoudnessMeter()
    : m_meter(std::make_unique<Meter>()) {}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(const Clip& block) {
    if (!m_meter->state) m_meter->state = meterFor(block, EBUR128_MODE_I);
    audio::add(m_meter->state, block);
}

double LoudnessMeter::integrated() const {
    return m_meter->state ? audio::integrated(m_meter->state) : -std::numeric_limits<double>::infinity();
}

} // namespace n2m::audio
