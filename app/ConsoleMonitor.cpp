#include "app/ConsoleMonitor.h"

#include "app/Interrupt.h"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace n2m::app {
namespace {

int terminalColumns() {
    winsize size = {};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

} // namespace

ConsoleMonitor::ConsoleMonitor(std::string prefix)
    : m_prefix(std::move(prefix))
    , m_terminal(isatty(STDERR_FILENO) == 1) {}

ConsoleMonitor::~ConsoleMonitor() {
    wipe();
}

void ConsoleMonitor::step(const Progress& progress) {
    throwIfInterrupted();
    if (!m_terminal) return;
    // One column stays free: a line that fills the last one wraps on some terminals.
    fmt::print(stderr, "\r\033[K{}", consoleLine(m_prefix, progress, terminalColumns() - 1));
    std::fflush(stderr);
    m_shown = true;
}

void ConsoleMonitor::wipe() {
    if (!m_shown) return;
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    m_shown = false;
}

std::string consoleLine(const std::string& prefix, const Progress& progress, int columns) {
    std::string before = prefix.empty() ? progress.stage : prefix + ": " + progress.stage;
    if (progress.stageCount > 1) before += fmt::format(" {}/{}", progress.stageIndex + 1, progress.stageCount);
    std::string after;
    if (progress.steps > 0) after += fmt::format(" {}/{}", progress.step, progress.steps);
    if (progress.secondsLeft >= 0.0) {
        const auto left = static_cast<long>(std::ceil(progress.secondsLeft));
        after += left < 3600 ? fmt::format("  {}:{:02} left", left / 60, left % 60)
                             : fmt::format("  {}:{:02}:{:02} left", left / 3600, left / 60 % 60, left % 60);
    }
    std::string line = before;
    const int room = std::min(40, columns - static_cast<int>(before.size() + after.size()) - 4);
    if (progress.steps > 0 && room >= 5) {
        const double share = std::clamp(static_cast<double>(progress.step) / progress.steps, 0.0, 1.0);
        const auto full = static_cast<std::size_t>(std::lround(share * room));
        line += "  [" + std::string(full, '#') + std::string(static_cast<std::size_t>(room) - full, '-') + "]";
    }
    line += after;
    return line.substr(0, static_cast<std::size_t>(std::max(columns, 0)));
}

} // namespace n2m::app
