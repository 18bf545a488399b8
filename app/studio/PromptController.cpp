#include "app/studio/PromptController.h"

#include "app/studio/PromptReading.h"
#include "engine/base/Error.h"
#include "engine/request/RequestJson.h"
#include "storage/PromptStore.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/prompt/PromptPanel.h"

namespace n2m::studio {

PromptController::PromptController(storage::PromptStore& store, ui::PromptPanel& prompt,
                                   ui::ParametersPanel& parameters, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_prompt(prompt)
    , m_parameters(parameters) {
    const auto useSettings = [this](const QString& settings) {
        m_parameters.useSettings(requestFromJson(settings.toStdString()));
    };
    connect(&prompt, &ui::PromptPanel::promptsWanted, this, &PromptController::showPrompts);
    connect(&prompt, &ui::PromptPanel::promptSaved, this, &PromptController::savePrompt);
    connect(&prompt, &ui::PromptPanel::promptRemoved, this, [this](std::int64_t id) { m_store.remove(id); });
    connect(&prompt, &ui::PromptPanel::settingsChosen, this, useSettings);
    connect(&parameters, &ui::ParametersPanel::presetChosen, this, useSettings);
    connect(&parameters, &ui::ParametersPanel::presetSaved, this, &PromptController::savePreset);
    connect(&parameters, &ui::ParametersPanel::presetRemoved, this, &PromptController::removePreset);
    connect(&parameters, &ui::ParametersPanel::scoreChanged, &prompt, &ui::PromptPanel::showScore);
    showPrompts();
    showPresets();
    readPrompts();
}

void PromptController::readPrompts() {
    try {
        m_lexicon = std::make_shared<const prompt::Lexicon>();
    } catch (const base::Failure&) { // without it no clip can be made, which tells the reason
        return;
    }
    m_prompt.setReader([lexicon = m_lexicon](const QString& prompt, const QString& negativePrompt) {
        return readPrompt(*lexicon, prompt, negativePrompt);
    });
}

void PromptController::completeWords(bool complete) {
    ui::PhraseCompleter completer;
    if (complete && m_lexicon)
        completer = [lexicon = m_lexicon](const QString& before) { return completePhrase(*lexicon, before); };
    m_prompt.setCompleter(completer);
}

void PromptController::showPrompts() {
    m_prompt.showPrompts(m_store.history(), m_store.saved());
}

void PromptController::showPresets() {
    m_parameters.showPresets(m_store.saved());
}

void PromptController::savePrompt(const QString& name) {
    storage::SavedPrompt entry;
    entry.name = name.toStdString();
    entry.prompt = m_prompt.prompt().toStdString();
    entry.negativePrompt = m_prompt.negativePrompt().toStdString();
    m_store.save(entry);
}

void PromptController::savePreset(const QString& name) {
    Request request;
    m_parameters.takeTyped();
    m_parameters.writeTo(request);
    request.givenPlan.reset(); // it belongs to one clip, a preset to others
    request.repaint.reset();
    storage::SavedPrompt preset;
    preset.name = name.toStdString();
    preset.settings = toJson(request);
    m_store.save(preset);
    showPresets();
}

void PromptController::removePreset(const QString& name) {
    if (const auto preset = m_store.findPreset(name.toStdString())) m_store.remove(preset->id);
    showPresets();
}

} // namespace n2m::studio
