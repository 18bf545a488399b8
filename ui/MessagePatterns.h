#pragma once

#include <span>

namespace n2m::ui {

/// The lines that engine, storage and player have for the user, as they throw them, with %1, %2 … in their order for
/// what differs; what differs is looked up too ("the prompt"). Translated in the context "Messages". Any thread.
std::span<const char* const> messagePatterns();

} // namespace n2m::ui
