#pragma once

#include <cstdint>
#include <filesystem>

namespace n2m::app {

/// `train detectors`: fits what `evaluate` hears with on the training clips of a data set, shows how far it is, and
/// prints how good they are on the held-out ones. Throws std::invalid_argument where `data` is empty, and as
/// evaluation::trainDetectors does.
void trainDetectors(const std::filesystem::path& data, const std::filesystem::path& output, std::uint64_t seed);

} // namespace n2m::app
