#include "engine/audio/SoundFile.h"

#include "engine/audio/Id3Tag.h"
#include "engine/audio/OggPages.h"
#include "engine/audio/SoundText.h"
#include "engine/audio/WavChunks.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <sndfile.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>

namespace n2m::audio {

namespace {

struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using Handle = std::unique_ptr<SNDFILE, Close>;

constexpr std::string_view recipeChunk = "n2mr";
constexpr std::size_t longestWavText = 1900; // libsndfile's reader, for one, skips texts of 2,048 bytes and more
// From 0 to 1. Measured: Vorbis takes 73 kbit/s for a rock song in mono at 24 kHz.
constexpr double vorbisQuality = 0.7, opusQuality = 0.7, mp3Quality = 0.8;

[[noreturn]] void fail(const std::filesystem::path& file, const base::Message& reason) {
    throw base::Failure("{}: {}", base::printable(file.string()), reason);
}

/// libsndfile's line for the last error of a file, or of opening one (nullptr).
std::string reasonOf(SNDFILE* file) {
    return base::printable(sf_strerror(file));
}

// --- reading ---

struct Input {
    Handle handle;
    SF_INFO info{};
};

Input openForReading(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) fail(file, base::Message("there is no such file"));
    if (!std::filesystem::is_regular_file(status)) fail(file, base::Message("is not a file"));
    if (std::filesystem::file_size(file, error) == 0 && !error) fail(file, base::Message("is empty"));
    Input input;
    input.handle.reset(sf_open(file.c_str(), SFM_READ, &input.info));
    if (!input.handle)
        fail(file, base::Message("cannot be read as sound: {}", base::Message::verbatim(reasonOf(nullptr))));
    if (input.info.channels < 1 || input.info.samplerate < 1)
        fail(file, base::Message("is damaged: it has no sample rate"));
    return input;
}

std::string text(SNDFILE* handle, int which) {
    const char* value = sf_get_string(handle, which);
    return value ? asUtf8(value) : std::string();
}

// --- writing ---

enum class Container { Wav, Flac, Vorbis, Opus, Mp3 };

bool isLossy(Container container) {
    return container != Container::Wav && container != Container::Flac;
}

Container containerOf(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
    if (extension == ".wav") return Container::Wav;
    if (extension == ".flac") return Container::Flac;
    if (extension == ".ogg" || extension == ".oga") return Container::Vorbis;
    if (extension == ".opus") return Container::Opus;
    if (extension == ".mp3") return Container::Mp3;
    throw base::InvalidInput("{}: the name of a sound file must end in .wav, .flac, .ogg, .opus or .mp3",
                             base::printable(file.string()));
}

void checkRate(const std::filesystem::path& file, Container container, int rate) {
    const auto among = [&](std::initializer_list<int> rates) {
        return std::find(rates.begin(), rates.end(), rate) != rates.end();
    };
    const auto refuse = [&](const char* name, const base::Message& rates) {
        throw base::InvalidInput("{}: {} has no {} Hz: choose {} kHz", base::printable(file.string()), name, rate,
                                 rates);
    };
    if (container == Container::Opus && !among({8000, 12000, 16000, 24000, 48000}))
        refuse("Opus", base::Message("8, 12, 16, 24 or 48"));
    if (container == Container::Mp3 && !among({8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000}))
        refuse("MP3", base::Message("16, 24, 32, 44.1 or 48"));
}

void checkChannels(const std::filesystem::path& file, Container container, int channels) {
    const int most = container == Container::Mp3 ? 2 : container == Container::Flac ? 8 : 255;
    if (channels > most)
        throw base::InvalidInput("{}: this format holds {} channels at most, and the clip has {}: choose {}",
                                 base::printable(file.string()), most, channels,
                                 most == 2 ? base::Message("WAV, FLAC or Ogg") : base::Message("WAV"));
}

int formatOf(Container container, SampleFormat format) {
    if (container == Container::Vorbis) return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    if (container == Container::Opus) return SF_FORMAT_OGG | SF_FORMAT_OPUS;
    if (container == Container::Mp3) return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
    if (container == Container::Flac && format == SampleFormat::Float32)
        throw base::InvalidInput("FLAC holds 16 or 24 bit: choose one of them, or WAV for 32 bit float");
    const int major = container == Container::Wav ? SF_FORMAT_WAV : SF_FORMAT_FLAC;
    switch (format) {
    case SampleFormat::Pcm16:
        return major | SF_FORMAT_PCM_16;
    case SampleFormat::Pcm24:
        return major | SF_FORMAT_PCM_24;
    case SampleFormat::Float32:
        return major | SF_FORMAT_FLOAT;
    }
    throw std::invalid_argument("an unknown sample format");
}

/// A file in memory for libsndfile's virtual input and output, so that the disk can fail in one place only.
struct Memory {
    std::string bytes;
    std::size_t position = 0;

    static Memory& of(void* data) { return *static_cast<Memory*>(data); }
    static sf_count_t length(void* data) { return static_cast<sf_count_t>(of(data).bytes.size()); }
    static sf_count_t tell(void* data) { return static_cast<sf_count_t>(of(data).position); }
    static sf_count_t seek(sf_count_t offset, int whence, void* data) {
        const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell(data) : length(data);
        if (base + offset < 0) return -1;
        of(data).position = static_cast<std::size_t>(base + offset);
        return tell(data);
    }
    static sf_count_t read(void* target, sf_count_t count, void* data) {
        Memory& memory = of(data);
        if (memory.position >= memory.bytes.size()) return 0;
        const std::size_t got = std::min(static_cast<std::size_t>(count), memory.bytes.size() - memory.position);
        std::memcpy(target, memory.bytes.data() + memory.position, got);
        memory.position += got;
        return static_cast<sf_count_t>(got);
    }
    static sf_count_t write(const void* source, sf_count_t count, void* data) {
        Memory& memory = of(data);
        const std::size_t end = memory.position + static_cast<std::size_t>(count);
        if (end > memory.bytes.size()) memory.bytes.resize(end);
        std::memcpy(memory.bytes.data() + memory.position, source, static_cast<std::size_t>(count));
        memory.position = end;
        return count;
    }
};

[[noreturn]] void failEncoding(SNDFILE* handle) {
    throw base::Failure(base::Message::verbatim(reasonOf(handle)));
}

void setTexts(SNDFILE* handle, Container container, const Metadata& metadata) {
    const auto set = [&](int which, const std::string& value) {
        if (value.empty()) return;
        const std::string cut = container == Container::Wav ? cutUtf8(value, longestWavText) : value;
        if (sf_set_string(handle, which, cut.c_str()) != 0) failEncoding(handle);
    };
    set(SF_STR_TITLE, metadata.title);
    set(SF_STR_ARTIST, metadata.artist);
    set(SF_STR_SOFTWARE, metadata.software);
    set(SF_STR_DATE, metadata.date);
    set(SF_STR_COMMENT, container == Container::Wav ? metadata.comment : joinRecipe(metadata.comment, metadata.recipe));
}

void setBroadcastInfo(SNDFILE* handle, const Metadata& metadata) {
    if (metadata.comment.empty() && metadata.software.empty() && metadata.date.empty()) return;
    SF_BROADCAST_INFO info{};
    const auto put = [](auto& field, const std::string& value) {
        const std::string cut = cutUtf8(value, sizeof field);
        std::memcpy(field, cut.data(), cut.size());
    };
    put(info.description, metadata.comment);
    put(info.originator, metadata.software);
    put(info.origination_date, metadata.date.substr(0, sizeof info.origination_date));
    info.version = 1;
    if (sf_command(handle, SFC_SET_BROADCAST_INFO, &info, sizeof info) != SF_TRUE) failEncoding(handle);
}

/// libsndfile rounds towards −∞ while it clips, which would be a bias of half a step; so it gets rounded samples.
void roundToSteps(std::vector<float>& samples, double steps) {
    for (float& sample : samples)
        sample = static_cast<float>(std::clamp(std::nearbyint(sample * steps), -steps, steps - 1.0) / steps);
}

std::string encode(const Clip& clip, Container container, SampleFormat format, const Metadata& metadata) {
    SF_INFO info{};
    info.channels = clip.channels;
    info.samplerate = clip.sampleRate;
    info.format = formatOf(container, format);
    Memory memory;
    SF_VIRTUAL_IO io{Memory::length, Memory::seek, Memory::read, Memory::write, Memory::tell};
    Handle handle(sf_open_virtual(&io, SFM_WRITE, &info, &memory));
    if (!handle) failEncoding(nullptr);

    sf_command(handle.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    sf_command(handle.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE); // that chunk holds the time of day
    if (isLossy(container)) {
        double quality = container == Container::Vorbis ? vorbisQuality
                         : container == Container::Opus ? opusQuality
                                                        : mp3Quality;
        sf_command(handle.get(), SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
    }
    if (container == Container::Wav) setBroadcastInfo(handle.get(), metadata);
    if (container != Container::Mp3) setTexts(handle.get(), container, metadata);

    // Blocks are short because libvorbis keeps the whole of one write on the stack.
    const auto frames = static_cast<sf_count_t>(clip.frames());
    const double steps = isLossy(container) || format == SampleFormat::Float32 ? 0.0
                         : format == SampleFormat::Pcm16                       ? 32768.0
                                                                               : 8388608.0;
    std::vector<float> block;
    for (sf_count_t done = 0; done < frames;) {
        const sf_count_t count = std::min<sf_count_t>(frames - done, 4096);
        const float* first = clip.samples.data() + done * clip.channels;
        block.assign(first, first + count * clip.channels);
        if (steps > 0.0) roundToSteps(block, steps);
        if (sf_writef_float(handle.get(), block.data(), count) != count) failEncoding(handle.get());
        done += count;
    }
    if (sf_close(handle.release()) != 0) throw base::Failure("the encoder failed at the end");

    if (container == Container::Wav && !metadata.recipe.empty())
        appendWavChunk(memory.bytes, recipeChunk, metadata.recipe);
    if (container == Container::Mp3) memory.bytes.insert(0, id3Tag(metadata));
    if (container == Container::Vorbis || container == Container::Opus) setOggSerial(memory.bytes, 1);
    return std::move(memory.bytes);
}

} // namespace

SoundFileInfo soundFileInfo(const std::filesystem::path& file) {
    const Input input = openForReading(file);
    SoundFileInfo result;
    result.sampleRate = input.info.samplerate;
    result.channels = input.info.channels;
    result.frames = static_cast<std::size_t>(std::max<sf_count_t>(0, input.info.frames));
    for (const int part : {input.info.format & SF_FORMAT_TYPEMASK, input.info.format & SF_FORMAT_SUBMASK}) {
        SF_FORMAT_INFO name{};
        name.format = part;
        if (sf_command(nullptr, SFC_GET_FORMAT_INFO, &name, sizeof name) != 0 || !name.name) continue;
        if (!result.format.empty()) result.format += ", ";
        result.format += name.name;
    }
    return result;
}

void readSoundBlocks(const std::filesystem::path& file, const std::function<void(const Clip& block)>& take) {
    constexpr std::size_t blockFrames = 16384;
    const Input input = openForReading(file);
    Clip block{{}, input.info.samplerate, input.info.channels};
    std::size_t frames = 0;
    for (;;) {
        block.samples.resize(blockFrames * static_cast<std::size_t>(block.channels));
        const sf_count_t count = sf_readf_float(input.handle.get(), block.samples.data(), blockFrames);
        if (count <= 0) break;
        block.samples.resize(static_cast<std::size_t>(count) * static_cast<std::size_t>(block.channels));
        if (!std::all_of(block.samples.begin(), block.samples.end(),
                         [](float sample) { return std::isfinite(sample); }))
            fail(file, base::Message("is damaged: it has samples that are not numbers"));
        frames += static_cast<std::size_t>(count);
        take(block);
    }
    if (input.info.frames < SF_COUNT_MAX && frames < static_cast<std::size_t>(input.info.frames)) {
        const double seconds = static_cast<double>(frames) / block.sampleRate;
        fail(file, base::Message("is damaged: it breaks off after {:.2f} s", seconds));
    }
    if (frames == 0) fail(file, base::Message("has no sound in it"));
}

Clip readSoundFile(const std::filesystem::path& file) {
    Clip clip;
    readSoundBlocks(file, [&](const Clip& block) {
        clip.sampleRate = block.sampleRate;
        clip.channels = block.channels;
        clip.samples.insert(clip.samples.end(), block.samples.begin(), block.samples.end());
    });
    return clip;
}

Metadata readMetadata(const std::filesystem::path& file) {
    const Input input = openForReading(file);
    SNDFILE* handle = input.handle.get();
    Metadata metadata;
    metadata.title = text(handle, SF_STR_TITLE);
    metadata.artist = text(handle, SF_STR_ARTIST);
    metadata.software = text(handle, SF_STR_SOFTWARE);
    metadata.date = text(handle, SF_STR_DATE);
    std::tie(metadata.comment, metadata.recipe) = splitRecipe(text(handle, SF_STR_COMMENT));
    // libsndfile adds its own name to the software that it writes.
    metadata.software = metadata.software.substr(0, metadata.software.find(" (libsndfile-"));

    std::ifstream stream(file, std::ios::binary);
    if (auto recipe = findWavChunk(stream, recipeChunk, Metadata::maximumRecipeBytes))
        metadata.recipe = asUtf8(*recipe);
    return metadata;
}

void writeSoundFile(const std::filesystem::path& file, const Clip& clip, SampleFormat format,
                    const Metadata& metadata) {
    const Container container = containerOf(file);
    checkRate(file, container, clip.sampleRate);
    checkChannels(file, container, clip.channels);
    if (clip.channels < 1 || clip.sampleRate < 1 || clip.frames() == 0 ||
        clip.samples.size() % static_cast<std::size_t>(clip.channels) != 0)
        throw base::InvalidInput("a clip without whole frames of samples cannot be written");
    if (!std::all_of(clip.samples.begin(), clip.samples.end(), [](float sample) { return std::isfinite(sample); }))
        throw base::InvalidInput("a clip with samples that are not numbers cannot be written");
    if (metadata.recipe.size() > Metadata::maximumRecipeBytes)
        throw base::InvalidInput("a recipe of more than 1 MiB cannot be written into a sound file");

    std::string bytes;
    try {
        bytes = encode(clip, container, format, metadata);
    } catch (const std::runtime_error& error) {
        fail(file, base::Message("cannot be written: {}", base::messageOf(error)));
    }
    base::AtomicFile output(file);
    output.write(bytes);
    output.commit();
}

} // namespace n2m::audio
