#include "engine/SamplingNames.h"

#include "engine/diffusion/StepSchedule.h"
#include "engine/model/StageConfig.h"

namespace n2m {

const std::vector<std::string>& samplerNames() {
    using model::SamplerKind;
    static const std::vector<std::string> names{toString(SamplerKind::Ancestral), toString(SamplerKind::Ddim),
                                                toString(SamplerKind::DpmPlusPlus2M)};
    return names;
}

const std::vector<std::string>& scheduleNames() {
    return diffusion::StepSchedule::names();
}

} // namespace n2m
