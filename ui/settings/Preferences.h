#pragma once

#include "ui/style/Theme.h"

#include <QString>

class QSettings;

namespace n2m::ui {

/// The settings of this machine and user, apart from any library. A plain value.
struct Preferences {
    Theme theme = Theme::System;
    QString language;       ///< ISO 639 code; empty: the desktop's
    QString device = "cpu"; ///< of the model
    QString bundle;         ///< folder; empty: the bundled model
    QString library;        ///< folder; empty: the default one
    bool notify = true;     ///< when clips are done while another program is active
    bool complete = true;   ///< words of a prompt while it is typed
    // The sound device; empty and 0: the system's choice.
    QString soundHost, soundDevice;
    int soundRate = 0, soundBuffer = 0;
    bool operator==(const Preferences&) const = default;

    static Preferences load(const QSettings& settings);
    void save(QSettings& settings) const;
};

} // namespace n2m::ui
