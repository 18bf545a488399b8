#include "app/studio/Repainting.h"

#include "app/studio/Making.h"
#include "app/studio/TakeDesk.h"
#include "storage/Library.h"
#include "ui/clip/ClipView.h"
#include "ui/keys/Actions.h"
#include "ui/window/NoticeBar.h"

#include <algorithm>

namespace n2m::studio {

Repainting::Repainting(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    connect(m_parts.actions["clip.repaint"], &QAction::triggered, this, &Repainting::repaintSelection);
    connect(m_parts.actions["clip.extend"], &QAction::triggered, this, &Repainting::extend);
    connect(&m_parts.desk, &TakeDesk::clipShown, this, &Repainting::enableActions);
    connect(&m_parts.clip.timeline(), &ui::Timeline::selectionChanged, this, &Repainting::enableActions);
    enableActions();
}

void Repainting::enableActions() {
    const auto& clip = m_parts.desk.clip();
    const bool take = clip && m_parts.desk.shown() != 0;
    const double seconds = take ? clip->seconds() : 0.0;
    const double selected =
        take ? static_cast<double>(m_parts.clip.timeline().selection().length()) / clip->sampleRate : 0.0;
    m_parts.actions["clip.repaint"]->setEnabled(
        selected >= Repaint::shortestRange && seconds >= Request::minimumSeconds && seconds <= Request::maximumSeconds);
    m_parts.actions["clip.extend"]->setEnabled(take && seconds <= Request::maximumSeconds - 2.0 * Repaint::overlap);
}

void Repainting::repaintSelection() {
    const auto take = m_parts.library.takes().find(m_parts.desk.shown());
    const auto& clip = m_parts.desk.clip();
    if (!take || !clip) return;
    const audio::FrameRange range = m_parts.clip.timeline().selection();
    const double rate = clip->sampleRate;
    m_parts.making.repaint(*take, static_cast<double>(range.begin) / rate,
                           std::min(static_cast<double>(range.end) / rate, clip->seconds()));
    m_hint = m_parts.notice.showNews(
        tr("Say what the selection is to sound like, then “Make anew”. Everything outside it stays."));
}

void Repainting::extend() {
    const auto take = m_parts.library.takes().find(m_parts.desk.shown());
    const auto& clip = m_parts.desk.clip();
    if (!take || !clip) return;
    m_parts.making.repaint(*take, std::max(0.0, clip->seconds() - Repaint::overlap), std::nullopt);
    m_hint =
        m_parts.notice.showNews(tr("Choose the new length, then “Let it go on”: the clip goes on from where it ends."));
}

void Repainting::end() {
    m_parts.notice.withdraw(m_hint);
}

} // namespace n2m::studio
