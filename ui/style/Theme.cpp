#include "ui/style/Theme.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyleFactory>

// Resources of a static library are linked only on demand; the macro must be outside of namespaces.
static void loadResources() {
    Q_INIT_RESOURCE(studio);
}

namespace n2m::ui {
namespace {

ThemeColours current;

ThemeColours darkColours() {
    return {true,
            QColor("#23262d"),
            QColor("#383c46"),
            QColor("#9ea5b3"),
            QColor("#ff8a5b"),
            QColor("#1d1007"),
            QColor("#f5c451"),
            QColor("#67c58f"),
            QColor("#f0b429"),
            QColor("#ff6b6b")};
}

ThemeColours lightColours() {
    return {false,
            QColor("#ffffff"),
            QColor("#d3d6dd"),
            QColor("#5c6370"),
            QColor("#c2481b"),
            QColor("#ffffff"),
            QColor("#b97a00"),
            QColor("#1f7a46"),
            QColor("#855700"),
            QColor("#c62828")};
}

QPalette paletteOf(const ThemeColours& colours) {
    const bool dark = colours.dark;
    const QColor text = dark ? QColor("#e8eaf0") : QColor("#1c1f26");
    const QColor faint = dark ? QColor("#666c79") : QColor("#9a9fab");
    QPalette palette;
    palette.setColor(QPalette::Window, dark ? QColor("#1b1d22") : QColor("#f1f2f5"));
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, dark ? QColor("#15171b") : QColor("#ffffff"));
    palette.setColor(QPalette::AlternateBase, dark ? QColor("#1a1c21") : QColor("#f7f8fa"));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, dark ? QColor("#7d8492") : QColor("#767c88"));
    palette.setColor(QPalette::Button, dark ? QColor("#2d3139") : QColor("#ffffff"));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, colours.bad);
    palette.setColor(QPalette::ToolTipBase, dark ? QColor("#31353e") : QColor("#1c1f26"));
    palette.setColor(QPalette::ToolTipText, dark ? text : QColor("#f7f8fa"));
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.onAccent);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::Light, dark ? QColor("#3d424c") : QColor("#ffffff"));
    palette.setColor(QPalette::Midlight, dark ? QColor("#343841") : QColor("#e9ebef"));
    palette.setColor(QPalette::Mid, colours.line);
    palette.setColor(QPalette::Dark, dark ? QColor("#101114") : QColor("#b9bdc7"));
    palette.setColor(QPalette::Shadow, dark ? QColor("#000000") : QColor("#80858f"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.line);
    return palette;
}

/// Replaces the colours' names ("@accent") in the style sheet; longer names come first.
QString styleSheetOf(const ThemeColours& colours, const QPalette& palette) {
    QFile file(QStringLiteral(":/style/studio.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> names[] = {
        {"@on-accent", colours.onAccent},
        {"@accent-hover", colours.dark ? colours.accent.lighter(112) : colours.accent.darker(112)},
        {"@accent", colours.accent},
        {"@panel", colours.panel},
        {"@line", colours.line},
        {"@dimmed", colours.dimmed},
        {"@warning", colours.warning},
        {"@good", colours.good},
        {"@bad", colours.bad},
        {"@base", palette.color(QPalette::Base)},
        {"@window", palette.color(QPalette::Window)},
        {"@button-hover", palette.color(QPalette::Midlight)},
        {"@button", palette.color(QPalette::Button)},
        {"@text", palette.color(QPalette::Text)},
        {"@faint", palette.color(QPalette::Disabled, QPalette::Text)},
    };
    for (const auto& [name, colour] : names)
        sheet.replace(QLatin1String(name), colour.name());
    sheet.replace(QLatin1String("@theme"), QLatin1String(colours.dark ? "dark" : "light"));
    return sheet;
}

} // namespace

void applyTheme(QApplication& application, Theme theme) {
    loadResources();
    // Read once, before our palette replaces the desktop's.
    static const bool desktopIsDark = application.palette().color(QPalette::Window).lightness() < 128;
    const bool dark = theme == Theme::Dark || (theme == Theme::System && desktopIsDark);
    current = dark ? darkColours() : lightColours();
    const QPalette palette = paletteOf(current);
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(palette);
    application.setStyleSheet(styleSheetOf(current, palette));
}

const ThemeColours& themeColours() {
    if (!current.accent.isValid()) current = darkColours();
    return current;
}

Theme themeFromString(const QString& name) {
    if (name == QLatin1String("dark")) return Theme::Dark;
    if (name == QLatin1String("light")) return Theme::Light;
    return Theme::System;
}

QString toString(Theme theme) {
    switch (theme) {
    case Theme::Dark:
        return QStringLiteral("dark");
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::System:
        break;
    }
    return QStringLiteral("system");
}

} // namespace n2m::ui
