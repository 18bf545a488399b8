#include "app/studio/Excerpts.h"

#include "storage/Excerpt.h"
#include "ui/Messages.h"

#include <QPointer>
#include <QThreadPool>

namespace n2m::studio {

Excerpts::Excerpts(std::filesystem::path library, QObject* parent)
    : QObject(parent)
    , m_library(std::move(library)) {}

void Excerpts::write(const storage::Take& take, std::shared_ptr<const audio::Clip> clip,
                     const audio::FrameRange& range) {
    QThreadPool::globalInstance()->start([self = QPointer<Excerpts>(this), library = m_library, take, clip, range] {
        QString file;
        const QString error = ui::errorOf(
            [&] { file = QString::fromStdString(storage::writeExcerpt(library, take, *clip, range).string()); });
        // To the application, which outlives this; there, on its own thread, it can be asked for safely.
        QMetaObject::invokeMethod(
            qApp,
            [self, file, error] {
                if (!self) return;
                if (error.isEmpty())
                    Q_EMIT self->written(file);
                else
                    Q_EMIT self->failed(error);
            },
            Qt::QueuedConnection);
    });
}

} // namespace n2m::studio
