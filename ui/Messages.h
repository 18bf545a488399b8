#pragma once

#include "engine/base/Error.h"

#include <QString>

#include <exception>
#include <functional>
#include <string_view>

namespace n2m::ui {

/// A line of engine, storage or player in the user's language, with his decimal point. Translations are looked up by
/// the message's English format in the context "Messages"; without one, the line is English. Any thread.
QString inUsersLanguage(const base::Message& message);
QString inUsersLanguage(const std::exception& error); ///< of base::messageOf()
/// A stored line: base::Message::serialised(), or plain English text, which is looked up as a whole.
QString inUsersLanguage(std::string_view stored);

/// The line of the exception that `work` throws, in the user's language; empty: none was thrown. For work on a thread
/// of a pool, which no exception may leave. Any thread.
QString errorOf(const std::function<void()>& work);

} // namespace n2m::ui
