#include "engine/cascade/Windows.h"

#include <algorithm>

namespace n2m::cascade {

std::vector<Window> windowsOver(std::int64_t total, std::int64_t most, std::int64_t multiple) {
    if (total <= most) return {{0, total}};
    // From here on lengths are numbers of multiples.
    const std::int64_t units = total / multiple;
    const std::int64_t length = std::max<std::int64_t>(most / multiple, 2);
    if (units <= length) return {{0, total}};
    const std::int64_t overlap = (length + 7) / 8;
    const std::int64_t hop = std::max<std::int64_t>(length - overlap, 1);
    const std::int64_t count = (units - overlap + hop - 1) / hop;
    // Only as long as this number of windows needs, so that their overlaps are equal.
    const std::int64_t needed = std::min(length, (units + (count - 1) * overlap + count - 1) / count);
    std::vector<Window> windows;
    for (std::int64_t index = 0; index < count; ++index) {
        const std::int64_t start = index * (units - needed) / (count - 1);
        windows.push_back({start * multiple, needed * multiple});
    }
    return windows;
}

torch::Tensor fadeOf(const std::vector<Window>& windows, std::size_t index) {
    const Window& window = windows[index];
    torch::Tensor fade = torch::ones({window.length});
    const auto ramp = [](std::int64_t length) {
        return (torch::arange(length, torch::kFloat32) + 0.5) / static_cast<double>(length);
    };
    if (index > 0) {
        const std::int64_t shared = windows[index - 1].start + windows[index - 1].length - window.start;
        fade.narrow(0, 0, shared).mul_(ramp(shared));
    }
    if (index + 1 < windows.size()) {
        const std::int64_t shared = window.start + window.length - windows[index + 1].start;
        fade.narrow(0, window.length - shared, shared).mul_(1.0 - ramp(shared));
    }
    return fade;
}

} // namespace n2m::cascade
