#pragma once

#include "engine/plan/Plan.h"

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace n2m::plan {

/// The sound of single notes: log-mel spectra (audio::LogMel) of every instrument's notes, pitch by pitch, at a few
/// ages. corpus::measureNoteSpectra measures them on a soundfont whose instruments' own levels are evened out, a bundle
/// stores them in one file (model::readNoteSpectra), scoreSpectrogram() draws scores with them. Immutable: any number
/// of threads.
class NoteSpectra {
public:
    static constexpr int bands = 80;
    /// Frames (10 ms) between a note's start and the middle of the analysis window, whose 64 ms contain the note before
    /// its start. A spectrum is interpolated between the ages; after the last it goes on falling as at the end.
    static constexpr std::array<int, 8> ages{-2, 0, 1, 3, 8, 24, 72, 200};
    static constexpr int measuredVelocity = 100;

    struct Instrument {
        int lowest = 0;                   ///< MIDI pitch of the first
        float release = 100.0f;           ///< dB/s by which a note falls after its end; 0 = it rings out, as drums do
        std::vector<std::uint8_t> levels; ///< [pitches, ages, bands]: 0 … 255 stand for −1 … 1 of the log-mel

        int pitches() const { return static_cast<int>(levels.size() / (ages.size() * bands)); }
        bool operator==(const Instrument&) const = default;
    };

    /// By program (bank × 1000 + program), and drum kits from firstDrumKit on. Throws base::InvalidInput if there is no
    /// instrument, or one's levels are not whole pitches.
    explicit NoteSpectra(std::map<int, Instrument> instruments);

    const std::map<int, Instrument>& instruments() const { return m_instruments; }

    /// A view into the measured values of one note; valid as long as the NoteSpectra.
    struct MeasuredNote {
        const std::uint8_t* levels = nullptr; ///< [ages, bands]
        const float* powers = nullptr;        ///< [ages]: the sum over all bands, 1 = a full-scale sine
        float release = 0.0f;
    };
    /// Pitches that were not measured are moved by octaves. A missing bank is replaced by the plain program, a missing
    /// program by the nearest one, a missing kit by the first kit.
    MeasuredNote note(int program, int pitch) const;

private:
    std::map<int, Instrument>::const_iterator nearest(int program) const;

    std::map<int, Instrument> m_instruments;
    std::map<int, std::vector<float>> m_powers; ///< [pitches, ages]
};

} // namespace n2m::plan
