#pragma once

#include <cstdint>

namespace n2m::audio {

/// The frames begin, begin + 1, … end − 1 of a clip. A plain value.
struct FrameRange {
    std::int64_t begin = 0, end = 0;

    std::int64_t length() const { return end - begin; }
    bool empty() const { return end <= begin; }
    bool operator==(const FrameRange&) const = default;
};

} // namespace n2m::audio
