#include "ui/ModelFacts.h"

#include <QCoreApplication>

namespace n2m::ui {

QString samplerTitle(const QString& name) {
    if (name == QLatin1String("ancestral")) return QStringLiteral("Ancestral");
    if (name == QLatin1String("ddim")) return QStringLiteral("DDIM");
    if (name == QLatin1String("dpmpp")) return QStringLiteral("DPM++ 2M");
    return name;
}

QString stageTitle(const QString& name) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("n2m::ui", text); };
    if (name == QLatin1String("spectrogram-generator")) return tr("Spectrogram");
    if (name == QLatin1String("vocoder")) return tr("Vocoder");
    if (name == QLatin1String("griffin-lim")) return tr("Griffin-Lim vocoder");
    if (name == QLatin1String("sound-of-spectrum")) return tr("Sound of the spectrum");
    if (name == QLatin1String("super-resolution")) return tr("Super-resolution");
    if (name == QLatin1String("fourier")) return tr("Resampling");
    if (name == QLatin1String("waveform-generator")) return tr("Waveform");
    if (name == QLatin1String("waveform-cascader")) return tr("Waveform cascader");
    if (name == QLatin1String("loading")) return tr("Loading the model");
    if (name == QLatin1String("planning")) return tr("Planning");
    return name;
}

} // namespace n2m::ui
