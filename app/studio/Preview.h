#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"
#include "engine/request/Progress.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace n2m::storage {
class JobStore;
}

namespace n2m::ui {
class ClipView;
class MakingStrip;
} // namespace n2m::ui

namespace n2m::studio {

class GenerationWorker;

/// Shows the running job's clip while it is made, and makes it audible on request: a spectrogram by a few iterations of
/// Griffin-Lim, on a thread of its own, while the engine goes on. GUI thread.
class Preview : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    Preview(GenerationWorker& worker, storage::JobStore& jobs, ui::MakingStrip& strip, ui::ClipView& view,
            QObject* parent = nullptr);
    ~Preview() override;

    /// The running job; 0 = none.
    qlonglong job() const { return m_job; }

public Q_SLOTS:
    void listen();

Q_SIGNALS:
    /// The clip of listen(): as long and as loud as the finished clip will be.
    void audible(std::shared_ptr<const n2m::audio::Clip> clip, std::optional<n2m::plan::Plan> plan,
                 const QString& prompt);
    /// The running job ended without a clip.
    void abandoned();
    void failed(const QString& error);

private:
    void begin(qlonglong job);
    void showEstimate(qlonglong job, std::shared_ptr<const Estimate> estimate);
    void end();

    storage::JobStore& m_jobs;
    ui::MakingStrip& m_strip;
    ui::ClipView& m_view;
    qlonglong m_job = 0; ///< 0 = none
    QString m_prompt;
    std::optional<plan::Plan> m_plan;
    std::shared_ptr<const Estimate> m_estimate;
    bool m_preparing = false;
    QThreadPool m_pool;
};

/// An estimate as sound, with the sample rate, length and loudness of the finished clip. Any thread.
audio::Clip audibleClip(const Estimate& estimate);

} // namespace n2m::studio
