#pragma once

#include "engine/audio/Clip.h"
#include "engine/composer/Piece.h"

#include <filesystem>
#include <memory>

namespace n2m::corpus {

/// $N2M_SOUNDFONT, else MuseScore_General.sf3, else FluidR3_GM.sf2 where Debian installs them.
/// Throws base::Failure, one line that names the packages that have one, if there is none.
std::filesystem::path findSoundfont();

/// Plays pieces with FluidSynth, off line and faster than real time. Holds the soundfont in memory (measured:
/// MuseScore_General 510 MB and 7 s to load, FluidR3 170 MB and 0.2 s; a second Renderer of a process shares the
/// samples of the first). One thread at a time; one Renderer per thread.
class Renderer {
public:
    static constexpr int sampleRate = 24000;

    /// Throws base::Failure if FluidSynth does not start or cannot load the soundfont.
    explicit Renderer(const std::filesystem::path& soundfont = findSoundfont());
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    /// The clip has one channel at `sampleRate` and piece.seconds, at −16 LUFS with no true peak above −1 dB. The same
    /// piece gives the same samples whatever was rendered before.
    audio::Clip render(const composer::Piece& piece);

    /// Renders only the tracks of one role, at their level in the whole, without normalisation and finish.
    audio::Clip renderOnly(const composer::Piece& piece, composer::Track::Role role);

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace n2m::corpus
