#include "ui/player/PlayerBar.h"

#include "ui/Numbers.h"
#include "ui/actions/Actions.h"
#include "ui/player/LevelMeter.h"
#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/IconLabel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include <cmath>

#include <algorithm>

namespace n2m::ui {

namespace {

constexpr int steps = 100; // of the volume

double amplitudeOf(int step) {
    const double share = static_cast<double>(step) / steps;
    return share * share * share;
}

} // namespace

PlayerBar::PlayerBar(const Actions& actions, QWidget* parent)
    : QWidget(parent) {
    m_start = button(QStringLiteral("to-start"), tr("To the start"));
    tellKey(*m_start, *actions["seek.start"]);
    m_play = button(QStringLiteral("play"), tr("Play"));
    tellKey(*m_play, *actions["play"]);
    m_end = button(QStringLiteral("to-end"), tr("To the end"));
    tellKey(*m_end, *actions["seek.end"]);
    m_loop = button(QStringLiteral("loop"), tr("Loop"));
    tellKey(*m_loop, *actions["loop"], tr("Loop the selection, or the whole clip"));
    m_loop->setCheckable(true);
    m_play->setIconSize({24, 24});

    m_time = new QLabel(this);
    m_time->setProperty("figures", true);
    m_time->setAccessibleName(tr("Time"));
    m_length = new QLabel(this);
    m_length->setProperty("dimmed", true);
    m_length->setAccessibleName(tr("Length"));
    m_meter = new LevelMeter(this);
    m_underflows = new QLabel(this);
    m_underflows->setProperty("state", QStringLiteral("warning"));
    m_underflows->setToolTip(
        tr("Gaps in the sound, because the computer was too busy. A larger buffer in the preferences helps."));
    m_underflows->hide();
    m_problem = button(QStringLiteral("warning"), tr("Sound device"));
    m_problem->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_problem->setProperty("state", QStringLiteral("warning"));
    m_problem->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_problem->setMinimumWidth(1); // a long line must not keep the window wide
    m_problem->hide();
    m_volumeIcon = new IconLabel(18, this);
    m_volumeIcon->setIcon(icon(QStringLiteral("volume")));
    m_volume = new QSlider(Qt::Horizontal, this);
    m_volume->setRange(0, steps);
    m_volume->setPageStep(10);
    m_volume->setFixedWidth(110);
    m_volume->setAccessibleName(tr("Volume"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 12, 4);
    row->setSpacing(4);
    for (QWidget* widget : {static_cast<QWidget*>(m_start), static_cast<QWidget*>(m_play), static_cast<QWidget*>(m_end),
                            static_cast<QWidget*>(m_loop)})
        row->addWidget(widget);
    row->addSpacing(10);
    row->addWidget(m_time);
    row->addWidget(m_length, 0, Qt::AlignVCenter);
    row->addSpacing(10);
    row->addWidget(m_problem);
    row->addStretch(1);
    row->addWidget(m_underflows);
    row->addSpacing(6);
    row->addWidget(m_meter);
    row->addSpacing(14);
    row->addWidget(m_volumeIcon);
    row->addWidget(m_volume);

    connect(m_start, &QToolButton::clicked, this, &PlayerBar::startRequested);
    connect(m_play, &QToolButton::clicked, this, &PlayerBar::playToggled);
    connect(m_end, &QToolButton::clicked, this, &PlayerBar::endRequested);
    connect(m_loop, &QToolButton::clicked, this, &PlayerBar::loopToggled);
    connect(m_problem, &QToolButton::clicked, this, &PlayerBar::deviceRequested);
    connect(m_volume, &QSlider::valueChanged, this, [this](int step) {
        m_volume->setToolTip(step == 0 ? tr("Volume: silent")
                                       : tr("Volume: %1 dB").arg(numberText(20.0 * std::log10(amplitudeOf(step)), 1)));
        Q_EMIT volumeChanged(amplitudeOf(step));
    });
    setVolume(1.0);
    setTime(0.0, 0.0);
    setPlayable(false);
}

QToolButton* PlayerBar::button(const QString& iconName, const QString& name) {
    auto* made = new QToolButton(this);
    made->setIcon(icon(iconName));
    made->setIconSize({20, 20});
    made->setAutoRaise(true);
    made->setAccessibleName(name);
    made->setFocusPolicy(Qt::TabFocus); // Space belongs to playing, not to the button that was clicked last
    return made;
}

void PlayerBar::setPlayable(bool playable) {
    for (QToolButton* one : {m_start, m_play, m_end, m_loop})
        one->setEnabled(playable);
    m_time->setEnabled(playable);
}

void PlayerBar::setPlaying(bool playing) {
    if (playing == m_isPlaying) return;
    m_isPlaying = playing;
    m_play->setIcon(icon(playing ? QStringLiteral("stop") : QStringLiteral("play")));
    m_play->setAccessibleName(playing ? tr("Stop") : tr("Play"));
    if (playing) m_meter->resetOver();
}

void PlayerBar::setLooping(bool looping) {
    m_loop->setChecked(looping);
}

void PlayerBar::setTime(double seconds, double length) {
    const QString text = timeText(seconds, 0.1);
    // The field never gets narrower, so that the rest of the row does not move while the time runs.
    m_time->setMinimumWidth(std::max(m_time->minimumWidth(), m_time->fontMetrics().horizontalAdvance(text) + 2));
    m_time->setText(text);
    m_length->setText(tr("of %1").arg(timeText(length, 0.1)));
}

void PlayerBar::setLevels(const audio::PlaybackLevels& levels) {
    m_meter->setLevels(levels);
}

void PlayerBar::setUnderflows(quint64 count) {
    m_underflows->setVisible(count > 0);
    m_underflows->setText(tr("%n dropout(s)", nullptr, static_cast<int>(std::min<quint64>(count, 1'000'000))));
}

void PlayerBar::setProblem(const QString& problem) {
    m_problem->setVisible(!problem.isEmpty());
    m_problem->setText(problem);
    m_problem->setToolTip(problem.isEmpty() ? QString()
                                            : problem + QLatin1Char('\n') + tr("Click to choose a device."));
}

double PlayerBar::volume() const {
    return amplitudeOf(m_volume->value());
}

void PlayerBar::setVolume(double volume) {
    m_volume->setValue(static_cast<int>(std::lround(std::cbrt(std::clamp(volume, 0.0, 1.0)) * steps)));
}

} // namespace n2m::ui
