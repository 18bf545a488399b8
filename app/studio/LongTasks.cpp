#include "app/studio/LongTasks.h"

#include "ui/Messages.h"
#include "ui/window/TaskStrip.h"

namespace n2m::studio {
namespace {

constexpr int patience = 200, lookEvery = 50; // milliseconds; quick tasks show only their result

} // namespace

bool LongTasks::Steps::next(std::size_t done, std::size_t of) {
    m_done = done;
    m_of = of;
    return !m_stopped;
}

void LongTasks::Steps::watch(std::size_t done, std::size_t of) {
    if (!next(done, of) && done < of) throw TaskStopped();
}

LongTasks::LongTasks(ui::TaskStrip& strip, QObject* parent)
    : QObject(parent)
    , m_strip(strip) {
    m_pool.setMaxThreadCount(1);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &LongTasks::show);
    connect(&strip, &ui::TaskStrip::stopRequested, this, [this] {
        if (m_tasks.empty()) return;
        m_tasks.front().steps->stop();
        m_strip.showStopping();
    });
}

LongTasks::~LongTasks() {
    stopAll();
    m_pool.waitForDone();
}

void LongTasks::start(const QString& name, Work work) {
    m_tasks.push_back({name, std::move(work)});
    if (m_tasks.size() == 1) run();
}

void LongTasks::stopAll() {
    if (m_tasks.empty()) return;
    m_tasks.erase(m_tasks.begin() + 1, m_tasks.end());
    m_tasks.front().steps->stop();
}

void LongTasks::run() {
    m_since.start();
    m_look.start();
    m_pool.start([this, work = m_tasks.front().work, steps = m_tasks.front().steps] {
        Report report;
        const QString error = ui::errorOf([&] { report = work(*steps); });
        if (!error.isEmpty()) report = [this, error] { Q_EMIT failed(error); };
        QMetaObject::invokeMethod(
            this, [this, report] { finish(report); }, Qt::QueuedConnection);
    });
}

void LongTasks::finish(const Report& report) {
    m_tasks.pop_front();
    m_look.stop();
    m_strip.end();
    if (!m_tasks.empty()) run();
    if (report) report(); // last: it may open a dialog
}

void LongTasks::show() {
    if (m_since.elapsed() < patience) return;
    const Steps& steps = *m_tasks.front().steps;
    m_strip.showTask(m_tasks.front().name, steps.done(), steps.of());
}

} // namespace n2m::studio
