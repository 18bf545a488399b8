#pragma once

#include <QString>

#include <functional>
#include <string_view>

namespace n2m::ui {

/// A line that engine, storage or player have for the user, in his language: they know no translations and speak
/// English. A line that is not known stays as it is. Any thread.
QString inUsersLanguage(std::string_view line);

/// What `work` throws, as a line in the user's language; empty: nothing. For what runs on a thread of a pool, which no
/// exception may leave: that would be the end of the program. Any thread.
QString errorOf(const std::function<void()>& work);

} // namespace n2m::ui
