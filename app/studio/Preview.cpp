#include "app/studio/Preview.h"

#include "app/studio/GenerationWorker.h"
#include "app/studio/QueueController.h"
#include "engine/audio/GriffinLim.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "storage/JobStore.h"
#include "ui/Messages.h"
#include "ui/clip/ClipView.h"
#include "ui/making/MakingStrip.h"

#include <QThread>

#include <cmath>

namespace n2m::studio {
namespace {

/// By the measurements in GriffinLim.h, more iterations hardly help the ear; 0.3 s for a clip of 30 s.
constexpr int iterations = 8;
/// The sample rate of all present cascades. For another one, playing only starts again with the finished clip.
constexpr int finishedRate = 24000;

} // namespace

audio::Clip audibleClip(const Estimate& estimate) {
    audio::Clip clip;
    if (!estimate.sound.empty()) {
        clip.sampleRate = estimate.sampleRate;
        clip.samples = estimate.sound;
    } else {
        const audio::MelConfig mel;
        clip.sampleRate = mel.sampleRate;
        clip.samples = audio::griffinLim(estimate.spectrogram, mel, iterations, 0);
    }
    if (clip.sampleRate != finishedRate) clip = audio::resample(clip, finishedRate);
    clip.samples.resize(static_cast<std::size_t>(std::llround(estimate.seconds * finishedRate)));
    audio::normaliseLoudness(clip, audio::modelLoudness);
    return clip;
}

Preview::Preview(GenerationWorker& worker, storage::JobStore& jobs, ui::MakingStrip& strip, ui::ClipView& view,
                 QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_strip(strip)
    , m_view(view) {
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
    connect(&worker, &GenerationWorker::started, this, &Preview::begin);
    connect(&worker, &GenerationWorker::progressed, this,
            [this](qlonglong, const Progress& progress) { m_strip.setStatus(progressLine(progress)); });
    connect(&worker, &GenerationWorker::planned, this, [this](qlonglong job, const plan::Plan& plan) {
        if (job != m_job) return;
        m_plan = plan;
        m_strip.showPlan(plan);
    });
    connect(&worker, &GenerationWorker::estimated, this, &Preview::showEstimate);
    connect(&worker, &GenerationWorker::finished, this, &Preview::end);
    const auto abandon = [this] {
        end();
        Q_EMIT abandoned();
    };
    connect(&worker, &GenerationWorker::failed, this, abandon);
    connect(&worker, &GenerationWorker::cancelled, this, abandon);
}

Preview::~Preview() {
    m_pool.waitForDone();
}

void Preview::begin(qlonglong job) {
    m_job = job;
    const auto row = m_jobs.find(job);
    m_prompt = row ? QString::fromStdString(row->prompt).simplified() : QString();
    m_estimate.reset();
    m_plan.reset();
    m_strip.begin(m_prompt);
}

void Preview::showEstimate(qlonglong job, std::shared_ptr<const Estimate> estimate) {
    if (job != m_job) return;
    m_estimate = std::move(estimate);
    m_strip.showEstimate(*m_estimate, m_view.options());
}

void Preview::end() {
    m_job = 0;
    m_estimate.reset();
    m_strip.end();
}

void Preview::listen() {
    if (!m_estimate || m_preparing) return;
    m_preparing = true;
    m_strip.showPreparing(true);
    m_pool.start([this, job = m_job, estimate = m_estimate, plan = m_plan, prompt = m_prompt] {
        std::shared_ptr<const audio::Clip> clip;
        const QString error = ui::errorOf([&] { clip = std::make_shared<const audio::Clip>(audibleClip(*estimate)); });
        QMetaObject::invokeMethod(
            this,
            [this, job, clip, error, plan, prompt] {
                m_preparing = false;
                m_strip.showPreparing(false);
                if (!clip)
                    Q_EMIT failed(error);
                else if (job == m_job) // else the clip is finished or cancelled by now
                    Q_EMIT audible(clip, plan, prompt);
            },
            Qt::QueuedConnection);
    });
}

} // namespace n2m::studio
