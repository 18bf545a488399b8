#pragma once

#include "engine/audio/PlaybackCore.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace n2m::ui {

class Actions;
class IconLabel;
class LevelMeter;

/// Buttons, time, level and volume of the player, and the sound device's problem. It asks by signals and shows what it
/// is told. GUI thread.
class PlayerBar : public QWidget {
    Q_OBJECT

public:
    /// The buttons' tool tips show the keys of `actions`.
    explicit PlayerBar(const Actions& actions, QWidget* parent = nullptr);

    void setPlayable(bool playable); ///< there is a clip
    void setPlaying(bool playing);
    void setLooping(bool looping);
    void setTime(double seconds, double length);
    void setLevels(const audio::PlaybackLevels& levels);
    void setUnderflows(quint64 count);
    /// Shows a problem in one line; empty: there is none.
    void setProblem(const QString& problem);

    /// 0 … 1 as an amplitude. The slider is cubic: about 60 dB over its length.
    double volume() const;
    void setVolume(double volume);

Q_SIGNALS:
    void playToggled();
    void startRequested();
    void endRequested();
    void loopToggled(bool looping);
    void volumeChanged(double amplitude);
    /// The user wants to choose another device.
    void deviceRequested();

private:
    QToolButton* button(const QString& iconName, const QString& name);

    QToolButton *m_start, *m_play, *m_end, *m_loop, *m_problem;
    QLabel *m_time, *m_length, *m_underflows;
    IconLabel* m_volumeIcon;
    LevelMeter* m_meter;
    QSlider* m_volume;
    bool m_isPlaying = false;
};

} // namespace n2m::ui
