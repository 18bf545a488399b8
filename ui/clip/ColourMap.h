#pragma once

#include <QRgb>
#include <QStringList>

#include <array>

namespace n2m::ui {

/// Colours for levels, the quietest first. Lightness rises evenly, so that equal steps in level look equal.
///
/// Magma, Inferno, Plasma and Viridis are those of Stéfan van der Walt and Nathaniel Smith (BIDS/colormap, CC0; made
/// for Matplotlib 2): every sixteenth colour of their tables, with straight lines in sRGB between, which is off by at
/// most 7 of 255. Grey is even in CIE L*.
enum class ColourMap { Magma, Inferno, Plasma, Viridis, Grey };

/// The names for the user, in the order of the enumeration; toString() gives those of the settings ("magma").
QStringList colourMapNames();
QString toString(ColourMap map);
ColourMap colourMapFromString(const QString& name); ///< unknown: Magma

using ColourTable = std::array<QRgb, 256>;

ColourTable colourTable(ColourMap map);

/// Colours for differences: 0 is the first clip louder, 255 the second, 128 equal. Orange and blue of the same
/// lightness, darker towards the middle: CIE L*a*b*, L* from 75 to 8, hues 60° and 245°.
ColourTable differenceTable();

} // namespace n2m::ui
