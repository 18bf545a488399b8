#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "storage/Take.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace n2m::studio {

/// Writes ranges of clips to files (storage/Excerpt.h), on a thread of the global pool. GUI thread.
class ExcerptWriter : public QObject {
    Q_OBJECT

public:
    explicit ExcerptWriter(std::filesystem::path library, QObject* parent = nullptr);

    void write(const storage::Take& take, std::shared_ptr<const audio::Clip> clip, const audio::FrameRange& range);

Q_SIGNALS:
    void written(const QString& file);
    void failed(const QString& error);

private:
    std::filesystem::path m_library;
};

} // namespace n2m::studio
