#pragma once

#include <cstdint>
#include <string>

namespace n2m::audio {

/// Gives every page of an Ogg file in memory the stream number `serial`, and its checksum anew (RFC 3533, section 6).
/// libsndfile draws the number from the clock, so that the same sound would give different bytes each time.
/// Throws std::invalid_argument if the bytes are no whole Ogg file.
void setOggSerial(std::string& ogg, std::uint32_t serial);

} // namespace n2m::audio
