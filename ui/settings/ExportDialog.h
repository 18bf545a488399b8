#pragma once

#include "engine/audio/Export.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QSettings;

namespace n2m::ui {

/// Asks for format, rate, loudness and part of an export; its caller asks for the place. GUI thread.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `selection`: the selected range of the one clip; none: only whole clips are offered.
    ExportDialog(int clips, std::optional<audio::FrameRange> selection, QWidget* parent = nullptr);

    audio::ExportSettings exportSettings() const;
    QString extension() const; ///< "flac"

    void load(const QSettings& settings);
    void save(QSettings& settings) const;

private:
    void offerRates(); ///< those of the format

    std::optional<audio::FrameRange> m_selection;
    QComboBox *m_format, *m_rate, *m_normalise, *m_part;
};

} // namespace n2m::ui
