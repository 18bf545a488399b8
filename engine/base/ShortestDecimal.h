#pragma once

namespace n2m::base {

/// A 32 bit number for JSON, as the double that its shortest decimals give: 0.1 and not 0.10000000149011612. It reads
/// back as the same float. Independent of the locale, unlike std::stod: the studio runs in the user's. Any thread.
double shortestDecimal(float value);

} // namespace n2m::base
