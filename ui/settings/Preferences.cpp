#include "ui/settings/Preferences.h"

#include <QSettings>

namespace n2m::ui {

Preferences Preferences::load(const QSettings& settings) {
    Preferences preferences;
    preferences.theme = themeFromString(settings.value("theme").toString());
    preferences.language = settings.value("language").toString();
    preferences.device = settings.value("engine/device", preferences.device).toString();
    preferences.bundle = settings.value("engine/bundle").toString();
    preferences.library = settings.value("library").toString();
    preferences.notify = settings.value("notify", preferences.notify).toBool();
    preferences.complete = settings.value("complete", preferences.complete).toBool();
    preferences.soundHost = settings.value("sound/host").toString();
    preferences.soundDevice = settings.value("sound/device").toString();
    preferences.soundRate = settings.value("sound/rate").toInt();
    preferences.soundBuffer = settings.value("sound/buffer").toInt();
    return preferences;
}

void Preferences::save(QSettings& settings) const {
    settings.setValue("theme", toString(theme));
    settings.setValue("language", language);
    settings.setValue("engine/device", device);
    settings.setValue("engine/bundle", bundle);
    settings.setValue("library", library);
    settings.setValue("notify", notify);
    settings.setValue("complete", complete);
    settings.setValue("sound/host", soundHost);
    settings.setValue("sound/device", soundDevice);
    settings.setValue("sound/rate", soundRate);
    settings.setValue("sound/buffer", soundBuffer);
}

} // namespace n2m::ui
