#pragma once

#include "engine/request/Progress.h"

#include <string>

namespace n2m::app {

/// Shows how far something is on one line of stderr, if that is a terminal; stops it (throws Cancelled) when the user
/// interrupts the program. The line is wiped when the monitor goes.
class ConsoleMonitor : public Monitor {
public:
    /// `what` stands before the stage: "clip 2 of 3"; may be empty.
    explicit ConsoleMonitor(std::string what = {});
    ~ConsoleMonitor() override;
    ConsoleMonitor(const ConsoleMonitor&) = delete;
    ConsoleMonitor& operator=(const ConsoleMonitor&) = delete;

    void step(const Progress& progress) override;

    /// Takes the line away, so that other output can follow. The next step shows it again.
    void wipe();

private:
    std::string m_what;
    bool m_terminal;
    bool m_shown = false;
};

/// The line, no wider than `columns`: "generator 1/3  [#####-----] 12/25  0:08 left". What is not known is left out.
std::string progressLine(const std::string& what, const Progress& progress, int columns);

} // namespace n2m::app
