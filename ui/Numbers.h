#pragma once

#include <QString>

namespace n2m::ui {

// Numbers as the language of the window writes them. Any thread.

/// "−12.5", "−12,5": with a real minus, and without groups of thousands.
QString numberText(double value, int decimals);

/// "1:05", "0:12.25", "0:12.2534": as many decimals as the step needs.
QString timeText(double seconds, double step);

} // namespace n2m::ui
