#pragma once

#include <QString>

#include <string_view>

namespace n2m::ui {

/// A line that engine, storage or player have for the user, in his language: they know no translations and speak
/// English. A line that is not known stays as it is. Any thread.
QString inUsersLanguage(std::string_view line);

} // namespace n2m::ui
