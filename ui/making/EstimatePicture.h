#pragma once

#include "engine/request/Progress.h"
#include "ui/clip/SpectrogramOptions.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <vector>

namespace n2m::ui {

/// The model's estimate of the whole clip: the waveform's envelope over the log-mel spectrogram, or a line of text
/// before there is one. GUI thread; a new estimate takes a few milliseconds.
class EstimatePicture : public QWidget {
    Q_OBJECT

public:
    explicit EstimatePicture(QWidget* parent = nullptr);

    /// Sets the text that is shown without an estimate.
    void setHint(const QString& hint);
    /// An estimate of sound alone keeps the spectrogram shown before.
    void setEstimate(const Estimate& estimate);
    void clear();
    bool isEmpty() const { return m_high.empty(); }

    /// Colours and levels as in the clip's view; the frequency axis is the model's.
    void setOptions(const SpectrogramOptions& options);

    /// The envelope over the clip's length: lowest and highest sample per column. For tests.
    const std::vector<float>& low() const { return m_low; }
    const std::vector<float>& high() const { return m_high; }
    const QImage& spectrogram() const { return m_spectrogram; } ///< a pixel per band and frame

    QSize sizeHint() const override { return {600, 84}; }
    QSize minimumSizeHint() const override { return {60, 30}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void takeSpectrogram(const Estimate& estimate);
    void takeSound(const Estimate& estimate);

    QString m_hint;
    SpectrogramOptions m_options;
    QImage m_spectrogram, m_scaled; ///< a pixel per band and frame, and scaled to the widget
    std::vector<float> m_low, m_high;
};

} // namespace n2m::ui
