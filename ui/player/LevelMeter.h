#pragma once

#include "engine/audio/PlaybackCore.h"

#include <QElapsedTimer>
#include <QWidget>

#include <array>

namespace n2m::ui {

/// The level of the playing clip, a bar per channel from −60 to 0 dB: RMS, peak, and the last seconds' highest peak as
/// a line. A field turns red at a sample beyond full scale, until it is clicked or playing begins again. GUI thread.
class LevelMeter : public QWidget {
    Q_OBJECT

public:
    explicit LevelMeter(QWidget* parent = nullptr);

    void setLevels(const audio::PlaybackLevels& levels);
    bool over() const { return m_over; }
    void resetOver();

    QSize sizeHint() const override { return {150, 18}; }
    QSize minimumSizeHint() const override { return {80, 14}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    static constexpr int mostChannels = audio::PlaybackLevels::mostChannels;
    audio::PlaybackLevels m_levels;
    std::array<float, mostChannels> m_held{};
    std::array<QElapsedTimer, mostChannels> m_heldSince;
    bool m_over = false;
};

} // namespace n2m::ui
