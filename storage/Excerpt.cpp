#include "storage/Excerpt.h"

#include "engine/audio/Export.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "storage/FileNames.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

bool holds(const fs::path& file, const audio::Clip& clip, const audio::FrameRange& range) {
    try {
        const audio::Clip there = audio::readSoundFile(file);
        const auto first = clip.samples.begin() + range.begin * clip.channels;
        return there.sampleRate == clip.sampleRate && there.channels == clip.channels &&
               std::equal(there.samples.begin(), there.samples.end(), first, first + range.length() * clip.channels);
    } catch (const std::runtime_error&) {
        return false; // a file of another program
    }
}

} // namespace

fs::path writeExcerpt(const fs::path& library, const Take& take, const audio::Clip& clip,
                      const audio::FrameRange& range) {
    if (range.begin < 0 || range.empty() || range.end > static_cast<std::int64_t>(clip.frames()))
        throw base::InvalidInput("the selected range of the clip is empty");
    const auto seconds = [&clip](std::int64_t frame) { return static_cast<double>(frame) / clip.sampleRate; };
    const std::string part = fmt::format("{:.3f}-{:.3f}s", seconds(range.begin), seconds(range.end));
    // A FLAC stays a FLAC without loss; other files may have samples that only floats can hold.
    const bool flac = take.file.extension() == ".flac";
    const std::string stem = take.title.empty() ? take.file.stem().string() : fileStem(take.title);
    audio::Metadata metadata = audio::readMetadata(library / take.file);
    const std::string& title = !take.title.empty() ? take.title : metadata.title.empty() ? stem : metadata.title;
    metadata.title = fmt::format("{} ({})", title, part);
    audio::ExportSettings settings;
    settings.format = flac ? audio::SampleFormat::Pcm24 : audio::SampleFormat::Float32;
    settings.range = range;

    fs::create_directories(library / excerptsFolder);
    for (int number = 1;; ++number) {
        const std::string name = number == 1 ? part : fmt::format("{}-{}", part, number);
        const fs::path file = library / excerptsFolder / fmt::format("{}-{}.{}", stem, name, flac ? "flac" : "wav");
        if (fs::exists(file)) {
            if (holds(file, clip, range)) return file;
            continue;
        }
        audio::exportClip(file, clip, settings, metadata);
        return file;
    }
}

} // namespace n2m::storage
