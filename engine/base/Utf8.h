#pragma once

#include <string_view>

namespace n2m::base {

/// Whether all of `text` is well-formed UTF-8: no stray or missing continuation bytes, no overlong forms, no
/// surrogates, nothing above U+10FFFF (The Unicode Standard, table 3-7). Any thread.
bool isUtf8(std::string_view text);

} // namespace n2m::base
