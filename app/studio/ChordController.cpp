#include "app/studio/ChordController.h"

#include "app/studio/GenerationController.h"
#include "app/studio/Preview.h"
#include "app/studio/ShownClip.h"
#include "engine/base/Error.h"
#include "engine/plan/Harmony.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipView.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/window/NoticeBar.h"

#include <utility>

namespace n2m::studio {

ChordController::ChordController(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    connect(&m_parts.clip.chords(), &ui::ChordEditor::chordsEdited, this, &ChordController::useChords);
    connect(&m_parts.shown, &ShownClip::clipShown, this, [this] { m_settingsUsed = false; });
}

void ChordController::useChords(const QString& progression) {
    const std::optional<plan::Plan> plan = m_parts.clip.chords().editedPlan();
    if (!plan) return;
    // Prompt, seed and settings stay those of the clip. Only with the first chord: settings that the user changes
    // after it are intended.
    if (!std::exchange(m_settingsUsed, true)) {
        if (const auto take = m_parts.shown.findTake())
            m_parts.generation.use(*take, GenerationController::Reuse::All);
        else if (const auto job = m_parts.library.jobs().find(m_parts.preview.job())) // the clip is its preview
            m_parts.generation.show(requestFromJson(job->request));
    }
    m_parts.parameters.setMusic(plan->bpm, QString::fromStdString(plan::toString(plan->key)), progression);
    // The whole plan: a list of chords alone would begin again with each section, at other times than edited.
    m_parts.parameters.setGivenPlan(*plan);
    m_parts.notice.showNews(tr("The clip's settings and the new chords are in the panels. Press “Generate” to make a "
                               "clip with them."));
}

void settleChords(ui::ClipView& clip) {
    if (!clip.chords().finish()) throw base::InvalidInput("The text above the clip is not a chord.");
}

} // namespace n2m::studio
