#include "engine/base/ShortestDecimal.h"

#include <array>
#include <charconv>

namespace n2m::base {

double shortestDecimal(float value) {
    std::array<char, 32> text; // 15 are the most that a float takes
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    double decimal = value;
    std::from_chars(text.data(), written.ptr, decimal);
    return decimal;
}

} // namespace n2m::base
