#pragma once

#include "engine/audio/Clip.h"

#include <QObject>
#include <QThreadPool>

#include <filesystem>
#include <memory>

namespace n2m::studio {

/// Reads sound files on threads of its own, so that the window never waits, not even to paint: for that, Qt takes those
/// of the global pool. Only the newest wish is answered: who walks through the history with the arrow keys sees the clip
/// where he stops. GUI thread.
class ClipLoader : public QObject {
    Q_OBJECT

public:
    explicit ClipLoader(QObject* parent = nullptr);
    ~ClipLoader() override;

    void load(qlonglong take, const std::filesystem::path& file);
    void forget(); ///< what is on its way is not wanted any more

Q_SIGNALS:
    void loaded(qlonglong take, std::shared_ptr<const n2m::audio::Clip> clip);
    void failed(qlonglong take, const QString& error);

private:
    struct Wish;
    std::shared_ptr<Wish> m_wish; ///< the newest; tasks of older ones see that they are not it
    QThreadPool m_pool;
};

} // namespace n2m::studio
