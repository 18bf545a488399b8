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

/// Connects the player with the clip's view and the player's bar: carries out keys and clicks, and while the clip plays
/// shows playhead and levels sixty times a second. The three must outlive it. GUI thread.
///
/// Playing begins at the playhead, at the loop's begin if the playhead is outside the loop, and at the start if it is
/// at the end. Stopping leaves the playhead at the last sound heard, as does a sound device that fails; a clip that
/// plays to its end puts it back to where playing began.
class Playback : public QObject {
    Q_OBJECT

public:
    Playback(audio::Player& player, ui::ClipView& view, ui::PlayerBar& bar, QObject* parent = nullptr);
    ~Playback() override;

    /// The clip to see and hear; nullptr: none. If it has the length and rate of the one before, as the take after its
    /// preview, playing goes on at the same place; any other clip stops playing and begins at its start.
    void setClip(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan = std::nullopt);
    /// A second clip to compare with the first, made as loud as it (by integrated loudness, measured on a thread);
    /// nullptr: no comparison. The view says which one is seen and heard.
    void compareWith(std::shared_ptr<const audio::Clip> clip);

    bool playing() const;

public Q_SLOTS:
    void toggle(); ///< plays or stops
    void play();
    void stop();
    void playOnce(); ///< plays the selection, or from the playhead to the end; ignores the loop
    void toStart();
    void toEnd();
    void setLooping(bool looping); ///< loops the selection, or else the whole clip
    void toggleLoop();

Q_SIGNALS:
    void playingChanged(bool playing);
    void loopingChanged(bool looping);
    void problemChanged(const QString& problem); ///< of the sound device; empty: solved

private:
    void seek(double seconds);
    void hear();   ///< plays the clip that the view shows
    void follow(); ///< called when playing begins
    void update();
    void showStopped();
    void setPlaying(bool playing);
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
