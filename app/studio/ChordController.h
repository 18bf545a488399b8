#pragma once

#include <QObject>
#include <QString>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class ClipView;
class NoticeBar;
class ParametersPanel;
} // namespace n2m::ui

namespace n2m::studio {

class GenerationController;
class Preview;
class ShownClip;

/// Chords edited above the clip: puts them into the panels, with the settings of the shown clip. GUI thread.
class ChordController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        storage::Library& library;
        ui::ClipView& clip;
        ui::ParametersPanel& parameters;
        ui::NoticeBar& notice;
        GenerationController& generation;
        ShownClip& shown;
        Preview& preview;
    };
    explicit ChordController(const Parts& parts, QObject* parent = nullptr);

private:
    void useChords(const QString& progression);

    Parts m_parts;
    bool m_settingsUsed = false; ///< the panels have the settings of the shown clip, after its first edited chord
};

/// Takes over the text of an open chord editor. Throws base::InvalidInput where it is not a chord.
void settleChords(ui::ClipView& clip);

} // namespace n2m::studio
