#pragma once

#include "engine/evaluation/Evaluation.h"

#include <filesystem>
#include <string>

namespace n2m::evaluation {

/// A maker that keeps every clip's spectrogram and plan in a file of `folder` (made where it is missing), named after
/// the request and `maker`, which tells makers apart: a bundle's hash. What is there is not made again, so that an
/// evaluation that was stopped goes on, and more clips can be added to one. Throws std::runtime_error for what cannot
/// be written or read.
Maker keeping(const std::filesystem::path& folder, const std::string& maker, Maker make);

} // namespace n2m::evaluation
