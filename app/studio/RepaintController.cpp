#include "app/studio/RepaintController.h"

#include "app/studio/GenerationController.h"
#include "app/studio/ShownClip.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ClipView.h"
#include "ui/window/NoticeBar.h"

#include <algorithm>

namespace n2m::studio {

RepaintController::RepaintController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    connect(m_parts.actions["clip.repaint"], &QAction::triggered, this, &RepaintController::repaintSelection);
    connect(m_parts.actions["clip.extend"], &QAction::triggered, this, &RepaintController::extend);
    connect(&m_parts.shown, &ShownClip::clipShown, this, &RepaintController::enableActions);
    connect(&m_parts.clip.timeline(), &ui::Timeline::selectionChanged, this, &RepaintController::enableActions);
    enableActions();
}

void RepaintController::enableActions() {
    const auto& clip = m_parts.shown.clip();
    const bool take = clip && m_parts.shown.take() != 0;
    const double seconds = take ? clip->seconds() : 0.0;
    const double selected =
        take ? static_cast<double>(m_parts.clip.timeline().selection().length()) / clip->sampleRate : 0.0;
    m_parts.actions["clip.repaint"]->setEnabled(
        selected >= Repaint::shortestRange && seconds >= Request::minimumSeconds && seconds <= Request::maximumSeconds);
    m_parts.actions["clip.extend"]->setEnabled(take && seconds <= Request::maximumSeconds - 2.0 * Repaint::overlap);
}

void RepaintController::repaintSelection() {
    const auto take = m_parts.shown.findTake();
    const auto& clip = m_parts.shown.clip();
    if (!take || !clip) return;
    const audio::FrameRange range = m_parts.clip.timeline().selection();
    const double rate = clip->sampleRate;
    m_parts.generation.repaint(*take, static_cast<double>(range.begin) / rate,
                               std::min(static_cast<double>(range.end) / rate, clip->seconds()));
    m_hint = m_parts.notice.showNews(
        tr("Describe how the selection should sound, then press “Repaint”. Everything outside it stays."));
}

void RepaintController::extend() {
    const auto take = m_parts.shown.findTake();
    const auto& clip = m_parts.shown.clip();
    if (!take || !clip) return;
    m_parts.generation.repaint(*take, std::max(0.0, clip->seconds() - Repaint::overlap), std::nullopt);
    m_hint =
        m_parts.notice.showNews(tr("Choose the new length, then press “Extend”. The clip continues from its end."));
}

void RepaintController::end() {
    m_parts.notice.withdraw(m_hint);
}

} // namespace n2m::studio
