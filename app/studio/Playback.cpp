#include "app/studio/Playback.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/Player.h"
#include "ui/Messages.h"
#include "ui/clip/ClipView.h"
#include "ui/player/PlayerBar.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace n2m::studio {

namespace {

constexpr int frameTime = 16; // ms

bool alike(const std::shared_ptr<const audio::Clip>& one, const std::shared_ptr<const audio::Clip>& other) {
    return one && other && one->sampleRate == other->sampleRate && one->frames() == other->frames();
}

/// The gain in dB that makes the second as loud as the first; 0 where one is too short or too quiet to be measured.
double offsetBetween(const audio::Clip& first, const audio::Clip& second) {
    const double offset = audio::integratedLoudness(first) - audio::integratedLoudness(second);
    return std::isfinite(offset) ? std::clamp(offset, -40.0, 40.0) : 0.0;
}

} // namespace

Playback::Playback(audio::Player& player, ui::ClipView& view, ui::PlayerBar& bar, QObject* parent)
    : QObject(parent)
    , m_player(player)
    , m_view(view)
    , m_bar(bar) {
    m_pool.setMaxThreadCount(1);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(frameTime);
    connect(&m_timer, &QTimer::timeout, this, &Playback::update);

    connect(&bar, &ui::PlayerBar::playToggled, this, &Playback::toggle);
    connect(&bar, &ui::PlayerBar::startRequested, this, &Playback::toStart);
    connect(&bar, &ui::PlayerBar::endRequested, this, &Playback::toEnd);
    connect(&bar, &ui::PlayerBar::loopToggled, this, &Playback::setLooping);
    connect(&bar, &ui::PlayerBar::volumeChanged, this,
            [this](double volume) { m_player.setVolume(static_cast<float>(volume)); });
    connect(&view, &ui::ClipView::seekRequested, this, &Playback::seek);
    connect(&view, &ui::ClipView::selectionDragged, this, [this](const audio::FrameRange& range) {
        // Space plays a new selection; a clip that is playing goes on.
        if (!playing()) seek(m_view.timeline().timeOf(range.begin));
    });
    connect(&view.timeline(), &ui::Timeline::loopChanged, this, &Playback::takeLoop);
    connect(&view, &ui::ClipView::comparisonChanged, this, &Playback::hear);
    m_player.setVolume(static_cast<float>(bar.volume()));
    showStopped();
}

Playback::~Playback() {
    m_player.stop();
    m_pool.waitForDone();
}

void Playback::setClip(std::shared_ptr<const audio::Clip> clip, std::optional<plan::Plan> plan) {
    const bool goesOn = alike(m_view.clip(), clip);
    if (!goesOn) m_player.stop();
    m_view.setCompared(nullptr);
    m_view.setClip(clip);
    m_view.setPlan(std::move(plan));
    hear();
    takeLoop();
    if (!goesOn) seek(0.0);
    m_bar.setPlayable(clip != nullptr);
    update();
}

void Playback::compareWith(std::shared_ptr<const audio::Clip> clip) {
    const auto first = m_view.clip();
    m_view.setCompared(clip);
    if (!first || !clip) return;
    m_pool.start([this, first, clip] {
        double offset = 0.0;
        ui::errorOf([&] { offset = offsetBetween(*first, *clip); }); // without a measurement the gain is 0 dB
        QMetaObject::invokeMethod(
            this,
            [this, first, clip, offset] {
                if (m_view.clip() != first || m_view.compared() != clip) return; // another clip is shown meanwhile
                m_view.setCompared(clip, offset);
                hear();
            },
            Qt::QueuedConnection);
    });
}

bool Playback::playing() const {
    return m_player.playing();
}

std::int64_t Playback::toFrame(double seconds) const {
    const auto& clip = m_player.clip();
    return clip ? std::llround(seconds * clip->sampleRate) : 0;
}

void Playback::hear() {
    const bool second = m_view.comparison() == ui::ClipView::Comparison::B;
    const auto& clip = second ? m_view.compared() : m_view.clip();
    const double gain = second ? std::pow(10.0, m_view.comparedOffset() / 20.0) : 1.0;
    m_player.setClip(clip, static_cast<float>(gain));
    takeLoop();
}

void Playback::takeLoop() {
    const auto loop = m_view.timeline().loop();
    if (!loop) {
        m_player.setLoop(std::nullopt);
    } else {
        // The view counts frames of the first clip; the one that plays may have another rate.
        m_player.setLoop(audio::FrameRange{toFrame(m_view.timeline().timeOf(loop->begin)),
                                           toFrame(m_view.timeline().timeOf(loop->end))});
        const double place = m_player.position();
        if (playing() && m_player.loop() && place >= static_cast<double>(m_player.loop()->end))
            m_player.seek(m_player.loop()->begin);
    }
    m_bar.setLooping(loop.has_value());
    Q_EMIT loopingChanged(loop.has_value());
}

void Playback::toggle() {
    if (playing())
        stop();
    else
        play();
}

void Playback::play() {
    if (!m_player.clip()) return;
    const auto frames = static_cast<std::int64_t>(m_player.clip()->frames());
    std::int64_t from = toFrame(m_view.timeline().playhead());
    const auto& loop = m_player.loop();
    if (loop && (from < loop->begin || from >= loop->end))
        from = loop->begin;
    else if (from >= frames)
        from = 0;
    m_began = static_cast<double>(from) / m_player.clip()->sampleRate;
    m_player.play(from);
    follow();
}

void Playback::playOnce() {
    if (!m_player.clip()) return;
    const auto frames = static_cast<std::int64_t>(m_player.clip()->frames());
    const audio::FrameRange selection = m_view.timeline().selection();
    audio::FrameRange range{toFrame(m_view.timeline().playhead()), frames};
    if (!selection.empty())
        range = {toFrame(m_view.timeline().timeOf(selection.begin)), toFrame(m_view.timeline().timeOf(selection.end))};
    if (range.begin >= frames) range.begin = 0;
    m_began = static_cast<double>(range.begin) / m_player.clip()->sampleRate;
    m_player.playOnce(range);
    follow();
}

void Playback::follow() {
    m_wasPlaying = true; // a few frames on a quick device may end before the first update
    setPlaying(true);
    m_timer.start();
    update();
}

void Playback::stop() {
    m_player.stop();
    m_view.timeline().setPlayhead(m_player.clip() ? m_player.position() / m_player.clip()->sampleRate : 0.0);
    m_wasPlaying = false;
    showStopped();
}

void Playback::toStart() {
    seek(0.0);
}

void Playback::toEnd() {
    if (m_player.clip()) seek(m_player.clip()->seconds());
}

void Playback::seek(double seconds) {
    m_player.seek(toFrame(seconds));
    m_view.timeline().setPlayhead(seconds);
    m_bar.setTime(seconds, m_player.clip() ? m_player.clip()->seconds() : 0.0);
}

void Playback::setLooping(bool looping) {
    ui::Timeline& timeline = m_view.timeline();
    const audio::FrameRange selection = timeline.selection();
    if (!looping)
        timeline.setLoop(std::nullopt);
    else
        timeline.setLoop(selection.empty() ? audio::FrameRange{0, timeline.frames()} : selection);
    m_bar.setLooping(timeline.loop().has_value()); // also without a change: without a clip the button must spring back
}

void Playback::toggleLoop() {
    setLooping(!m_view.timeline().loop());
}

void Playback::update() {
    const bool now = playing();
    const QString problem = ui::inUsersLanguage(m_player.problem());
    if (problem != m_problem) {
        m_problem = problem;
        m_bar.setProblem(problem);
        Q_EMIT problemChanged(problem);
    }
    if (now) {
        m_wasPlaying = true;
        setPlaying(true);
        const double seconds = m_player.position() / m_player.clip()->sampleRate;
        m_view.timeline().setPlayhead(seconds);
        m_bar.setTime(seconds, m_player.clip()->seconds());
        m_bar.setLevels(m_player.levels());
        m_bar.setUnderflows(m_player.underflows());
        return;
    }
    if (m_wasPlaying) { // the clip ended, or the device failed
        m_wasPlaying = false;
        m_player.stop();
        seek(m_problem.isEmpty() ? m_began : m_view.timeline().playhead());
    }
    showStopped();
}

void Playback::showStopped() {
    m_timer.stop();
    setPlaying(false);
    m_bar.setLevels({});
    const double length = m_player.clip() ? m_player.clip()->seconds() : 0.0;
    m_bar.setTime(m_view.timeline().playhead(), length);
}

void Playback::setPlaying(bool playing) {
    m_bar.setPlaying(playing);
    if (playing != std::exchange(m_announced, playing)) Q_EMIT playingChanged(playing);
}

} // namespace n2m::studio
