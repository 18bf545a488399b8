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

/// Shows the clip that is being made, and makes it audible when it is asked for: a spectrogram by a few iterations of
/// Griffin-Lim, on a thread of its own, while the engine works on. All it is given must outlive it. GUI thread.
class Preview : public QObject {
    Q_OBJECT

public:
    Preview(GenerationWorker& worker, storage::JobStore& jobs, ui::MakingStrip& strip, ui::ClipView& view,
            QObject* parent = nullptr);
    ~Preview() override;

    /// The one that is being made; 0 = none.
    qlonglong job() const { return m_job; }

public Q_SLOTS:
    void listen();

Q_SIGNALS:
    /// As long and as loud as the finished clip will be.
    void audible(std::shared_ptr<const n2m::audio::Clip> clip, std::optional<n2m::plan::Plan> plan,
                 const QString& prompt);
    /// The job that was listened to ended without a clip.
    void abandoned();
    void failed(const QString& error);

private:
    void begin(qlonglong job);
    void take(qlonglong job, std::shared_ptr<const Estimate> estimate);
    void end();

    storage::JobStore& m_jobs;
    ui::MakingStrip& m_strip;
    ui::ClipView& m_view;
    qlonglong m_job = 0; ///< 0 = nothing is made
    QString m_prompt;
    std::optional<plan::Plan> m_plan;
    std::shared_ptr<const Estimate> m_estimate;
    bool m_preparing = false;
    QThreadPool m_pool;
};

/// An estimate as sound at the rate of finished clips, exactly as long as the clip will be and as loud. Any thread.
audio::Clip audibleClip(const Estimate& estimate);

} // namespace n2m::studio
