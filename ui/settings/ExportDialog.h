#pragma once

#include "engine/audio/Export.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QSettings;

namespace n2m::ui {

/// How clips leave the studio: format, rate, loudness, and which part. Where to is asked by the one who exports.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `selection` is what is selected of the one clip that is exported; none: there is no choice.
    ExportDialog(int clips, std::optional<audio::FrameRange> selection, QWidget* parent = nullptr);

    audio::ExportSettings exportSettings() const;
    QString extension() const; ///< "flac"

    void load(const QSettings& settings);
    void save(QSettings& settings) const;

private:
    void offerRates(); ///< that the format has

    std::optional<audio::FrameRange> m_selection;
    QComboBox *m_format, *m_rate, *m_normalise, *m_part;
};

} // namespace n2m::ui
