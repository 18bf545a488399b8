#pragma once

#include <QColor>
#include <QString>

class QApplication;

namespace n2m::ui {

enum class Theme { System, Dark, Light };

/// Colours that QPalette has no role for. Those of the theme that was applied last.
struct ThemeColours {
    bool dark = true;
    QColor panel;    ///< behind controls, between window and input field
    QColor line;     ///< thin separators and borders
    QColor dimmed;   ///< secondary text
    QColor accent;   ///< what matters: Generate, selection, playhead
    QColor onAccent; ///< text on it
    QColor star;     ///< stars and ratings
    QColor good, warning, bad;
};

/// Gives the program its palette, style sheet and font size; call once at the start, and again when the user chooses.
/// System: dark if the desktop's palette is. GUI thread.
void applyTheme(QApplication& application, Theme theme);

const ThemeColours& themeColours();

/// "system", "dark", "light": as the settings keep it. Unknown names are System.
Theme themeFromString(const QString& name);
QString toString(Theme theme);

} // namespace n2m::ui
