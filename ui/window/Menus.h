#pragma once

class QMenuBar;

namespace n2m::ui {

class Actions;

/// Fills the window's menu bar with all actions.
void fillMenus(QMenuBar& bar, Actions& actions);

} // namespace n2m::ui
