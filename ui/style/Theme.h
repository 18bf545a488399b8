#pragma once

#include <QColor>
#include <QString>

class QApplication;

namespace n2m::ui {

enum class Theme { System, Dark, Light };

/// Colours that QPalette has no role for, of the theme that was applied last.
struct ThemeColours {
    bool dark = true;
    QColor panel;    ///< behind controls, between window and input field
    QColor line;     ///< thin separators and borders
    QColor dimmed;   ///< secondary text
    QColor accent;   ///< Generate, selection, playhead
    QColor onAccent; ///< text on the accent
    QColor star;     ///< stars and ratings
    QColor good, warning, bad;
};

/// Gives the program its palette, style sheet and font size; call once at the start, and again when the user chooses.
/// System: dark if the desktop's palette is. GUI thread.
void applyTheme(QApplication& application, Theme theme);

const ThemeColours& themeColours();

/// The theme's names in the settings: "system", "dark", "light". Unknown names are System.
Theme themeFromString(const QString& name);
QString toString(Theme theme);

} // namespace n2m::ui
