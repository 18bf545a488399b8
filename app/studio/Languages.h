#pragma once

#include <QString>
#include <QStringList>

class QApplication;

namespace n2m::studio {

/// The languages of the window, as ISO 639 codes. English is in the sources, the others are in assets/translations.
QStringList languages();

/// Sets the language of the window; empty: the system's, or English where that is not among them. Call it before the
/// first window. GUI thread.
void useLanguage(QApplication& application, const QString& language);

} // namespace n2m::studio
