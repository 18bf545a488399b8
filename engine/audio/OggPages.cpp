#include "engine/audio/OggPages.h"

#include <array>
#include <stdexcept>
#include <string_view>

namespace n2m::audio {

namespace {

// Offsets in a page's header.
constexpr std::size_t serialOffset = 14, checksumOffset = 22, segmentCountOffset = 26, headerBytes = 27;

constexpr std::array<std::uint32_t, 256> checksumTable() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte << 24;
        for (int bit = 0; bit < 8; ++bit)
            value = value << 1 ^ (value & 0x80000000u ? 0x04c11db7u : 0u);
        table[byte] = value;
    }
    return table;
}

std::uint32_t checksum(std::string_view bytes) {
    static constexpr auto table = checksumTable();
    std::uint32_t value = 0;
    for (const char byte : bytes)
        value = value << 8 ^ table[(value >> 24) ^ static_cast<unsigned char>(byte)];
    return value;
}

void put(std::string& bytes, std::size_t offset, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[offset + i] = static_cast<char>(number >> (8 * i) & 0xff);
}

} // namespace

void setOggSerial(std::string& ogg, std::uint32_t serial) {
    for (std::size_t page = 0; page < ogg.size();) {
        const auto damaged = [] { return std::invalid_argument("these bytes are not a whole Ogg file"); };
        if (ogg.size() - page < headerBytes || ogg.compare(page, 4, "OggS") != 0) throw damaged();
        const std::size_t segments = static_cast<unsigned char>(ogg[page + segmentCountOffset]);
        std::size_t bytes = headerBytes + segments;
        if (ogg.size() - page < bytes) throw damaged();
        for (std::size_t i = 0; i < segments; ++i)
            bytes += static_cast<unsigned char>(ogg[page + headerBytes + i]);
        if (ogg.size() - page < bytes) throw damaged();
        put(ogg, page + serialOffset, serial);
        put(ogg, page + checksumOffset, 0);
        put(ogg, page + checksumOffset, checksum(std::string_view(ogg).substr(page, bytes)));
        page += bytes;
    }
}

} // namespace n2m::audio
