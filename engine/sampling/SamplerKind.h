#pragma once

#include <string>
#include <vector>

namespace n2m::sampling {

/// The samplers of diffusion::Sampler.
enum class SamplerKind { Ancestral, Ddim, DpmPlusPlus2M };

/// The names of the samplers in JSON, on the command line and in the window: "ancestral", "ddim", "dpmpp"; in the order
/// of SamplerKind. Any thread, as all below.
const std::vector<std::string>& samplerNames();

std::string toString(SamplerKind kind);

/// The sampler of a name. Throws base::InvalidInput, one line that lists the names.
SamplerKind samplerFromString(const std::string& name);

} // namespace n2m::sampling
