// The connections of the clip that is shown: listening, views, verification, excerpts.

#include "app/studio/ExcerptWriter.h"
#include "app/studio/Playback.h"
#include "app/studio/QueueController.h"
#include "app/studio/ShownClip.h"
#include "app/studio/Studio.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipView.h"
#include "ui/prompt/PromptPanel.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QFileInfo>

namespace n2m::studio {

void Studio::connectListening() {
    const auto on = [this](const char* id, auto* receiver, auto slot) {
        connect((*m_actions)[id], &QAction::triggered, receiver, slot);
    };
    Playback* playback = m_playback.get();
    on("play", this, [this] {
        if (m_playback->playing() || !m_shown->playWhenRead()) m_playback->toggle();
    });
    on("play.once", playback, &Playback::playOnce);
    on("seek.start", playback, &Playback::toStart);
    on("seek.end", playback, &Playback::toEnd);
    on("loop", playback, &Playback::setLooping);
    connect(playback, &Playback::loopingChanged, (*m_actions)["loop"], &QAction::setChecked);
    on("loop.selection", &m_clip->timeline(), &ui::Timeline::loopSelection);
    on("select.start", &m_clip->timeline(), &ui::Timeline::selectFromPlayhead);
    on("select.end", &m_clip->timeline(), &ui::Timeline::selectToPlayhead);
    on("zoom.in", &m_clip->timeline(), &ui::Timeline::zoomIn);
    on("zoom.out", &m_clip->timeline(), &ui::Timeline::zoomOut);
    on("zoom.selection", &m_clip->timeline(), &ui::Timeline::showSelection);
    on("zoom.fit", &m_clip->timeline(), &ui::Timeline::fit);
    on("zoom.normal", &m_clip->timeline(), &ui::Timeline::showNormal);
    on("clip.chords", &m_clip->chords(), &ui::ChordEditor::openAtPlayhead);
    on("compare.switch", m_clip, &ui::ClipView::switchClips);
    on("compare.difference", m_clip, &ui::ClipView::switchDifference);
    connect(m_shown.get(), &ShownClip::clipShown, this, &Studio::enableViewActions);
    connect(m_shown.get(), &ShownClip::compared, this, &Studio::enableViewActions);
    enableViewActions();
    connect(&m_clip->timeline(), &ui::Timeline::selectionChanged, this, &Studio::enableViewActions);
    connect(&m_clip->timeline(), &ui::Timeline::loopChanged, this, &Studio::enableViewActions);
    on("prompt.focus", m_prompt, &ui::PromptPanel::focusPrompt);
}

void Studio::enableViewActions() {
    (*m_actions)["clip.chords"]->setEnabled(m_clip->clip() && m_clip->chords().hasBars());
    const bool selected = !m_clip->timeline().selection().empty();
    (*m_actions)["zoom.selection"]->setEnabled(selected);
    (*m_actions)["loop.selection"]->setEnabled(selected || m_clip->timeline().loop()); // the action also ends a loop
    for (const char* id : {"compare.switch", "compare.difference"})
        (*m_actions)[id]->setEnabled(m_clip->compared() != nullptr);
}

void Studio::connectVerification() {
    connect((*m_actions)["clip.verify"], &QAction::triggered, this, [this] {
        if (m_shown->take() == 0) return;
        m_window->notice().showNews(m_queue->unfinished() > 0
                                        ? tr("The clip will be made again and compared when the queue is done.")
                                        : tr("The clip is being made again, to compare …"));
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, take = m_shown->take()] { worker->verify(take); }, Qt::QueuedConnection);
    });
    connect(m_worker, &GenerationWorker::verified, this, [this](qlonglong, const QString& verdict) {
        m_queue->endVerification();
        m_window->notice().showResult(verdict);
    });
    connect(m_worker, &GenerationWorker::verificationFailed, this, [this](qlonglong, const base::Message& error) {
        m_queue->endVerification();
        m_window->notice().showError(tr("The clip could not be verified: %1").arg(ui::inUsersLanguage(error)));
    });
}

void Studio::connectExcerpts() {
    connect(m_clip, &ui::ClipView::excerptWanted, this, [this](const audio::FrameRange& range) {
        const auto take = m_shown->findTake();
        if (take && m_shown->clip()) return m_excerpts->write(*take, m_shown->clip(), range);
        m_clip->giveExcerpt({});
        m_window->notice().showNews(tr("This clip is still being made: it has no file yet."));
    });
    connect(m_excerpts.get(), &ExcerptWriter::written, m_clip, &ui::ClipView::giveExcerpt);
    connect(m_excerpts.get(), &ExcerptWriter::failed, this, [this](const QString& error) {
        m_clip->giveExcerpt({});
        showError(error);
    });
    connect(m_clip, &ui::ClipView::excerptCopied, this, [this](const QString& file) {
        m_window->notice().showNews(tr("Copied as a file: %1").arg(QFileInfo(file).fileName()));
    });
}

} // namespace n2m::studio
