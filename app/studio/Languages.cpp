#include "app/studio/Languages.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace n2m::studio {

QStringList languages() {
    return {QStringLiteral("en"), QStringLiteral("de")};
}

void useLanguage(QApplication& application, const QString& language) {
    const bool chosen = languages().contains(language);
    const QLocale locale = chosen ? QLocale(language) : QLocale::system();
    if (chosen) QLocale::setDefault(locale); // also for the decimal point
    auto* own = new QTranslator(&application);
    if (!own->load(locale, QStringLiteral("noise2music"), QStringLiteral("_"), QStringLiteral(":/translations"))) {
        delete own; // English, or a language without a translation
        return;
    }
    QApplication::installTranslator(own);
    // The buttons of Qt's own dialogs; without the package of its translations they stay English.
    auto* qt = new QTranslator(&application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
}

} // namespace n2m::studio
