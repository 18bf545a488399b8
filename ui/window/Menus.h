#pragma once

class QMenuBar;
class QWidget;

namespace n2m::ui {

class Actions;

/// Fills the window's menu bar with all actions.
void fillMenus(QMenuBar& bar, Actions& actions);

/// Gives the clip's view a context menu of the actions for the clip and its selection.
void addClipMenu(QWidget& view, Actions& actions);

} // namespace n2m::ui
