#include "app/studio/ExcerptWriter.h"

#include "storage/Excerpt.h"
#include "ui/Messages.h"

#include <QPointer>
#include <QThreadPool>

namespace n2m::studio {

ExcerptWriter::ExcerptWriter(std::filesystem::path library, QObject* parent)
    : QObject(parent)
    , m_library(std::move(library)) {}

void ExcerptWriter::write(const storage::Take& take, std::shared_ptr<const audio::Clip> clip,
                          const audio::FrameRange& range) {
    QThreadPool::globalInstance()->start(
        [self = QPointer<ExcerptWriter>(this), library = m_library, take, clip, range] {
            QString file;
            const QString error = ui::errorOf(
                [&] { file = QString::fromStdString(storage::writeExcerpt(library, take, *clip, range).string()); });
            // To the application, which outlives this; there, on its own thread, it can be checked safely.
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
