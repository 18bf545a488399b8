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

class TakeDesk;

/// What the user was at, for the next start: prompt and settings, which are kept every few seconds, so that they
/// survive even a crash; the clip that was shown, the volume, how history and lanes were arranged. GUI thread.
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
        TakeDesk& desk;
    };
    explicit Session(const Parts& parts, QObject* parent = nullptr);

    /// Puts everything back, and begins to keep what is written.
    void restore();
    void save();

private:
    void restoreSettings();
    void restoreClip();
    void keepWritten();
    void keepClip();

    Parts m_parts;
    QTimer m_timer;
};

} // namespace n2m::studio
