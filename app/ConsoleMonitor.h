#pragma once

#include "engine/request/Progress.h"

#include <string>

namespace n2m::app {

/// Shows the progress on one line of stderr, if that is a terminal; throws Cancelled when the user interrupts the
/// program. The destructor wipes the line.
class ConsoleMonitor : public Monitor {
public:
    /// `prefix` is shown before the stage: "clip 2 of 3"; may be empty.
    explicit ConsoleMonitor(std::string prefix = {});
    ~ConsoleMonitor() override;
    ConsoleMonitor(const ConsoleMonitor&) = delete;
    ConsoleMonitor& operator=(const ConsoleMonitor&) = delete;

    void step(const Progress& progress) override;

    /// Wipes the line, so that other output can follow. The next step shows it again.
    void wipe();

private:
    std::string m_prefix;
    bool m_terminal;
    bool m_shown = false;
};

/// The progress as one line of a terminal, no wider than `columns`: "generator 1/3  [#####-----] 12/25  0:08 left".
/// Unknown parts are left out.
std::string consoleLine(const std::string& prefix, const Progress& progress, int columns);

} // namespace n2m::app
