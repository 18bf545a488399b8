#pragma once

#include <string>
#include <vector>

namespace n2m {

/// What StageSettings.sampler and .schedule may say, for lists to choose from. Any thread.
const std::vector<std::string>& samplerNames();
const std::vector<std::string>& scheduleNames();

} // namespace n2m
