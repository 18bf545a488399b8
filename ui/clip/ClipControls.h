#pragma once

#include "ui/clip/SpectrogramOptions.h"

#include <QObject>
#include <QRect>

class QMenu;
class QToolButton;

namespace n2m::ui {

class ClipView;

/// The small buttons of a clip view: the menu of the spectrogram, and the choice between two clips that are compared.
/// They are the view's children, in the gutter left of its lanes. GUI thread.
class ClipControls : public QObject {
    Q_OBJECT

public:
    explicit ClipControls(ClipView& view);

    /// Puts them above and below the labels; areas in the view's pixels.
    void place(const QRect& top, const QRect& bottom);
    /// Shows what the view shows.
    void refresh();

private:
    void fillMenu();
    template <class Value, class Set>
    void addChoice(QMenu* menu, const QString& text, Value value, Value SpectrogramOptions::*member, Set set);
    QToolButton* clipButton(const QString& text, const QString& name, int comparison);

    ClipView& m_view;
    QToolButton* m_options;
    QToolButton *m_first, *m_second, *m_difference;
    QMenu* m_menu;
};

} // namespace n2m::ui
