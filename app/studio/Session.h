#pragma once

#include "ui/ModelFacts.h"

#include <QObject>
#include <QSettings>
#include <QTimer>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class ClipView;
class HistoryPanel;
class ParametersPanel;
class PlayerBar;
class PromptPanel;
} // namespace n2m::ui

namespace n2m::studio {

class ShownClip;

/// Saves the state of the window for the next start: prompt and settings every few seconds, so that they survive a
/// crash; the shown clip, the volume, the arrangement of history and lanes. GUI thread.
class Session : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        QSettings& settings;
        storage::Library& library;
        const ui::ModelFacts& model;
        ui::PromptPanel& prompt;
        ui::ParametersPanel& parameters;
        ui::ClipView& clip;
        ui::HistoryPanel& history;
        ui::PlayerBar& player;
        ShownClip& shown;
    };
    explicit Session(const Parts& parts, QObject* parent = nullptr);

    /// Restores everything, and begins to save prompt and settings.
    void restore();
    void save();

private:
    void restoreSettings();
    void restoreClip();
    void savePanels();
    void saveClip();

    Parts m_parts;
    QTimer m_timer;
};

} // namespace n2m::studio
