#include "ui/clip/ClipSound.h"

#include "ui/Messages.h"

#include <QThread>

namespace n2m::ui {

namespace {

constexpr std::int64_t atOnce = 1 << 20; // samples: about 2 ms
constexpr std::int64_t step = 1 << 22;   // frames between two repaints

} // namespace

ClipSound::ClipSound(QObject* parent)
    : QObject(parent) {
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

ClipSound::~ClipSound() {
    if (m_cancelled) *m_cancelled = true;
    m_pool.waitForDone();
}

void ClipSound::setClip(std::shared_ptr<const audio::Clip> clip) {
    if (m_cancelled) *m_cancelled = true; // the pyramid before belongs to its builder until that notices
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_clip = std::move(clip);
    m_pyramid.reset();
    if (!m_clip || m_clip->channels < 1) return;
    m_pyramid = std::make_shared<audio::WaveformPyramid>(m_clip);
    if (m_pyramid->frames() * m_clip->channels <= atOnce) {
        m_pyramid->build(m_pyramid->frames());
        return;
    }
    m_pool.start([this, pyramid = m_pyramid, cancelled = m_cancelled] {
        errorOf([&] { // a waveform that does not fit into memory is not drawn
            for (bool more = true; more && !*cancelled;) {
                more = pyramid->build(step);
                QMetaObject::invokeMethod(
                    this, [this] { Q_EMIT waveformGrew(); }, Qt::QueuedConnection);
            }
        });
    });
}

} // namespace n2m::ui
