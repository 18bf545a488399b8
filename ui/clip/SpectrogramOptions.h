#pragma once

#include "engine/audio/FrequencyAxis.h"
#include "ui/clip/ColourMap.h"

#include <QString>

namespace n2m::ui {

/// Axis, colours and levels of the spectrogram. A plain value.
struct SpectrogramOptions {
    audio::FrequencyScale scale = audio::FrequencyScale::Mel;
    ColourMap colours = ColourMap::Magma;
    double range = 80.0; ///< dB from the darkest to the brightest colour
    double gain = 20.0;  ///< dB that every level is raised by
    bool operator==(const SpectrogramOptions&) const = default;
};

/// The form of the settings: "mel magma 80 20". Values that cannot be read are the defaults.
QString toString(const SpectrogramOptions& options);
SpectrogramOptions spectrogramOptionsFromString(const QString& text);

} // namespace n2m::ui
