#include "engine/cascade/RunProgress.h"

#include <algorithm>
#include <chrono>

namespace n2m::cascade {
namespace {

constexpr double estimateEvery = 0.5;  // seconds
constexpr double estimateShare = 0.01; // the greatest share of the time

} // namespace

RunProgress::Clock RunProgress::steadyClock() {
    return [] { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
}

RunProgress::RunProgress(Monitor& monitor, std::vector<RunPart> parts, PartSpeeds& speeds, Clock clock)
    : m_monitor(monitor)
    , m_parts(std::move(parts))
    , m_speeds(speeds)
    , m_clock(std::move(clock)) {}

void RunProgress::announce(Monitor& monitor, const std::string& what, int step, int steps) {
    Progress progress;
    progress.stage = what;
    progress.step = step;
    progress.steps = steps;
    monitor.step(progress);
}

void RunProgress::begin() {
    m_current = m_next++;
    m_begun = m_clock();
    m_perStep = -1.0;
    m_estimateDue = 0.0;
    report(0);
}

void RunProgress::step(int done, const std::function<Estimate()>& estimate) {
    const double now = m_clock();
    if (done == 1) m_firstStepDone = now;
    if (done == 1) m_perStep = now - m_begun;
    if (done > 1) m_perStep = (now - m_firstStepDone) / (done - 1);
    if (done > 0) report(done);
    if (done > 0 && estimate && now >= m_estimateDue) pass(estimate, false);
}

void RunProgress::result(const std::function<Estimate()>& estimate) {
    pass(estimate, true);
}

void RunProgress::pass(const std::function<Estimate()>& estimate, bool finished) {
    if (!m_monitor.wantsEstimates()) return;
    const double begun = m_clock();
    Estimate shown = estimate();
    shown.stage = m_parts[m_current].name;
    shown.finished = finished;
    m_monitor.estimate(std::move(shown));
    const double now = m_clock();
    m_estimateDue = now + std::max(estimateEvery, (now - begun) / estimateShare);
}

void RunProgress::finish() {
    const RunPart& part = m_parts[m_current];
    if (part.steps > 0 && m_perStep > 0.0) m_speeds[part.name] = m_perStep / (part.cost > 0.0 ? part.cost : 1.0);
    m_timings.push_back({part.name, m_clock() - m_begun, part.steps, part.counted ? part.cost : 0.0});
}

void RunProgress::report(int done) {
    const RunPart& part = m_parts[m_current];
    Progress progress;
    progress.stage = part.name;
    progress.stageIndex = static_cast<int>(m_current);
    progress.stageCount = static_cast<int>(m_parts.size());
    progress.step = done;
    progress.steps = part.steps;
    progress.stageSeconds = m_clock() - m_begun;
    progress.secondsLeft = secondsLeft(done);
    m_monitor.step(progress);
}

double RunProgress::knownSecondsPerStep(const RunPart& part) const {
    const auto speed = m_speeds.find(part.name);
    if (speed == m_speeds.end()) return m_monitor.rememberedSecondsPerStep(part.name);
    return speed->second * (part.cost > 0.0 ? part.cost : 1.0);
}

double RunProgress::secondsLeft(int done) const {
    const RunPart& current = m_parts[m_current];
    double now = m_perStep;
    if (done <= 1) { // nothing is measured, or only the first step
        const double known = knownSecondsPerStep(current);
        if (known >= 0.0) now = known;
    }
    if (now < 0.0) return -1.0;
    double left = now * (current.steps - done);
    for (std::size_t index = m_current + 1; index < m_parts.size(); ++index) {
        const RunPart& part = m_parts[index];
        double perStep = knownSecondsPerStep(part);
        if (perStep < 0.0) perStep = current.cost > 0.0 ? now * part.cost / current.cost : 0.0;
        left += perStep * part.steps;
    }
    return left;
}

} // namespace n2m::cascade
