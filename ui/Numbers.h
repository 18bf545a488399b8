#pragma once

#include <QString>

namespace n2m::ui {

// Numbers in the notation of the window's language. Any thread.

/// A number with a minus sign and without groups of thousands: "−12.5" or "−12,5".
QString numberText(double value, int decimals);

/// A time with the decimals that the step needs: "1:05", "0:12.25", "0:12.2534".
QString timeText(double seconds, double step);

} // namespace n2m::ui
