#include "ui/player/LevelMeter.h"

#include "ui/style/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

namespace {

constexpr double lowest = -60.0;  // dB
constexpr qint64 holdTime = 1500; // ms
constexpr int overWidth = 8;

/// The place of an amplitude along the bar, 0 … 1.
double placeOf(float amplitude) {
    if (amplitude <= 0.0f) return 0.0;
    return std::clamp(1.0 - 20.0 * std::log10(static_cast<double>(amplitude)) / lowest, 0.0, 1.0);
}

} // namespace

LevelMeter::LevelMeter(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("Level of the clip: RMS, peak and highest peak, −60 to 0 dB. The end turns red where the clip goes "
                  "beyond full scale; click to reset."));
    setAccessibleName(tr("Level meter"));
}

void LevelMeter::setLevels(const audio::PlaybackLevels& levels) {
    bool still = levels.channels == m_levels.channels;
    for (int channel = 0; channel < mostChannels; ++channel) {
        auto& since = m_heldSince[static_cast<std::size_t>(channel)];
        auto& held = m_held[static_cast<std::size_t>(channel)];
        const float peak = levels.peak[static_cast<std::size_t>(channel)];
        if (peak >= held || !since.isValid() || since.elapsed() > holdTime) {
            if (held != peak) still = false;
            held = peak;
            since.start();
        }
        if (peak != m_levels.peak[static_cast<std::size_t>(channel)]) still = false;
    }
    m_over = m_over || levels.highest > 1.0f;
    m_levels = levels;
    if (!still) update();
}

void LevelMeter::resetOver() {
    m_over = false;
    update();
}

void LevelMeter::mousePressEvent(QMouseEvent*) {
    resetOver();
}

void LevelMeter::paintEvent(QPaintEvent*) {
    const ThemeColours& theme = themeColours();
    QPainter painter(this);
    const int channels = std::max(m_levels.channels, 2);
    const double height = std::floor((this->height() - 2.0 * (channels - 1)) / channels);
    const double width = this->width() - overWidth - 2.0;
    for (int channel = 0; channel < channels; ++channel) {
        const auto index = static_cast<std::size_t>(std::min(channel, mostChannels - 1));
        const double top = channel * (height + 2.0);
        painter.fillRect(QRectF(0.0, top, width, height), palette().color(QPalette::Base));
        const double peak = placeOf(m_levels.peak[index]) * width, rms = placeOf(m_levels.rms[index]) * width;
        // Green, amber from −18 dB, red from −6 dB.
        const std::array<std::pair<double, QColor>, 3> parts = {
            {{0.7 * width, theme.good}, {0.9 * width, theme.warning}, {width, theme.bad}}};
        double from = 0.0;
        for (const auto& [to, colour] : parts) {
            QColor pale = colour;
            pale.setAlpha(110);
            painter.fillRect(QRectF(from, top, std::clamp(peak, from, to) - from, height), pale);
            painter.fillRect(QRectF(from, top, std::clamp(rms, from, to) - from, height), colour);
            from = to;
        }
        if (m_held[index] > 0.001f)
            painter.fillRect(QRectF(std::max(0.0, placeOf(m_held[index]) * width - 2.0), top, 2.0, height),
                             palette().color(QPalette::Text));
    }
    painter.fillRect(QRectF(width + 2.0, 0.0, overWidth, channels * (height + 2.0) - 2.0),
                     m_over ? theme.bad : palette().color(QPalette::Base));
}

} // namespace n2m::ui
