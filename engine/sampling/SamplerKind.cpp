#include "engine/sampling/SamplerKind.h"

#include "engine/base/Error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace n2m::sampling {

const std::vector<std::string>& samplerNames() {
    static const std::vector<std::string> names{"ancestral", "ddim", "dpmpp"};
    return names;
}

std::string toString(SamplerKind kind) {
    return samplerNames().at(static_cast<std::size_t>(kind));
}

SamplerKind samplerFromString(const std::string& name) {
    const auto& names = samplerNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        throw base::InvalidInput("there is no sampler \"{}\"; there are {}", name,
                                 fmt::format("{}", fmt::join(names, ", ")));
    }
    return static_cast<SamplerKind>(found - names.begin());
}

} // namespace n2m::sampling
