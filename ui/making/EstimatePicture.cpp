#include "ui/making/EstimatePicture.h"

#include "engine/audio/LogMel.h"
#include "ui/style/Theme.h"

#include <cmath>

namespace n2m::ui {
namespace {

constexpr std::size_t columns = 1000;
constexpr int gap = 2;                 // between waveform and spectrogram
constexpr double waveformShare = 0.34; // of the height
/// The ratio of peaks to a sine of the same power, matched by eye to the waveforms of generated clips.
constexpr float crest = 1.0f;
/// A mel band is wider than a line of the clip's spectrogram, and so has more power.
constexpr double bandGain = 12.0; // dB

} // namespace

EstimatePicture::EstimatePicture(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Estimate of the clip in progress"));
    setToolTip(tr("Waveform and spectrogram as the model estimates them so far"));
}

void EstimatePicture::setHint(const QString& hint) {
    if (hint == m_hint) return;
    m_hint = hint;
    if (isEmpty()) update();
}

void EstimatePicture::setEstimate(const Estimate& estimate) {
    if (!estimate.spectrogram.empty()) takeSpectrogram(estimate);
    if (!estimate.sound.empty()) takeSound(estimate);
    update();
}

void EstimatePicture::clear() {
    m_spectrogram = m_scaled = {};
    m_low.clear();
    m_high.clear();
    update();
}

void EstimatePicture::setOptions(const SpectrogramOptions& options) {
    m_options = options;
}

void EstimatePicture::takeSpectrogram(const Estimate& estimate) {
    const audio::MelConfig mel;
    const auto bands = static_cast<std::size_t>(estimate.bands), frames = estimate.spectrogram.size() / bands;
    const ColourTable colours = colourTable(m_options.colours);
    QImage image(static_cast<int>(frames), estimate.bands, QImage::Format_RGB32);
    std::vector<float> power(frames);
    for (std::size_t band = 0; band < bands; ++band) {
        const float* values = estimate.spectrogram.data() + band * frames;
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(bands - 1 - band))); // high notes on top
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const float decibels = mel.decibels(values[frame]);
            const double level = (decibels - bandGain + m_options.gain + m_options.range) / m_options.range;
            line[frame] = colours[static_cast<std::size_t>(std::lround(255.0 * std::clamp(level, 0.0, 1.0)))];
            power[frame] += std::exp2(decibels * 0.33219281f); // 10^(dB/10)
        }
    }
    m_spectrogram = image;
    m_scaled = {};
    const std::size_t count = std::min(columns, frames);
    m_low.assign(count, 0.0f);
    m_high.assign(count, 0.0f);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        float& high = m_high[frame * count / frames];
        high = std::max(high, std::min(1.0f, crest * std::sqrt(power[frame])));
    }
    std::transform(m_high.begin(), m_high.end(), m_low.begin(), [](float value) { return -value; });
}

void EstimatePicture::takeSound(const Estimate& estimate) {
    const std::size_t samples = estimate.sound.size(), count = std::min(columns, samples);
    m_low.assign(count, 0.0f);
    m_high.assign(count, 0.0f);
    for (std::size_t column = 0; column < count; ++column) {
        const auto first = estimate.sound.begin() + static_cast<std::ptrdiff_t>(column * samples / count);
        const auto last = estimate.sound.begin() + static_cast<std::ptrdiff_t>((column + 1) * samples / count);
        const auto [low, high] = std::minmax_element(first, last);
        m_low[column] = std::max(-1.0f, *low);
        m_high[column] = std::min(1.0f, *high);
    }
}

void EstimatePicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeColours& colours = themeColours();
    if (isEmpty()) {
        painter.setPen(colours.dimmed);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_hint);
        return;
    }
    const bool both = !m_spectrogram.isNull();
    const int split = both ? static_cast<int>(height() * waveformShare) : height();
    const double middle = split / 2.0, scale = std::max(1.0, middle - 1.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.accent);
    const auto count = static_cast<int>(m_high.size());
    QPolygonF outline;
    for (int i = 0; i < count; ++i)
        outline << QPointF((i + 0.5) * width() / count, middle - scale * m_high[static_cast<std::size_t>(i)] - 0.5);
    for (int i = count - 1; i >= 0; --i)
        outline << QPointF((i + 0.5) * width() / count, middle - scale * m_low[static_cast<std::size_t>(i)] + 0.5);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPolygon(outline);
    if (!both) return;

    const QRect area(0, split + gap, width(), height() - split - gap);
    const QSize wanted = area.size() * devicePixelRatioF();
    if (m_scaled.size() != wanted)
        m_scaled = m_spectrogram.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    painter.drawImage(area, m_scaled);
}

} // namespace n2m::ui
