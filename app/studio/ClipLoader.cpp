#include "app/studio/ClipLoader.h"

#include "engine/audio/SoundFile.h"
#include "ui/Messages.h"

#include <QPointer>

#include <atomic>

namespace n2m::studio {

struct ClipLoader::Wish {
    std::atomic<bool> wanted = true;
};

ClipLoader::ClipLoader(QObject* parent)
    : QObject(parent) {}

ClipLoader::~ClipLoader() {
    forget();
}

void ClipLoader::forget() {
    if (m_wish) m_wish->wanted = false;
    m_wish.reset();
}

void ClipLoader::load(qlonglong take, const std::filesystem::path& file) {
    forget();
    m_wish = std::make_shared<Wish>();
    m_pool.start([self = QPointer<ClipLoader>(this), wish = m_wish, take, file] {
        if (!wish->wanted) return;
        std::shared_ptr<const audio::Clip> clip;
        const QString error =
            ui::errorOf([&] { clip = std::make_shared<const audio::Clip>(audio::readSoundFile(file)); });
        // To the application, which outlives the loader; there, on its own thread, the loader can be asked for safely.
        QMetaObject::invokeMethod(
            qApp,
            [self, wish, take, clip, error] {
                if (!self || !wish->wanted) return;
                if (clip)
                    Q_EMIT self->loaded(take, clip);
                else
                    Q_EMIT self->failed(take, error);
            },
            Qt::QueuedConnection);
    });
}

} // namespace n2m::studio
