#include "app/studio/Session.h"

#include "app/studio/TakeDesk.h"
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

constexpr int keptEvery = 2000; // milliseconds
const char* const promptKey = "session/prompt";
const char* const negativeKey = "session/negativePrompt";
const char* const settingsKey = "session/settings"; // JSON of engine/RequestJson.h
const char* const seedKey = "session/seed";
const char* const variationsKey = "session/variations";
const char* const clipKey = "session/clip"; // its file: the number of a take means nothing in another library
const char* const splitKey = "session/laneSplit";
const char* const volumeKey = "session/volume";

} // namespace

Session::Session(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    m_timer.setInterval(keptEvery);
    connect(&m_timer, &QTimer::timeout, this, &Session::keepWritten);
    // While it works: at the end of the program the library may be gone.
    connect(&m_parts.desk, &TakeDesk::clipShown, this, &Session::keepClip);
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
    } catch (const storage::LibraryError&) { // nobody asked for that clip; the history says what cannot be read
    }
    m_timer.start();
}

void Session::restoreSettings() {
    const QSettings& settings = m_parts.settings;
    try {
        const QString kept = settings.value(settingsKey).toString();
        if (!kept.isEmpty()) {
            Request request = requestFromJson(kept.toStdString());
            // Another day, another clip: that Generate was to change an old one is forgotten by then.
            if (std::exchange(request.repaint, std::nullopt)) request.givenPlan.reset();
            m_parts.parameters.show(request);
        }
    } catch (const std::invalid_argument&) { // by hand, or by another version: the defaults will do
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
    if (take) m_parts.desk.begin(take->id);
}

void Session::keepWritten() {
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
    if (!m_parts.model.stages.empty()) { // without a model there are no settings to be seen
        Request request;
        m_parts.parameters.writeTo(request);
        request.prompt = m_parts.parameters.promptOfGivenPlan().toStdString(); // another than what is being written
        if (!m_parts.model.takesPlan) request.plan = true;                     // nobody has chosen that it should not
        keep(settingsKey, QString::fromStdString(toJson(request)));
    }
    if (changed) settings.sync();
}

void Session::keepClip() {
    const auto take = m_parts.library.takes().find(m_parts.desk.shown());
    if (take)
        m_parts.settings.setValue(clipKey, QString::fromStdString(m_parts.library.takes().pathOf(*take).string()));
}

void Session::save() {
    m_timer.stop();
    m_parts.parameters.takeTyped();
    keepWritten();
    QSettings& settings = m_parts.settings;
    settings.setValue(splitKey, m_parts.clip.split());
    settings.setValue(volumeKey, m_parts.player.volume());
    m_parts.history.save(settings);
}

} // namespace n2m::studio
