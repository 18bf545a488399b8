#include "engine/audio/WavChunks.h"

#include "engine/base/Error.h"

#include <array>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr std::size_t riffHeaderBytes = 12; // "RIFF", size of the rest, "WAVE"
constexpr std::size_t chunkHeaderBytes = 8; // name, size; data of an odd size is followed by a padding byte

std::uint32_t numberAt(const char* bytes) {
    std::uint32_t number = 0;
    for (int i = 3; i >= 0; --i)
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    return number;
}

std::string bytesOf(std::uint32_t number) {
    std::string bytes;
    for (int i = 0; i < 4; ++i)
        bytes.push_back(static_cast<char>(number >> (8 * i) & 0xff));
    return bytes;
}

bool isWav(std::string_view header) {
    return header.size() >= riffHeaderBytes && header.substr(0, 4) == "RIFF" && header.substr(8, 4) == "WAVE";
}

} // namespace

void appendWavChunk(std::string& wav, std::string_view name, std::string_view data) {
    if (!isWav(wav) || name.size() != 4) throw std::invalid_argument("a chunk can only be appended to a WAV file");
    if (wav.size() % 2 != 0) wav.push_back('\0');
    if (wav.size() + chunkHeaderBytes + data.size() > std::numeric_limits<std::uint32_t>::max())
        throw base::InvalidInput("a WAV file cannot be larger than 4 GiB");
    wav += name;
    wav += bytesOf(static_cast<std::uint32_t>(data.size()));
    wav += data;
    if (wav.size() % 2 != 0) wav.push_back('\0');
    wav.replace(4, 4, bytesOf(static_cast<std::uint32_t>(wav.size() - 8)));
}

std::optional<std::string> findWavChunk(std::istream& wav, std::string_view name, std::size_t mostBytes) {
    std::array<char, riffHeaderBytes> header{};
    if (!wav.read(header.data(), riffHeaderBytes) || !isWav({header.data(), header.size()})) return {};
    while (wav.read(header.data(), chunkHeaderBytes)) {
        const std::uint32_t bytes = numberAt(header.data() + 4);
        if (std::string_view(header.data(), 4) != name) {
            wav.seekg(static_cast<std::streamoff>(bytes) + bytes % 2, std::ios::cur);
            continue;
        }
        if (bytes > mostBytes) return {};
        std::string data(bytes, '\0');
        if (!wav.read(data.data(), static_cast<std::streamsize>(bytes))) return {};
        return data;
    }
    return {};
}

} // namespace n2m::audio
