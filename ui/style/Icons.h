#pragma once

#include <QIcon>
#include <QString>

namespace n2m::ui {

/// An icon of assets/icons by its file's name without ".svg": drawn in the palette's text colour at the time of
/// painting, sharp at any scale, grey if disabled. GUI thread. An unknown name gives an empty icon.
QIcon icon(const QString& name);

/// The same in a fixed colour, for filled stars and warnings.
QIcon icon(const QString& name, const QColor& colour);

/// The program's own icon, in its colours.
QIcon programIcon();

} // namespace n2m::ui
