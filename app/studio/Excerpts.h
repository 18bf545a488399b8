#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "storage/Take.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace n2m::studio {

/// Has stretches of clips written as files of their own (storage/Excerpt.h), on a thread of the pool. GUI thread.
class Excerpts : public QObject {
    Q_OBJECT

public:
    explicit Excerpts(std::filesystem::path library, QObject* parent = nullptr);

    void write(const storage::Take& take, std::shared_ptr<const audio::Clip> clip, const audio::FrameRange& range);

Q_SIGNALS:
    void written(const QString& file);
    void failed(const QString& error);

private:
    std::filesystem::path m_library;
};

} // namespace n2m::studio
