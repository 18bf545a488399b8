#pragma once

#include "engine/audio/Clip.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace n2m::audio {

/// The sample format of a file. Ogg Vorbis, Opus and MP3 ignore it.
enum class SampleFormat { Pcm16, Pcm24, Float32 };

/// The texts of a sound file about itself, in UTF-8. A plain value.
struct Metadata {
    std::string title, artist, comment, software;
    std::string date;   ///< "2024-05-31", possibly followed by a time
    std::string recipe; ///< the request that made the clip: JSON text
    bool operator==(const Metadata&) const = default;

    static constexpr std::size_t maximumRecipeBytes = 1 << 20;
};

/// The header of a sound file. A plain value.
struct SoundFileInfo {
    int sampleRate = 0;
    int channels = 0;
    std::size_t frames = 0; ///< as the file's header claims
    std::string format;     ///< for people: "WAV (Microsoft), Signed 16 bit PCM"

    double seconds() const { return static_cast<double>(frames) / sampleRate; }
};

/// Reading: any format that libsndfile knows (WAV, FLAC, Ogg Vorbis and Opus, MP3, AIFF, …), on any thread. All four
/// throw base::Failure, one line with the file's name and the reason, for a file that is missing, a folder, not a
/// sound, empty or damaged (a WAV that is cut short but begins well counts as shorter), or that has samples that are
/// NaN or infinite. Memory grows with the sound in the file, not with its header's claims.
SoundFileInfo soundFileInfo(const std::filesystem::path& file);
Clip readSoundFile(const std::filesystem::path& file);
Metadata readMetadata(const std::filesystem::path& file);
/// Gives the sound to `take` in blocks of 16,384 frames (the last is shorter), so that the memory does not grow with
/// it. What `take` throws comes out. A file that breaks off is noticed after its last block.
void readSoundBlocks(const std::filesystem::path& file, const std::function<void(const Clip& block)>& take);

/// Writes WAV, FLAC, Ogg Vorbis, Opus or MP3, as the extension says (.wav, .flac, .ogg or .oga, .opus, .mp3),
/// atomically: the old file stays until the new one is whole and on the disk. Samples beyond ±1 are clipped in integer
/// formats. The same arguments give the same bytes.
///
/// The recipe goes into a chunk of its own in WAV ("n2mr"), and behind the comment, after a marker, in the others.
/// WAV also gets the comment, software and date as a bext chunk (EBU Tech 3285); its other texts are cut to 1,900
/// bytes each, as readers skip longer ones.
///
/// Throws base::InvalidInput for an unknown extension, a format or sample rate that the extension does not allow
/// (FLAC is 16 or 24 bit, Opus has no 44.1 kHz) or a clip that is empty or not finite; base::Failure where the file
/// cannot be written. One line each.
void writeSoundFile(const std::filesystem::path& file, const Clip& clip, SampleFormat format = SampleFormat::Pcm16,
                    const Metadata& metadata = {});

} // namespace n2m::audio
