#pragma once

#include <chrono>

namespace n2m::app {

/// Measures the wall time since it was constructed, in seconds.
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace n2m::app
