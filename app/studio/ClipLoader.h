#pragma once

#include "engine/audio/Clip.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <memory>

namespace n2m::studio {

/// Reads sound files on threads of its own; Qt paints with the threads of the global pool, which must stay free. Only
/// the newest request is answered: walking through the history with the arrow keys shows the clip where the user stops.
/// GUI thread.
class ClipLoader : public QObject {
    Q_OBJECT

public:
    explicit ClipLoader(QObject* parent = nullptr);
    ~ClipLoader() override;

    void load(qlonglong take, const std::filesystem::path& file);
    void forget(); ///< drops the request that is not answered yet
    bool isLoading() const { return m_request != nullptr; }
    void announceDelay(); ///< emits delayed() if loading still goes on after a moment

Q_SIGNALS:
    /// One of the two answers each request, unless it was forgotten.
    void loaded(qlonglong take, std::shared_ptr<const n2m::audio::Clip> clip);
    void failed(qlonglong take, const QString& error);
    /// Reading takes long enough to be seen.
    void delayed();

private:
    struct LoadRequest;
    std::shared_ptr<LoadRequest> m_request; ///< the newest; the tasks of older ones find that they are dropped
    QTimer m_delay;
    QThreadPool m_pool;
};

} // namespace n2m::studio
