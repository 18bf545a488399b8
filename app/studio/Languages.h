#pragma once

#include <QString>
#include <QStringList>

class QApplication;

namespace n2m::studio {

/// The languages that the window speaks, as ISO 639 codes; English is written in the sources, the others are in
/// assets/translations.
QStringList languages();

/// Makes the program speak a language; empty: the system's, or English where that is not among them. Call it before
/// anything is shown. GUI thread.
void speak(QApplication& application, const QString& language);

} // namespace n2m::studio
