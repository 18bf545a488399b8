#pragma once

class QMenuBar;
class QWidget;

namespace n2m::ui {

class Actions;

/// Fills the window's menu bar with all actions.
void fillMenus(QMenuBar& bar, Actions& actions);

/// Gives the view of the clip what can be done with it and its selection, as a context menu.
void addClipMenu(QWidget& view, Actions& actions);

} // namespace n2m::ui
