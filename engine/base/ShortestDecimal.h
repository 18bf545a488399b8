#pragma once

namespace n2m::base {

/// A 32 bit number for JSON: the number of its shortest decimals, which read back as the same, 0.1 and not
/// 0.10000000149011612. The same in every locale: the studio's is the user's, and std::stod would read 0 there where a
/// comma divides.
double shortestDecimal(float value);

} // namespace n2m::base
