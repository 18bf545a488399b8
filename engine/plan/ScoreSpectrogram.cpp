#include "engine/plan/ScoreSpectrogram.h"

#include "engine/audio/LogMel.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::plan {

namespace {

constexpr audio::MelConfig mel;
constexpr auto& ages = NoteSpectra::ages;
constexpr int bands = NoteSpectra::bands;

/// Mean over time of the bands' powers together, dB. Measured over the corpus's clips, at −16 LUFS.
constexpr double meanPower = -13.0;
/// Mean levels of the roles in the corpus, dB against the lead.
constexpr double accompanimentLevel = -8.0, bassLevel = -6.0, drumsLevel = -4.0;

double levelOf(Part::Role role) {
    switch (role) {
    case Part::Role::Accompaniment:
        return accompanimentLevel;
    case Part::Role::Bass:
        return bassLevel;
    case Part::Role::Drums:
        return drumsLevel;
    case Part::Role::Lead:
        break;
    }
    return 0.0;
}

/// 10^(dB/10) of levels in 1/fine of the spectra's own steps, without a power function per band and frame.
class Powers {
public:
    static constexpr int fine = 8;

    Powers() {
        for (std::size_t level = 0; level < m_powers.size(); ++level)
            m_powers[level] = static_cast<float>(
                std::pow(10.0, mel.decibels(static_cast<float>(level) / (127.5f * fine) - 1.0f) / 10.0));
        m_powers[0] = 0.0f; // a level at the floor is silence, however often it is added
    }
    float at(float level) const { return m_powers[static_cast<std::size_t>(std::max(level, 0.0f) * fine)]; }

private:
    std::array<float, 255 * fine + 1> m_powers{};
};

/// The position of an age between the measured ones.
struct AgePlace {
    std::size_t from = 0;
    float share = 0.0f; ///< of the next one; beyond the last it is more than 1
};

AgePlace placeOf(double age) {
    std::size_t next = 1;
    while (next + 1 < ages.size() && ages[next] <= age)
        ++next;
    return {next - 1, static_cast<float>((age - ages[next - 1]) / (ages[next] - ages[next - 1]))};
}

struct SoundingNote {
    NoteSpectra::MeasuredNote note;
    double start = 0.0, end = 0.0; ///< frames
    float gain = 1.0f;             ///< of the power
    bool lead = false;
};

std::vector<SoundingNote> soundingOf(const Plan& plan, const NoteSpectra& spectra) {
    std::vector<SoundingNote> result;
    for (const Part& part : plan.parts) {
        const bool drums = part.role == Part::Role::Drums;
        for (const Note& note : part.notes) {
            if (note.start >= plan.seconds) continue;
            const double velocity = std::max(note.velocity, 1) / double(NoteSpectra::measuredVelocity);
            const double level = levelOf(part.role) + 40.0 * std::log10(velocity);
            result.push_back({spectra.note(drums ? firstDrumKit + part.program % 1000 : part.program, note.pitch),
                              note.start * mel.frameRate(), note.end * mel.frameRate(),
                              static_cast<float>(std::pow(10.0, level / 10.0)), part.role == Part::Role::Lead});
        }
    }
    return result;
}

/// Frames after the end in which a note can still be heard.
double tail(const SoundingNote& sounding) {
    constexpr double audible = 60.0; // dB
    return sounding.note.release > 0.0f ? audible / sounding.note.release * mel.frameRate() : ages.back();
}

/// The energy of a note: its power, summed over its frames.
double energyOf(const SoundingNote& sounding) {
    const double length = sounding.note.release > 0.0f ? sounding.end - sounding.start : ages.back();
    double energy = 0.0;
    for (std::size_t at = 1; at < ages.size(); ++at) {
        const double span = std::clamp(length - ages[at - 1], 0.0, double(ages[at] - ages[at - 1]));
        energy += span * 0.5 * (sounding.note.powers[at - 1] + sounding.note.powers[at]);
    }
    // Beyond the last age its power falls on as between the last two.
    const auto& powers = sounding.note.powers;
    const double later = std::max(length - ages.back(), 0.0), last = powers[ages.size() - 1];
    const double fall = std::log(std::max(powers[ages.size() - 2], 1e-20f) / std::max(last, 1e-20)) /
                        (ages[ages.size() - 1] - ages[ages.size() - 2]);
    energy += last * (fall > 1e-9 ? (1.0 - std::exp(-fall * later)) / fall : later);
    return energy * sounding.gain;
}

class Canvas {
public:
    Canvas(int frames, double first)
        : m_frames(frames)
        , m_first(first)
        , m_whole(static_cast<std::size_t>(frames) * bands)
        , m_lead(m_whole.size()) {}

    void draw(const SoundingNote& sounding, float gain) {
        const double last = sounding.end + tail(sounding);
        const double until = sounding.note.release > 0.0f ? last : sounding.start + tail(sounding);
        const int from = frameAt(sounding.start + ages.front()), to = frameAt(until);
        const float total = gain * sounding.gain;
        const float perFrame = sounding.note.release / static_cast<float>(mel.frameRate()) * levelsPerDecibel;
        for (int frame = from; frame < to; ++frame) {
            const double now = m_first + frame + 0.5;
            const auto [step, share] = placeOf(now - sounding.start);
            const float released = std::max(0.0f, static_cast<float>(now - sounding.end)) * perFrame;
            const std::uint8_t* before = sounding.note.levels + step * bands;
            const std::uint8_t* after = before + bands;
            float* whole = m_whole.data() + static_cast<std::size_t>(frame) * bands;
            float* lead = sounding.lead ? m_lead.data() + static_cast<std::size_t>(frame) * bands : nullptr;
            for (int band = 0; band < bands; ++band) {
                const auto a = static_cast<float>(before[band]), b = static_cast<float>(after[band]);
                // A pad that still swells at the last measured age keeps its level from there on.
                const float level = share > 1.0f ? b + std::min(0.0f, (share - 1.0f) * (b - a)) : a + share * (b - a);
                const float power = total * powers().at(level - released);
                whole[band] += power;
                if (lead) lead[band] += power;
            }
        }
    }

    /// The whole, then the lead: [2 bands, frames] in [−1, 1].
    std::vector<float> logMels() const {
        std::vector<float> result(2 * m_whole.size());
        const auto write = [&](const std::vector<float>& power, float* rows) {
            for (int frame = 0; frame < m_frames; ++frame)
                for (int band = 0; band < bands; ++band) {
                    const float decibels =
                        10.0f * std::log10(std::max(power[static_cast<std::size_t>(frame) * bands + band], 1e-20f));
                    const float value = (decibels - mel.floor) / (mel.ceiling - mel.floor) * 2.0f - 1.0f;
                    rows[static_cast<std::ptrdiff_t>(band) * m_frames + frame] = std::clamp(value, -1.0f, 1.0f);
                }
        };
        write(m_whole, result.data());
        write(m_lead, result.data() + m_whole.size());
        return result;
    }

private:
    static constexpr float levelsPerDecibel = 255.0f / (mel.ceiling - mel.floor);

    static const Powers& powers() {
        static const Powers table;
        return table;
    }
    /// The first frame whose middle is at or after a time (in frames of the plan), within the canvas.
    int frameAt(double time) const {
        return static_cast<int>(std::clamp(std::ceil(time - 0.5 - m_first), 0.0, static_cast<double>(m_frames)));
    }

    int m_frames;
    double m_first;
    std::vector<float> m_whole, m_lead; // [frames, bands]
};

} // namespace

std::vector<float> scoreSpectrogram(const Plan& plan, const NoteSpectra& spectra, int frames, double startSeconds) {
    if (frames < 0 || !std::isfinite(startSeconds))
        throw std::invalid_argument("score spectrogram: a negative number of frames, or a start that is not finite");
    double first = startSeconds * mel.frameRate();
    if (std::abs(first - std::round(first)) < 1e-6) first = std::round(first);
    const std::vector<SoundingNote> all = soundingOf(plan, spectra);
    double energy = 0.0;
    for (const SoundingNote& sounding : all)
        energy += energyOf(sounding);
    Canvas canvas(frames, first);
    if (energy > 0.0) {
        const double wanted = std::pow(10.0, meanPower / 10.0) * plan.seconds * mel.frameRate();
        for (const SoundingNote& sounding : all)
            canvas.draw(sounding, static_cast<float>(wanted / energy));
    }
    return canvas.logMels();
}

} // namespace n2m::plan
