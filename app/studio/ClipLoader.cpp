#include "app/studio/ClipLoader.h"

#include "engine/audio/SoundFile.h"
#include "ui/Messages.h"

#include <QPointer>

#include <atomic>

namespace n2m::studio {
namespace {

constexpr int patience = 150; // milliseconds that the last clip stays while another is read

} // namespace

struct ClipLoader::LoadRequest {
    std::atomic<bool> wanted = true;
};

ClipLoader::ClipLoader(QObject* parent)
    : QObject(parent) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(patience);
    connect(&m_delay, &QTimer::timeout, this, &ClipLoader::delayed);
}

ClipLoader::~ClipLoader() {
    forget();
}

void ClipLoader::forget() {
    m_delay.stop();
    if (m_request) m_request->wanted = false;
    m_request.reset();
}

void ClipLoader::announceDelay() {
    if (isLoading()) m_delay.start();
}

void ClipLoader::load(qlonglong take, const std::filesystem::path& file) {
    forget();
    m_request = std::make_shared<LoadRequest>();
    m_pool.start([self = QPointer<ClipLoader>(this), request = m_request, take, file] {
        if (!request->wanted) return;
        std::shared_ptr<const audio::Clip> clip;
        const QString error =
            ui::errorOf([&] { clip = std::make_shared<const audio::Clip>(audio::readSoundFile(file)); });
        // To the application, which outlives the loader; there, on its own thread, the loader can be checked safely.
        QMetaObject::invokeMethod(
            qApp,
            [self, request, take, clip, error] {
                if (!self || !request->wanted) return;
                self->forget(); // first: a slot may load the next one
                if (clip)
                    Q_EMIT self->loaded(take, clip);
                else
                    Q_EMIT self->failed(take, error);
            },
            Qt::QueuedConnection);
    });
}

} // namespace n2m::studio
