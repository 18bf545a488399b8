#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace n2m::plan {

/// What single notes sound like: log-mel spectra (audio::LogMel) of every instrument's notes, pitch by pitch, at a few
/// ages. Measured on a soundfont whose instruments' own levels are evened out (corpus::measureNoteSpectra), kept in
/// one file of a bundle (model::readNoteSpectra), and what scoreSpectrogram() draws a score with. Immutable: any number
/// of threads.
class NoteSpectra {
public:
    static constexpr int bands = 80;
    /// Frames (10 ms) between a note's start and the middle of the analysis window, whose 64 ms hear it before it
    /// begins. Between them a spectrum is interpolated, after the last it goes on falling as at the end.
    static constexpr std::array<int, 8> ages{-2, 0, 1, 3, 8, 24, 72, 200};
    static constexpr int measuredVelocity = 100;

    struct Instrument {
        int lowest = 0;         ///< MIDI pitch of the first one
        float release = 100.0f; ///< dB/s that a note falls by once it has ended; 0 = it rings out, as drums do
        std::vector<std::uint8_t> levels; ///< [pitches, ages, bands]: 0 … 255 stand for −1 … 1 of the log-mel

        int pitches() const { return static_cast<int>(levels.size() / (ages.size() * bands)); }
        bool operator==(const Instrument&) const = default;
    };
    /// Drum kits are kept beside the programs (bank × 1000 + program).
    static constexpr int kits = 128000;

    /// By program. Throws std::invalid_argument for none at all, or one whose levels are not whole pitches.
    explicit NoteSpectra(std::map<int, Instrument> instruments);

    const std::map<int, Instrument>& instruments() const { return m_instruments; }

    /// A note as it was measured; pitches that were not are moved by octaves. A bank that is not there is played by
    /// the plain program, that by the nearest one; a kit that is not there by the first kit.
    struct Note {
        const std::uint8_t* levels = nullptr; ///< [ages, bands]
        const float* powers = nullptr;        ///< [ages]: the sum over all bands, 1 = a full-scale sine
        float release = 0.0f;
    };
    Note note(int program, int pitch) const;

private:
    std::map<int, Instrument>::const_iterator nearest(int program) const;

    std::map<int, Instrument> m_instruments;
    std::map<int, std::vector<float>> m_powers; ///< [pitches, ages]
};

} // namespace n2m::plan
