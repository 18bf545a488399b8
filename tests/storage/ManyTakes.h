#pragma once

#include <filesystem>

namespace n2m::test {

/// Makes a library of so many takes, or adds them to one: rows as a user's would be, and no sound files. For
/// benchmarks; the same ones each time. Throws as Library does.
void fillWithTakes(const std::filesystem::path& folder, int count);

} // namespace n2m::test
