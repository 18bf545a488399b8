#include "app/studio/GenerationWorker.h"

#include "engine/audio/SoundFile.h"
#include "engine/audio/SpectralDistance.h"
#include "engine/request/RequestJson.h"
#include "storage/FileNames.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/Numbers.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::studio {

using storage::JobState;

namespace {

constexpr qint64 reportEvery = 40; // milliseconds: as often as an eye can follow
constexpr qint64 lookEvery = 500;  // milliseconds between looks whether another program cancelled the job
constexpr int verification = 0;    // its "job" in cancel() and in reports of progress

/// The error's message, cut to its first line: other libraries append a stack trace.
base::Message firstLineOf(const std::exception& error) {
    base::Message message = base::messageOf(error);
    const std::string text = message.text();
    const auto end = text.find('\n');
    return end == std::string::npos ? message : base::Message::verbatim(text.substr(0, end));
}

/// FLAC keeps 24 bits, so a clip and its file differ by at most half a step of 2^-23.
constexpr float storageError = 1.0f / (1 << 23);
/// Mean log-spectral distance (natural logarithm) below which two renderings differ by rounding alone: 0.02 is 0.17 dB.
constexpr double audiblySame = 0.02;

} // namespace

/// Passes reports of the engine on as signals, and throws Cancelled where the job was cancelled.
class GenerationWorker::JobMonitor : public Monitor {
public:
    JobMonitor(GenerationWorker& worker, std::int64_t job)
        : m_worker(worker)
        , m_job(job) {
        m_sinceReport.start();
        m_sinceLook.start();
    }

    void step(const Progress& progress) override {
        if (m_worker.m_stopping || m_worker.m_cancelled == m_job) throw Cancelled();
        if (m_job != verification && m_sinceLook.elapsed() >= lookEvery) {
            m_sinceLook.restart();
            if (m_worker.library().jobs().state(m_job) != JobState::Running) throw Cancelled();
        }
        const bool news = progress.stage != m_stage || progress.step == progress.steps;
        if (!news && m_sinceReport.elapsed() < reportEvery) return;
        m_stage = progress.stage;
        m_sinceReport.restart();
        Q_EMIT m_worker.progressed(m_job, progress);
    }

    void planned(const plan::Plan& plan) override {
        if (m_job != verification) Q_EMIT m_worker.planned(m_job, plan);
    }

    bool wantsEstimates() const override { return m_job != verification; }

    void estimate(Estimate estimate) override {
        Q_EMIT m_worker.estimated(m_job, std::make_shared<const Estimate>(std::move(estimate)));
    }

private:
    GenerationWorker& m_worker;
    std::int64_t m_job;
    std::string m_stage;
    QElapsedTimer m_sinceReport, m_sinceLook;
};

GenerationWorker::GenerationWorker(std::filesystem::path library, Generate generate)
    : m_folder(std::move(library))
    , m_generate(std::move(generate)) {
    qRegisterMetaType<n2m::Progress>();
}

GenerationWorker::~GenerationWorker() = default;

void GenerationWorker::cancel(std::int64_t job) {
    m_cancelled = job;
}

void GenerationWorker::stop() {
    m_stopping = true;
}

storage::Library& GenerationWorker::library() {
    if (!m_library) m_library = std::make_unique<storage::Library>(m_folder);
    return *m_library;
}

void GenerationWorker::wake() {
    try {
        noteEnd();
        if (m_unsaved && !save()) return;
        while (!m_stopping) {
            // Reset before next(): afterwards a cancel refers to the new job, and a job cancelled earlier may be
            // retried under the same id.
            m_cancelled = noJob;
            const auto job = library().jobs().next();
            if (!job) return;
            run(*job);
            if (m_unsaved && !save()) return;
        }
    } catch (const std::exception& error) {
        Q_EMIT libraryFailed(firstLineOf(error));
    }
}

Request GenerationWorker::inLibrary(Request request) const {
    if (!request.repaint) return request;
    request.repaint->folder = m_folder;
    const std::filesystem::path file = request.repaint->file;
    if (!storage::isLibraryFile(file)) return request;
    const auto top = storage::isTrashFile(file) ? storage::clipsFolder : storage::trashFolder;
    const std::filesystem::path moved = storage::movedTo(top, file);
    std::error_code ignored;
    if (!std::filesystem::exists(m_folder / file, ignored) && std::filesystem::exists(m_folder / moved, ignored))
        request.repaint->file = moved.string();
    return request;
}

void GenerationWorker::run(const storage::Job& job) {
    Q_EMIT started(job.id);
    try {
        JobMonitor monitor(*this, job.id);
        const Request request = inLibrary(requestFromJson(job.request));
        Generation generation = m_generate(request, monitor);
        UnsavedClip made{job.id, std::move(generation.clip), {}};
        made.facts.created = QDateTime::currentMSecsSinceEpoch(); // once: it identifies a second attempt to save
        made.facts.prompt = request.prompt;
        made.facts.negativePrompt = request.negativePrompt;
        made.facts.seed = request.seed;
        made.facts.request = job.request;
        made.facts.recipe = generation.recipe;
        m_unsaved = std::move(made);
    } catch (const Cancelled&) {
        if (m_stopping) return Q_EMIT cancelled(job.id);
        endCancelled(job.id);
    } catch (const std::bad_alloc&) {
        fail(job.id, base::Message("out of memory; a shorter clip needs less"));
    } catch (const std::exception& error) {
        fail(job.id, firstLineOf(error));
    }
}

void GenerationWorker::endCancelled(std::int64_t job) {
    const auto note = [job](storage::JobStore& jobs) {
        // The window marks a job that it cancels; meanwhile the user may have retried it.
        if (jobs.state(job) == JobState::Running) jobs.cancel({job});
    };
    end(note, [&] { Q_EMIT cancelled(job); });
}

void GenerationWorker::fail(std::int64_t job, const base::Message& error) {
    end([job, error](storage::JobStore& jobs) { jobs.fail(job, error); }, [&] { Q_EMIT failed(job, error); });
}

void GenerationWorker::end(std::function<void(storage::JobStore&)> note, const std::function<void()>& emitSignal) {
    m_note = std::move(note);
    try {
        noteEnd();
    } catch (const std::exception&) { // the disk may be full
        emitSignal();
        throw;
    }
    emitSignal();
}

void GenerationWorker::noteEnd() {
    if (!m_note) return;
    m_note(library().jobs());
    m_note = nullptr;
}

bool GenerationWorker::save() {
    const std::int64_t job = m_unsaved->job;
    try {
        if (m_cancelled == job) {
            m_unsaved.reset();
            endCancelled(job);
            return true;
        }
        const storage::Take take = library().takes().add(m_unsaved->clip, m_unsaved->facts);
        m_unsaved.reset(); // the clip is safe even if its job cannot be marked as finished
        end([job, id = take.id](storage::JobStore& jobs) { jobs.finish(job, id); },
            [&] { Q_EMIT finished(job, take.id); });
        return true;
    } catch (const std::invalid_argument& error) { // an empty clip, or one that is not finite: saving never succeeds
        m_unsaved.reset();
        fail(job, firstLineOf(error));
        return true;
    } catch (const std::exception& error) {
        if (!m_unsaved) throw;
        Q_EMIT saveFailed(job, firstLineOf(error));
        return false;
    }
}

void GenerationWorker::verify(qlonglong take) {
    try {
        Q_EMIT verified(take, compare(take));
    } catch (const Cancelled&) {
        Q_EMIT verified(take, tr("Cancelled: the clip was not compared."));
    } catch (const std::exception& error) {
        Q_EMIT verificationFailed(take, firstLineOf(error));
    }
}

QString GenerationWorker::compare(qlonglong id) {
    const auto take = library().takes().find(id);
    if (!take) throw base::Failure("the clip was removed from the library");
    if (take->recipe.empty()) throw base::Failure("this clip has no recipe, so it cannot be made again");
    std::int64_t last = verification; // forgets the cancel of an earlier verification
    m_cancelled.compare_exchange_strong(last, noJob);
    Q_EMIT verificationStarted(id);
    const audio::Clip kept = audio::readSoundFile(library().takes().pathOf(*take)).mono();
    JobMonitor monitor(*this, verification);
    const audio::Clip made = m_generate(inLibrary(requestOfRecipe(take->recipe)), monitor).clip.mono();
    if (made.sampleRate != kept.sampleRate || made.samples.size() != kept.samples.size())
        return tr("Different: the clip made again has another length or rate.");
    float most = 0.0f;
    for (std::size_t i = 0; i < kept.samples.size(); ++i)
        most = std::max(most, std::abs(kept.samples[i] - std::clamp(made.samples[i], -1.0f, 1.0f)));
    if (most <= storageError) return tr("Identical: made again, every sample is the same.");
    const double distance = audio::spectralDistance(kept.samples, made.samples).logarithmic;
    const QString decibels = ui::numberText(distance * 20.0 / std::log(10.0), 2);
    if (distance < audiblySame)
        return tr("Audibly the same: made again, the spectra differ by %1 dB on average.").arg(decibels);
    return tr("Different: made again, the spectra differ by %1 dB on average.").arg(decibels);
}

} // namespace n2m::studio
