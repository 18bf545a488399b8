#pragma once

#include "engine/request/Progress.h"
#include "ui/clip/SpectrogramOptions.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <vector>

namespace n2m::ui {

/// What the model takes the clip to be: the waveform's envelope over the log-mel spectrogram, the whole clip across the
/// whole width. Before there is an estimate, a line of text. GUI thread; a new estimate takes it a few milliseconds.
class EstimatePicture : public QWidget {
    Q_OBJECT

public:
    explicit EstimatePicture(QWidget* parent = nullptr);

    /// Shown where there is no estimate yet.
    void setHint(const QString& hint);
    /// Sound keeps the spectrogram that was shown before it.
    void setEstimate(const Estimate& estimate);
    void clear();
    bool isEmpty() const { return m_high.empty(); }

    /// Colours and levels as in the clip's view; the frequency axis is the model's.
    void setOptions(const SpectrogramOptions& options);

    /// Of the clip's length, from its start: between what and what the sound moves. For tests.
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
    QImage m_spectrogram, m_scaled; ///< as it is, and for the widget's size
    std::vector<float> m_low, m_high;
};

} // namespace n2m::ui
