#include "engine/plan/ScoreChannels.h"

#include "engine/plan/PlanRows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace n2m::plan {

namespace {

constexpr double onsetWidth = 0.015, drumDecay = 0.06; // seconds

struct Roll {
    int channel, lowest, pitches, onset;
};
constexpr Roll leadRoll{LeadNotes, 36, 60, LeadOnset};
constexpr Roll bassRoll{BassNotes, 24, 48, BassOnset};
constexpr Roll accompanimentRoll{AccompanimentNotes, 36, 60, AccompanimentOnset};

const Roll& rollOf(Part::Role role) {
    return role == Part::Role::Lead ? leadRoll : role == Part::Role::Bass ? bassRoll : accompanimentRoll;
}

// General MIDI percussion.
int drumOf(int pitch) {
    switch (pitch) {
    case 35:
    case 36:
        return 0; // kick
    case 37:
    case 38:
    case 39:
    case 40:
        return 1; // snare, rim, clap
    case 42:
    case 44:
        return 2; // closed hi-hat
    case 46:
        return 3; // open hi-hat
    case 51:
    case 53:
    case 59:
        return 4; // ride
    case 49:
    case 52:
    case 55:
    case 57:
        return 5; // crash
    case 41:
    case 43:
    case 45:
    case 47:
    case 48:
    case 50:
        return 6; // toms
    default:
        return 7;
    }
}

int kitOf(int program) {
    constexpr std::array<int, 8> kits{0, 8, 16, 24, 25, 32, 40, 48};
    return static_cast<int>(std::find(kits.begin(), kits.end(), program % 1000) - kits.begin());
}

class ScoreWriter {
public:
    explicit ScoreWriter(PlanRows& rows)
        : m_rows(rows) {}

    void write(const Part& part) {
        if (part.role == Part::Role::Drums) {
            everywhere(DrumKit + kitOf(part.program));
            for (const Note& note : part.notes)
                hit(note);
            return;
        }
        everywhere((part.role == Part::Role::Lead ? LeadProgram : OtherPrograms) + part.program % 1000 % 128);
        const Roll& roll = rollOf(part.role);
        for (const Note& note : part.notes)
            sound(note, roll);
    }

private:
    void everywhere(int channel) { m_rows.fill(channel, 0.0, 1e9, 1.0f); }

    void sound(const Note& note, const Roll& roll) {
        int pitch = note.pitch;
        while (pitch < roll.lowest)
            pitch += 12;
        while (pitch >= roll.lowest + roll.pitches)
            pitch -= 12;
        const float loudness = static_cast<float>(note.velocity) / 127.0f;
        raise(roll.channel + pitch - roll.lowest, note.start, note.end, [&](double) { return loudness; });
        raise(roll.onset, note.start - 4.0 * onsetWidth, note.start + 4.0 * onsetWidth, [&](double time) {
            const double distance = (time - note.start) / onsetWidth;
            return loudness * static_cast<float>(std::exp(-0.5 * distance * distance));
        });
    }

    void hit(const Note& note) {
        const float loudness = static_cast<float>(note.velocity) / 127.0f;
        // From the frame that holds the hit, not the next one.
        const double start = note.start - 0.5 / m_rows.rate();
        raise(DrumHits + drumOf(note.pitch), start, note.start + 5.0 * drumDecay, [&](double time) {
            return loudness * static_cast<float>(std::exp(-std::max(time - note.start, 0.0) / drumDecay));
        });
    }

    template <typename Level> void raise(int channel, double start, double end, Level level) {
        float* row = m_rows.row(channel);
        const int last = std::min(m_rows.frameAt(end), m_rows.end());
        for (int frame = m_rows.frameAt(start); frame < last; ++frame)
            row[frame] = std::max(row[frame], level(m_rows.timeOf(frame)));
    }

    PlanRows& m_rows;
};

} // namespace

std::vector<float> scoreChannels(const Plan* plan, int frames, double frameRate, double startSeconds) {
    const bool written = plan && !plan->parts.empty();
    constexpr double endless = 1e9;
    PlanRows rows(scoreChannelCount, frames, frameRate, startSeconds, written ? plan->seconds : endless);
    if (!written) {
        rows.fill(NoScore, -endless, endless, 1.0f);
        return rows.take();
    }
    ScoreWriter writer(rows);
    for (const Part& part : plan->parts)
        writer.write(part);
    return rows.take();
}

} // namespace n2m::plan
