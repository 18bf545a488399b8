#include "app/studio/Session.h"

#include "app/studio/ShownClip.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "storage/LibraryError.h"
#include "ui/clip/ClipView.h"
#include "ui/history/HistoryPanel.h"
#include "ui/player/PlayerBar.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/prompt/PromptPanel.h"

#include <stdexcept>
#include <utility>

namespace n2m::studio {
namespace {

constexpr int saveEvery = 2000; // milliseconds
const char* const promptKey = "session/prompt";
const char* const negativeKey = "session/negativePrompt";
const char* const settingsKey = "session/settings"; // JSON of engine/RequestJson.h
const char* const seedKey = "session/seed";
const char* const variationsKey = "session/variations";
const char* const clipKey = "session/clip"; // its file: the id of a take is not valid in another library
const char* const splitKey = "session/laneSplit";
const char* const volumeKey = "session/volume";

} // namespace

Session::Session(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    m_timer.setInterval(saveEvery);
    connect(&m_timer, &QTimer::timeout, this, &Session::savePanels);
    // At once: the library may not exist any more at the end of the program.
    connect(&m_parts.shown, &ShownClip::clipShown, this, &Session::saveClip);
}

void Session::restore() {
    const QSettings& settings = m_parts.settings;
    m_parts.prompt.setPrompts(settings.value(promptKey).toString(), settings.value(negativeKey).toString());
    restoreSettings();
    m_parts.clip.setSplit(settings.value(splitKey, m_parts.clip.split()).toDouble());
    m_parts.player.setVolume(settings.value(volumeKey, 1.0).toDouble());
    m_parts.history.restore(settings);
    try {
        restoreClip();
        if (const auto seed = m_parts.library.takes().lastSeed()) m_parts.parameters.setLastSeed(*seed);
    } catch (const storage::LibraryError&) { // no error at start: the history shows rows that cannot be read
    }
    m_timer.start();
}

void Session::restoreSettings() {
    const QSettings& settings = m_parts.settings;
    try {
        const QString kept = settings.value(settingsKey).toString();
        if (!kept.isEmpty()) {
            Request request = requestFromJson(kept.toStdString());
            // A repaint ends with the session: by the next day the user has forgotten it.
            if (std::exchange(request.repaint, std::nullopt)) request.givenPlan.reset();
            m_parts.parameters.show(request);
        }
    } catch (const std::invalid_argument&) { // edited by hand or written by another version: use the defaults
    }
    m_parts.parameters.setSeedText(settings.value(seedKey).toString());
    m_parts.parameters.setVariations(settings.value(variationsKey, 1).toInt());
}

void Session::restoreClip() {
    storage::TakeStore& takes = m_parts.library.takes();
    const QString file = m_parts.settings.value(clipKey).toString();
    auto take = file.isEmpty() ? std::nullopt : takes.findFile(file.toStdString());
    if (!take || take->trashed) {
        const auto ids = takes.ids(); // newest first
        if (ids.empty()) return;
        take = takes.find(ids.front());
    }
    if (take) m_parts.shown.begin(take->id);
}

void Session::savePanels() {
    QSettings& settings = m_parts.settings;
    bool changed = false;
    const auto keep = [&](const char* key, const QVariant& value) {
        if (settings.value(key).toString() == value.toString()) return;
        settings.setValue(key, value);
        changed = true;
    };
    keep(promptKey, m_parts.prompt.prompt());
    keep(negativeKey, m_parts.prompt.negativePrompt());
    keep(seedKey, m_parts.parameters.seedText());
    keep(variationsKey, m_parts.parameters.variations());
    if (!m_parts.model.stages.empty()) { // without a model the panel has no settings
        Request request;
        m_parts.parameters.writeTo(request);
        request.prompt =
            m_parts.parameters.promptOfGivenPlan().toStdString(); // the prompt of that plan, not the one in the panel
        if (!m_parts.model.takesPlan) request.plan = true;        // the user has not switched it off
        keep(settingsKey, QString::fromStdString(toJson(request)));
    }
    if (changed) settings.sync();
}

void Session::saveClip() {
    const auto take = m_parts.library.takes().find(m_parts.shown.take());
    if (take)
        m_parts.settings.setValue(clipKey, QString::fromStdString(m_parts.library.takes().pathOf(*take).string()));
}

void Session::save() {
    m_timer.stop();
    m_parts.parameters.takeTyped();
    savePanels();
    QSettings& settings = m_parts.settings;
    settings.setValue(splitKey, m_parts.clip.split());
    settings.setValue(volumeKey, m_parts.player.volume());
    m_parts.history.save(settings);
}

} // namespace n2m::studio
