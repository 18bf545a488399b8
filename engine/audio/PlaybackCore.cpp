#include "engine/audio/PlaybackCore.h"

#include <samplerate.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr double fadeSeconds = 0.005;  // after a stop: too short to be heard, long enough not to click
constexpr double bridgeSeconds = 0.01; // from one clip to another, for the same reasons
constexpr double peakFall = 20.0;      // dB per second
constexpr double rmsSeconds = 0.3;     // the time constant of a VU meter
constexpr std::size_t blockFrames = 256;

} // namespace

/// libsamplerate's state with the frames that wait for it. The constructor allocates everything.
class PlaybackCore::Converter {
public:
    explicit Converter(int channels)
        : m_channels(static_cast<std::size_t>(channels))
        , m_input(blockFrames * m_channels) {
        int error = 0;
        m_state = src_new(SRC_SINC_BEST_QUALITY, channels, &error);
        if (!m_state) throw std::bad_alloc();
    }
    ~Converter() { src_delete(m_state); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    void restart(double ratio) {
        m_ratio = ratio;
        m_waiting = m_first = 0;
        src_reset(m_state);
        src_set_ratio(m_state, ratio);
    }

    /// Makes up to `frames` output frames and returns how many; fewer only at the end of the input. `gather` fills
    /// input frames and returns how many there were.
    template <class Gather> std::size_t convert(float* output, std::size_t frames, Gather gather) {
        std::size_t done = 0;
        while (done < frames) {
            if (m_waiting == 0) {
                m_first = 0;
                m_waiting = gather(m_input.data(), blockFrames);
            }
            SRC_DATA data{};
            data.data_in = m_input.data() + m_first * m_channels;
            data.input_frames = static_cast<long>(m_waiting);
            data.data_out = output + done * m_channels;
            data.output_frames = static_cast<long>(frames - done);
            data.src_ratio = m_ratio;
            data.end_of_input = m_waiting == 0;
            if (src_process(m_state, &data) != 0) break;
            m_first += static_cast<std::size_t>(data.input_frames_used);
            m_waiting -= static_cast<std::size_t>(data.input_frames_used);
            done += static_cast<std::size_t>(data.output_frames_gen);
            if (data.input_frames_used == 0 && data.output_frames_gen == 0) break;
        }
        return done;
    }

private:
    std::size_t m_channels;
    std::vector<float> m_input;
    std::size_t m_first = 0, m_waiting = 0; ///< frames in m_input
    double m_ratio = 1.0;
    SRC_STATE* m_state = nullptr;
};

PlaybackCore::PlaybackCore() {
    give({});
    prepare(m_rate, m_channels);
}

PlaybackCore::~PlaybackCore() = default;

// --- control ---

void PlaybackCore::give(PlaybackOrder order) {
    auto next = std::make_unique<const NumberedOrder>(NumberedOrder{std::move(order), ++m_given});
    m_next.store(next.get());
    m_kept.push_back(std::move(next));
}

PlaybackCore::ReleasedOrders PlaybackCore::collect() {
    // Control and callback use sequentially consistent operations, which have one order: if no callback may run now,
    // then one that begins later sees m_next as it is now.
    const std::uint64_t oldest = m_mayRun.load() ? m_seen.load() : m_given;
    const auto end =
        std::find_if(m_kept.begin(), m_kept.end(), [&](const auto& kept) { return kept->number >= oldest; });
    ReleasedOrders released;
    released.m_orders.assign(std::make_move_iterator(m_kept.begin()), std::make_move_iterator(end));
    m_kept.erase(m_kept.begin(), end);
    return released;
}

void PlaybackCore::prepare(int sampleRate, int channels) {
    if (sampleRate < 1 || channels < 1 || channels > PlaybackLevels::mostChannels)
        throw std::invalid_argument("a sound device needs a sample rate and one or two channels");
    m_rate = sampleRate;
    m_channels = channels;
    m_shownChannels = channels;
    m_converter = std::make_unique<Converter>(channels);
    m_newlyPrepared = true;
}

void PlaybackCore::callbackMayRun(bool may) {
    m_mayRun.store(may);
}

// --- callback ---

void PlaybackCore::follow(const PlaybackOrder& order) {
    if (order.run != m_run) {
        m_run = order.run;
        m_highest.store(0.0f, std::memory_order_relaxed);
        for (int channel = 0; channel < PlaybackLevels::mostChannels; ++channel)
            m_peak[channel] = m_rms[channel] = 0.0f;
        m_currentVolume = m_volume.load(std::memory_order_relaxed);
    }
    if (!order.clip || order.clip->sampleRate < 1 || order.clip->channels < 1) return;

    const bool jumps = order.jump != m_jump;
    if (order.clip->sampleRate != m_clipRate || m_newlyPrepared) {
        m_newlyPrepared = false;
        if (m_clipRate > 0) m_heard *= static_cast<double>(order.clip->sampleRate) / m_clipRate;
        m_clipRate = order.clip->sampleRate;
        m_cursor = std::llround(m_heard); // frames in the converter have been read but not heard
        m_converter->restart(static_cast<double>(m_rate) / m_clipRate);
    } else if (jumps) {
        m_converter->restart(static_cast<double>(m_rate) / m_clipRate);
    }
    if (jumps) {
        m_jump = order.jump;
        m_cursor = std::clamp<std::int64_t>(order.jumpTo, 0, static_cast<std::int64_t>(order.clip->frames()));
        m_heard = m_begin = static_cast<double>(m_cursor);
        m_wrapped = false;
    }
    if (order.loop != m_loop) {
        m_loop = order.loop;
        m_begin = m_heard;
        m_wrapped = false;
    }
}

std::size_t PlaybackCore::gather(const PlaybackOrder& order, float* target, std::size_t frames) {
    const Clip& clip = *order.clip;
    const auto channels = static_cast<std::size_t>(clip.channels);
    const auto length = static_cast<std::int64_t>(clip.frames());
    std::size_t done = 0;
    while (done < frames) {
        const bool looping = m_loop && m_cursor < m_loop->end && m_loop->end <= length;
        const std::int64_t limit = looping ? m_loop->end : std::min(order.stopAt, length);
        if (m_cursor >= limit) break;
        const std::size_t count = std::min(frames - done, static_cast<std::size_t>(limit - m_cursor));
        const float* source = clip.samples.data() + static_cast<std::size_t>(m_cursor) * channels;
        float* out = target + done * static_cast<std::size_t>(m_channels);
        for (std::size_t frame = 0; frame < count; ++frame, source += channels) {
            const float left = source[0], right = channels > 1 ? source[1] : source[0];
            if (m_channels == 1) {
                *out++ = channels > 1 ? 0.5f * (left + right) : left;
            } else {
                *out++ = left;
                *out++ = right;
            }
        }
        done += count;
        m_cursor += static_cast<std::int64_t>(count);
        if (looping && m_cursor == m_loop->end) m_cursor = m_loop->begin;
    }
    return done;
}

void PlaybackCore::advance(const PlaybackOrder& order, double frames) {
    const double before = m_heard;
    m_heard += frames;
    if (!m_loop || before >= static_cast<double>(m_loop->end) ||
        m_loop->end > static_cast<std::int64_t>(order.clip->frames()))
        return;
    const auto begin = static_cast<double>(m_loop->begin), end = static_cast<double>(m_loop->end);
    if (m_heard < end) return;
    m_heard = begin + std::fmod(m_heard - end, end - begin);
    m_wrapped = true;
}

std::size_t PlaybackCore::fill(const PlaybackOrder& order, float* output, std::size_t frames) {
    const auto take = [&](float* target, std::size_t count) { return gather(order, target, count); };
    const std::size_t done = m_clipRate == m_rate ? take(output, frames) : m_converter->convert(output, frames, take);
    advance(order, static_cast<double>(done) * m_clipRate / m_rate);
    return done;
}

std::size_t PlaybackCore::fade(float* output, std::size_t frames) {
    const auto step = static_cast<float>(1.0 / (fadeSeconds * m_rate));
    std::size_t frame = 0;
    for (; frame < frames && m_fade > 0.0f; ++frame) {
        m_fade = std::max(0.0f, m_fade - step);
        for (int channel = 0; channel < m_channels; ++channel)
            *output++ *= m_fade;
    }
    return frame;
}

/// A change of clip or gain is a step in the sound, and a step clicks. The old clip may be gone by now, so it cannot be
/// faded out; instead the step is added to the new one, and fades.
void PlaybackCore::bridge(const PlaybackOrder& order, const float* output) {
    const bool goesOn = order.run == m_lastRun && order.jump == m_lastJump && m_lastClip;
    if (goesOn && (order.clip.get() != m_lastClip || order.gain != m_lastGain)) {
        m_bridgeFrames = static_cast<std::size_t>(bridgeSeconds * m_rate);
        m_bridgeDone = 0;
        for (int channel = 0; channel < m_channels; ++channel)
            m_step[channel] = m_last[channel] - output[channel] * order.gain;
    } else if (!goesOn) {
        m_bridgeFrames = m_bridgeDone = 0;
    }
    m_lastClip = order.clip.get();
    m_lastGain = order.gain;
    m_lastRun = order.run;
    m_lastJump = order.jump;
}

void PlaybackCore::measure(const PlaybackOrder& order, float* output, std::size_t frames) {
    if (frames == 0) return;
    bridge(order, output);
    const double seconds = static_cast<double>(frames) / m_rate;
    const auto fall = static_cast<float>(std::pow(10.0, -peakFall / 20.0 * seconds));
    const auto old = static_cast<float>(std::exp(-seconds / rmsSeconds));
    const float volume = m_volume.load(std::memory_order_relaxed);
    const float step = (volume - m_currentVolume) / static_cast<float>(frames);
    float highest = m_highest.load(std::memory_order_relaxed);
    for (int channel = 0; channel < m_channels; ++channel) {
        float peak = 0.0f;
        double square = 0.0;
        float* sample = output + channel;
        for (std::size_t frame = 0; frame < frames; ++frame, sample += m_channels) {
            float value = *sample * order.gain;
            if (const std::size_t past = m_bridgeDone + frame; past < m_bridgeFrames) {
                const float left = 1.0f - static_cast<float>(past + 1) / static_cast<float>(m_bridgeFrames);
                value += m_step[channel] * left * left;
            }
            if (frame + 1 == frames) m_last[channel] = value;
            peak = std::max(peak, std::abs(value));
            square += static_cast<double>(value) * value;
            *sample = value * (step == 0.0f ? volume : m_currentVolume + step * static_cast<float>(frame + 1));
        }
        const float before = m_rms[channel].load(std::memory_order_relaxed);
        const auto mean = static_cast<float>(square / static_cast<double>(frames));
        m_peak[channel].store(std::max(peak, m_peak[channel].load(std::memory_order_relaxed) * fall));
        m_rms[channel].store(std::sqrt(before * before * old + mean * (1.0f - old)));
        highest = std::max(highest, peak);
    }
    m_bridgeDone = std::min(m_bridgeDone + frames, m_bridgeFrames);
    m_highest.store(highest);
    m_currentVolume = volume;
}

void PlaybackCore::publish(const PlaybackOrder& order, double heardAt) {
    PlaybackMoment moment{m_heard, heardAt, static_cast<double>(m_clipRate), m_begin,
                          0.0,     0.0,     static_cast<double>(order.jump)};
    if (m_loop && m_wrapped) {
        moment.loopBegin = static_cast<double>(m_loop->begin);
        moment.loopEnd = static_cast<double>(m_loop->end);
    }
    m_moment.store(moment);
}

bool PlaybackCore::render(float* output, std::size_t frames, double heardAt) {
    const NumberedOrder* newest = m_next.load();
    m_seen.store(newest->number); // from here on, no older order is read
    const PlaybackOrder& order = newest->order;
    m_buffers.store(m_buffers.load(std::memory_order_relaxed) + 1);

    follow(order);
    std::size_t done = 0;
    bool goesOn = false;
    const bool hasClip = order.clip && order.clip->sampleRate > 0 && order.clip->channels > 0;
    if (hasClip && (order.playing || m_fade > 0.0f)) {
        publish(order, heardAt);
        if (order.playing) m_fade = 1.0f;
        done = fill(order, output, frames);
        goesOn = done == frames;
        if (!order.playing) {
            done = fade(output, done);
            goesOn = goesOn && m_fade > 0.0f;
        }
        measure(order, output, done);
    }
    std::fill(output + done * static_cast<std::size_t>(m_channels),
              output + frames * static_cast<std::size_t>(m_channels), 0.0f);
    if (!goesOn) {
        m_fade = 0.0f;
        m_finishedRun.store(order.run);
    }
    return goesOn;
}

PlaybackLevels PlaybackCore::levels() const {
    PlaybackLevels levels;
    levels.channels = m_shownChannels.load();
    for (int channel = 0; channel < levels.channels; ++channel) {
        levels.peak[channel] = m_peak[channel].load();
        levels.rms[channel] = m_rms[channel].load();
    }
    levels.highest = m_highest.load();
    return levels;
}

} // namespace n2m::audio
