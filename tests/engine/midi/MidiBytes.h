#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

namespace n2m::midi {

// Makes small MIDI files byte by byte, as other programs write them.

inline std::string raw(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes)
        text += static_cast<char>(byte);
    return text;
}

inline std::string number(std::uint32_t value, int bytes) {
    std::string text;
    for (int n = bytes - 1; n >= 0; --n)
        text += static_cast<char>(value >> (8 * n) & 0xff);
    return text;
}

inline std::string header(int format, int tracks, int division) {
    return "MThd" + number(6, 4) + number(static_cast<std::uint32_t>(format), 2) +
           number(static_cast<std::uint32_t>(tracks), 2) + number(static_cast<std::uint32_t>(division), 2);
}

/// A track of events, with its end `delta` after the last.
inline std::string track(const std::string& events, int delta = 0) {
    const std::string data = events + raw({delta, 0xff, 0x2f, 0});
    return "MTrk" + number(static_cast<std::uint32_t>(data.size()), 4) + data;
}

inline std::string meta(int delta, int kind, const std::string& data) {
    return raw({delta, 0xff, kind, static_cast<int>(data.size())}) + data;
}

inline std::string tempo(int delta, std::uint32_t microseconds) {
    return meta(delta, 0x51, number(microseconds, 3));
}

/// A note of `length` ticks, below 128, that begins `delta` ticks after the event before.
inline std::string note(int delta, int length, int pitch, int channel = 0, int velocity = 100) {
    return raw({delta, 0x90 | channel, pitch, velocity, length, 0x80 | channel, pitch, 0});
}

} // namespace n2m::midi
