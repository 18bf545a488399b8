#pragma once

#include "engine/request/Progress.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace n2m::cascade {

/// A part of a run, as its progress sees it.
struct RunPart {
    std::string name;
    int steps = 0;
    double cost = 0.0;   ///< of one step, in multiply-adds; 0 = cannot be compared with other parts
    bool counted = true; ///< false: the cost is only a guess from the time that a step takes
};

/// The time that a unit of each part's cost took when it last ran: seconds by name.
using PartSpeeds = std::map<std::string, double>;

/// Reports to a Monitor how far a run is, and estimates how long the rest will take. The running part counts by its own
/// steps so far, without the first, which fills caches. A part to come counts by its speed when it last ran, else by
/// the time that the monitor remembers, else by the running part's. One thread.
class RunProgress {
public:
    using Clock = std::function<double()>; ///< seconds, never falling

    /// `speeds` is read and updated; it must outlive this, and so must the monitor.
    RunProgress(Monitor& monitor, std::vector<RunPart> parts, PartSpeeds& speeds, Clock clock = steadyClock());

    /// Starts the next part. Throws what the monitor throws, as all below.
    void begin();
    /// Reports how many steps of the running part are done. `estimate`, if any, is called where the monitor wants an
    /// estimate and one is due: half a second after the last one, or a hundred times as long as that one took.
    void step(int done, const std::function<Estimate()>& estimate = {});
    /// Passes the part's result to a monitor that wants estimates, due or not.
    void result(const std::function<Estimate()>& estimate);
    void finish();

    const std::vector<StageTiming>& timings() const { return m_timings; }

    static Clock steadyClock();

    /// Reports work that is not one of the parts: "planning", "loading".
    static void announce(Monitor& monitor, const std::string& what, int step = 0, int steps = 0);

private:
    double secondsLeft(int done) const;
    double knownSecondsPerStep(const RunPart& part) const; ///< from earlier runs; negative: not known
    void report(int done);
    void pass(const std::function<Estimate()>& estimate, bool finished);

    Monitor& m_monitor;
    std::vector<RunPart> m_parts;
    PartSpeeds& m_speeds;
    Clock m_clock;
    std::size_t m_next = 0, m_current = 0;
    double m_begun = 0.0, m_firstStepDone = 0.0, m_perStep = -1.0;
    double m_estimateDue = 0.0; ///< the clock's time; 0 = at the part's first step
    std::vector<StageTiming> m_timings;
};

} // namespace n2m::cascade
