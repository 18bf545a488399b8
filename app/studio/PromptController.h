#pragma once

#include "engine/prompt/Lexicon.h"

#include <QObject>

#include <memory>

namespace n2m::storage {
class PromptStore;
}

namespace n2m::ui {
class ParametersPanel;
class PromptPanel;
} // namespace n2m::ui

namespace n2m::studio {

/// Keeps prompts and presets in the library: lists them in the panels, saves and removes them. Tells the prompts'
/// panel how the model understands a prompt. GUI thread.
class PromptController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. Throws storage::LibraryError where the library cannot be read.
    PromptController(storage::PromptStore& store, ui::PromptPanel& prompt, ui::ParametersPanel& parameters,
                     QObject* parent = nullptr);

    /// Turns the completion of words on or off; it is off at first.
    void completeWords(bool complete);

private:
    void readPrompts();
    void savePrompt(const QString& name);
    void savePreset(const QString& name);
    void removePreset(const QString& name);
    void showPrompts();
    void showPresets();

    storage::PromptStore& m_store;
    ui::PromptPanel& m_prompt;
    ui::ParametersPanel& m_parameters;
    std::shared_ptr<const prompt::Lexicon> m_lexicon; ///< null: it could not be read
};

} // namespace n2m::studio
