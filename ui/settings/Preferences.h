#pragma once

#include "ui/style/Theme.h"

#include <QString>

class QSettings;

namespace n2m::ui {

/// What belongs to this machine and user rather than to a library. A plain value.
struct Preferences {
    Theme theme = Theme::System;
    QString language;       ///< ISO 639 code; empty: the desktop's
    QString device = "cpu"; ///< that computes
    QString bundle;         ///< folder; empty: the one that comes with the program
    QString library;        ///< folder; empty: the usual one
    bool notify = true;     ///< of clips that are done while another program is in front
    // The sound device; empty and 0: the system's choice.
    QString soundHost, soundDevice;
    int soundRate = 0, soundBuffer = 0;
    bool operator==(const Preferences&) const = default;

    static Preferences load(const QSettings& settings);
    void save(QSettings& settings) const;
};

} // namespace n2m::ui
