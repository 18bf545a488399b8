#pragma once

#include "engine/evaluation/Evaluation.h"

#include <filesystem>
#include <string>

namespace n2m::evaluation {

/// Wraps `make` into a maker that keeps every clip's spectrogram and plan in a file of `folder` (made if it is
/// missing), named after the request and `maker`, for example a bundle's hash. A kept clip is not made again, so that a
/// stopped evaluation can continue and more clips can be added to one. Throws base::Failure for a file that cannot be
/// written or read.
Maker keeping(const std::filesystem::path& folder, const std::string& maker, Maker make);

} // namespace n2m::evaluation
