#pragma once

#include "engine/request/Request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// Where the plan of a generated clip comes from.
enum class PlanSource {
    Own,     ///< that of the clip whose caption it is: what a user who gives a plan gets
    Planned, ///< the bundle's planner, from the caption: the default
    None     ///< text alone, the paper's own
};
std::string toString(PlanSource source);

struct EvaluationOptions {
    int clips = 24; ///< captions; each is generated once per plan source
    std::vector<PlanSource> sources{PlanSource::Own, PlanSource::Planned, PlanSource::None};
    std::uint64_t seed = 1;  ///< of the choice of clips and captions, and of the generated clips
    int sheet = 0;           ///< of so many captions the spectrograms are kept for EvaluationReport::sheet
    StageSettings generator; ///< where it is not to be sampled as the bundle says
};

} // namespace n2m::evaluation
