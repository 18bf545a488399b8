#pragma once

#include <cstdint>
#include <string>

namespace n2m::audio {

/// Sets the stream number of every page of an Ogg file in memory and updates its checksum (RFC 3533, section 6).
/// libsndfile draws the number from the clock, so that the same sound would give different bytes each time. Any thread.
/// Throws std::invalid_argument if the bytes are not a whole Ogg file.
void setOggSerial(std::string& ogg, std::uint32_t serial);

} // namespace n2m::audio
