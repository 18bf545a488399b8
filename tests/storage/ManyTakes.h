#pragma once

#include <filesystem>

namespace n2m::test {

/// Adds takes to a library, which is made if need be: realistic rows without sound files, the same each time. For
/// benchmarks. Throws as Library does.
void fillWithTakes(const std::filesystem::path& folder, int count);

} // namespace n2m::test
