#include "engine/corpus/Renderer.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/corpus/Finishing.h"

#include <fluidsynth.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>

namespace n2m::corpus {

namespace {

// FluidSynth does not band-limit a sample that it plays upwards: frequencies above half its rate fold back. At 32 kHz
// the soundfont's 12 to 20 kHz fold to 12 to 16 kHz, which the conversion to 24 kHz then removes; at 24 kHz they would
// stay. It is a third cheaper than 48 kHz.
constexpr int synthRate = 32000;
constexpr int drumBank = plan::firstDrumKit / 1000; // of a soundfont

/// 32 → 24 kHz: up by three, a Kaiser-windowed low-pass (−80 dB above 12.4 kHz, flat to 11.2), down by four; only the
/// taps and samples that matter are computed.
std::vector<float> resampled(const std::vector<float>& in, std::size_t wanted) {
    constexpr int up = 3, down = 4, half = 40; // taps per phase and side
    static const std::vector<float> taps = [] {
        constexpr double cutoff = 11800.0 / (synthRate * up), beta = 8.0;
        const auto bessel = [](double x) { // modified, first kind, order 0
            double sum = 1.0, term = 1.0;
            for (int n = 1; n < 40; ++n)
                sum += term *= (x / 2.0 / n) * (x / 2.0 / n);
            return sum;
        };
        std::vector<float> result;
        for (int n = -half * up; n <= half * up; ++n) {
            const double x = 2.0 * cutoff * n, place = static_cast<double>(n) / (half * up);
            const double sinc = n == 0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
            result.push_back(static_cast<float>(2.0 * cutoff * up * sinc *
                                                bessel(beta * std::sqrt(1.0 - place * place)) / bessel(beta)));
        }
        return result;
    }();
    // Taps are stored by phase, so that the inner loop reads memory in order.
    static const std::array<std::vector<float>, up> phases = [] {
        std::array<std::vector<float>, up> result;
        for (int phase = 0; phase < up; ++phase)
            for (int k = -half; k <= half; ++k) {
                const int at = half * up + phase - k * up;
                result[static_cast<std::size_t>(phase)].push_back(
                    at >= 0 && at < static_cast<int>(taps.size()) ? taps[static_cast<std::size_t>(at)] : 0.0f);
            }
        return result;
    }();
    std::vector<float> padded(in.size() + 2 * half + 1, 0.0f), out(wanted, 0.0f);
    std::copy(in.begin(), in.end(), padded.begin() + half);
    for (std::size_t m = 0; m < wanted; ++m) {
        const std::size_t place = m * down, first = place / up;
        if (first >= in.size()) break;
        const std::vector<float>& phase = phases[place % up];
        float sum = 0.0f;
        for (std::size_t k = 0; k < phase.size(); ++k)
            sum += phase[k] * padded[first + k];
        out[m] = sum;
    }
    return out;
}

struct Event {
    enum class Kind { Control, Off, On };
    std::int64_t frame = 0;
    Kind kind = Kind::On;
    int channel = 0, first = 0, second = 0;
};

std::vector<Event> eventsOf(const composer::Piece& piece, std::optional<composer::Track::Role> only) {
    std::vector<Event> events;
    const auto frameOf = [](double time) { return static_cast<std::int64_t>(std::llround(time * synthRate)); };
    for (const composer::Track& track : piece.tracks) {
        if (only && track.role != *only) continue;
        for (const composer::Control& control : track.controls)
            events.push_back(
                {frameOf(control.time), Event::Kind::Control, track.channel, control.controller, control.value});
        for (std::size_t n = 0; n < track.notes.size(); ++n) {
            const plan::Note& note = track.notes[n];
            // A note that the same pitch follows must end before it, or the ending would cut the new one.
            double end = note.end;
            for (std::size_t later = n + 1; later < track.notes.size() && track.notes[later].start < end; ++later)
                if (track.notes[later].pitch == note.pitch) end = track.notes[later].start;
            events.push_back({frameOf(note.start), Event::Kind::On, track.channel, note.pitch, note.velocity});
            events.push_back({frameOf(end), Event::Kind::Off, track.channel, note.pitch, 0});
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return a.frame != b.frame ? a.frame < b.frame : a.kind < b.kind;
    });
    return events;
}

} // namespace

std::filesystem::path findSoundfont() {
    if (const char* named = std::getenv("N2M_SOUNDFONT"); named && *named) return named;
    for (const char* file : {"/usr/share/sounds/sf3/MuseScore_General.sf3", "/usr/share/sounds/sf2/FluidR3_GM.sf2"})
        if (std::filesystem::exists(file)) return file;
    throw base::Failure("no soundfont was found: install musescore-general-soundfont or fluid-soundfont-gm, or "
                        "name one in N2M_SOUNDFONT");
}

class Renderer::Implementation {
public:
    explicit Implementation(const std::filesystem::path& soundfont) {
        // FluidSynth's warnings about a soundfont's details would fill the terminal.
        fluid_set_log_function(FLUID_ERR, nullptr, nullptr); // errors are thrown
        fluid_set_log_function(FLUID_WARN, nullptr, nullptr);
        fluid_set_log_function(FLUID_INFO, nullptr, nullptr);
        m_settings.reset(new_fluid_settings());
        fluid_settings_setnum(m_settings.get(), "synth.sample-rate", synthRate);
        fluid_settings_setint(m_settings.get(), "synth.polyphony", 192);
        fluid_settings_setint(m_settings.get(), "synth.chorus.active", 0);
        fluid_settings_setint(m_settings.get(), "synth.lock-memory", 0);
        fluid_settings_setint(m_settings.get(), "synth.midi-channels", 16);
        m_holder.reset(new_fluid_synth(m_settings.get()));
        if (!m_holder) throw base::Failure("FluidSynth did not start");
        // Its loader for other formats prints warnings of its own about other files.
        const bool soundfontFile = fluid_is_soundfont(soundfont.c_str()) != 0;
        const int id = soundfontFile ? fluid_synth_sfload(m_holder.get(), soundfont.c_str(), 0) : FLUID_FAILED;
        if (id == FLUID_FAILED)
            throw base::Failure("{}: FluidSynth cannot load this soundfont", base::printable(soundfont.string()));
        m_soundfont = fluid_synth_get_sfont_by_id(m_holder.get(), id);
    }

    std::vector<float> play(const composer::Piece& piece, std::optional<composer::Track::Role> only) {
        // Every clip gets a new synthesizer: reverberation and oscillators begin from the same state.
        const Synth synth(new_fluid_synth(m_settings.get()));
        if (!synth) throw base::Failure("FluidSynth did not start");
        fluid_synth_add_sfont(synth.get(), m_soundfont);
        prepare(synth.get(), piece);
        std::vector<float> mono = run(synth.get(), eventsOf(piece, only), piece.seconds);
        fluid_synth_all_sounds_off(synth.get(), -1);
        fluid_synth_remove_sfont(synth.get(), m_soundfont);
        return resampled(mono, static_cast<std::size_t>(std::llround(piece.seconds * sampleRate)));
    }

private:
    struct Deleter {
        void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
        void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
    };
    using Synth = std::unique_ptr<fluid_synth_t, Deleter>;

    void prepare(fluid_synth_t* synth, const composer::Piece& piece) {
        fluid_synth_set_gain(synth, 0.4f);
        const double room = piece.finish.room;
        fluid_synth_reverb_on(synth, -1, room > 0.01 ? 1 : 0);
        fluid_synth_set_reverb_group_roomsize(synth, -1, 0.25 + 0.6 * room);
        fluid_synth_set_reverb_group_damp(synth, -1, 0.35);
        fluid_synth_set_reverb_group_width(synth, -1, 0.5);
        fluid_synth_set_reverb_group_level(synth, -1, 0.25 + 0.65 * room);
        double loudest = -100.0;
        for (const composer::Track& track : piece.tracks)
            loudest = std::max(loudest, track.gain);
        for (const composer::Track& track : piece.tracks) {
            const int channel = track.channel;
            const bool drums = track.role == composer::Track::Role::Drums;
            choose(synth, channel, drums ? drumBank : track.program / 1000, track.program % 1000);
            // Volume 7: 40 log10(value / 127) dB (General MIDI level 2; SoundFont 2.04 §8.4.4).
            const double volume = 127.0 * std::pow(10.0, (track.gain - loudest) / 40.0);
            fluid_synth_cc(synth, channel, 7, std::clamp(static_cast<int>(std::lround(volume)), 1, 127));
            fluid_synth_cc(synth, channel, 10, 64);
            fluid_synth_cc(synth, channel, 11, 118);
            fluid_synth_pitch_wheel_sens(synth, channel, 2);
            const double send = track.role == composer::Track::Role::Bass ? 0.25 : drums ? 0.5 : 1.0;
            fluid_synth_cc(synth, channel, 91, static_cast<int>(send * (20.0 + 90.0 * room)));
        }
    }

    // A soundfont without the bank's variation has the plain program.
    void choose(fluid_synth_t* synth, int channel, int bank, int program) {
        if (fluid_sfont_get_preset(m_soundfont, bank, program)) {
            fluid_synth_program_select(synth, channel, fluid_sfont_get_id(m_soundfont), bank, program);
        } else {
            const int plain = bank == drumBank ? 0 : program;
            fluid_synth_program_select(synth, channel, fluid_sfont_get_id(m_soundfont), bank == drumBank ? drumBank : 0,
                                       plain);
        }
    }

    static void send(fluid_synth_t* synth, const Event& event) {
        switch (event.kind) {
        case Event::Kind::On:
            fluid_synth_noteon(synth, event.channel, event.first, event.second);
            break;
        case Event::Kind::Off:
            fluid_synth_noteoff(synth, event.channel, event.first);
            break;
        case Event::Kind::Control:
            if (event.first == composer::Control::bend)
                fluid_synth_pitch_bend(synth, event.channel, std::clamp(8192 + event.second, 0, 16383));
            else
                fluid_synth_cc(synth, event.channel, event.first, std::clamp(event.second, 0, 127));
        }
    }

    static std::vector<float> run(fluid_synth_t* synth, const std::vector<Event>& events, double seconds) {
        const auto frames = static_cast<std::int64_t>(std::llround(seconds * synthRate));
        std::vector<float> left(static_cast<std::size_t>(frames)), right(left.size());
        std::int64_t now = 0;
        const auto advance = [&](std::int64_t to) {
            to = std::min(to, frames);
            if (to <= now) return;
            const auto offset = static_cast<int>(now);
            fluid_synth_write_float(synth, static_cast<int>(to - now), left.data(), offset, 1, right.data(), offset, 1);
            now = to;
        };
        for (const Event& event : events) {
            advance(event.frame);
            send(synth, event);
        }
        advance(frames);
        for (std::size_t n = 0; n < left.size(); ++n)
            left[n] = 0.5f * (left[n] + right[n]);
        return left;
    }

    std::unique_ptr<fluid_settings_t, Deleter> m_settings;
    Synth m_holder; // owns the soundfont
    fluid_sfont_t* m_soundfont = nullptr;
};

Renderer::Renderer(const std::filesystem::path& soundfont)
    : m_implementation(std::make_unique<Implementation>(soundfont)) {}
Renderer::~Renderer() = default;

audio::Clip Renderer::render(const composer::Piece& piece) {
    audio::Clip clip{m_implementation->play(piece, std::nullopt), sampleRate, 1};
    applyFinish(clip, piece.finish, piece.seed);
    master(clip);
    return clip;
}

audio::Clip Renderer::renderOnly(const composer::Piece& piece, composer::Track::Role role) {
    return {m_implementation->play(piece, role), sampleRate, 1};
}

} // namespace n2m::corpus
