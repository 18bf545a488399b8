#pragma once

#include "engine/audio/WaveformPyramid.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace n2m::ui {

/// A clip and its waveform's pyramid, which is built at once if that is quick, else on a thread of low priority. GUI
/// thread.
class ClipSound : public QObject {
    Q_OBJECT

public:
    explicit ClipSound(QObject* parent = nullptr);
    ~ClipSound() override;

    void setClip(std::shared_ptr<const audio::Clip> clip); ///< nullptr: none
    const std::shared_ptr<const audio::Clip>& clip() const { return m_clip; }
    const audio::WaveformPyramid* pyramid() const { return m_pyramid.get(); }

Q_SIGNALS:
    void waveformGrew(); ///< more of the waveform can be drawn

private:
    std::shared_ptr<const audio::Clip> m_clip;
    std::shared_ptr<audio::WaveformPyramid> m_pyramid;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    QThreadPool m_pool;
};

} // namespace n2m::ui
