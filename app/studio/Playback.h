#pragma once

#include "engine/audio/Clip.h"
#include "engine/plan/Plan.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>

namespace n2m::audio {
class Player;
}

namespace n2m::ui {
class ClipView;
class PlayerBar;
} // namespace n2m::ui

namespace n2m::studio {

/// What ties the player to the clip's view and the player's bar: what a key or a click means, and sixty times a second,
/// while something plays, where the playhead is and how loud it is. The three must outlive it. GUI thread.
///
/// Playing begins at the playhead, at the loop's begin if the playhead is outside the loop, and at the start if it is
/// at the end. Stopping leaves the playhead where it was heard, as does a sound device that fails; a clip that ends by
/// itself puts it back to where playing began.
class Playback : public QObject {
    Q_OBJECT

public:
    Playback(audio::Player& player, ui::ClipView& view, ui::PlayerBar& bar, QObject* parent = nullptr);
    ~Playback() override;

    /// The clip to see and hear; nullptr: none. Of the same length and rate as the one before (a preview, say), it
    /// goes on playing at the same place; any other stops it and begins at its start.
    void setClip(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan = std::nullopt);
    /// A second take beside it, made as loud as the first (by integrated loudness, measured on a thread); nullptr: no
    /// comparison. Which one is seen and heard is the view's take().
    void compareWith(std::shared_ptr<const audio::Clip> clip);

    bool playing() const;

public Q_SLOTS:
    void toggle(); ///< play or stop
    void play();
    void stop();
    void playOnce(); ///< the selection, or from the playhead to the end, whatever the loop
    void toStart();  ///< of the clip
    void toEnd();
    void setLooping(bool looping); ///< the selection, or else the whole clip
    void toggleLoop();

Q_SIGNALS:
    void playingChanged(bool playing);
    void loopingChanged(bool looping);
    void problemChanged(const QString& problem); ///< of the sound device, empty when it is over

private:
    void seek(double seconds);
    void hear();   ///< the take that is shown
    void follow(); ///< playing has begun
    void look();
    void showStopped();
    void announce(bool playing);
    void takeLoop();
    std::int64_t toFrame(double seconds) const;

    audio::Player& m_player;
    ui::ClipView& m_view;
    ui::PlayerBar& m_bar;
    QTimer m_timer;
    QThreadPool m_pool;
    bool m_wasPlaying = false, m_announced = false;
    double m_began = 0.0;
    QString m_problem;
};

} // namespace n2m::studio
