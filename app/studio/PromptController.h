#pragma once

#include <QObject>

namespace n2m::storage {
class PromptStore;
}

namespace n2m::ui {
class ParametersPanel;
class PromptPanel;
} // namespace n2m::ui

namespace n2m::studio {

/// Keeps prompts and presets in the library: lists them in the panels, saves and removes them. GUI thread.
class PromptController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. Throws storage::LibraryError where the library cannot be read.
    PromptController(storage::PromptStore& store, ui::PromptPanel& prompt, ui::ParametersPanel& parameters,
                     QObject* parent = nullptr);

private:
    void savePrompt(const QString& name);
    void savePreset(const QString& name);
    void removePreset(const QString& name);
    void showPrompts();
    void showPresets();

    storage::PromptStore& m_store;
    ui::PromptPanel& m_prompt;
    ui::ParametersPanel& m_parameters;
};

} // namespace n2m::studio
