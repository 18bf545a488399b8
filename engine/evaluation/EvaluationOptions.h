#pragma once

#include "engine/request/Request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// The source of a generated clip's plan.
enum class PlanSource {
    Own,     ///< the plan of the clip whose caption it is, as for a user who gives a plan
    Planned, ///< the bundle's planner, from the caption: the default
    None     ///< no plan, text alone, as in the paper
};
std::string toString(PlanSource source);

struct EvaluationOptions {
    int clips = 24; ///< the number of captions; a clip is generated for each and per plan source
    std::vector<PlanSource> sources{PlanSource::Own, PlanSource::Planned, PlanSource::None};
    std::uint64_t seed = 1;  ///< of the choice of clips and captions, and of the generated clips
    int sheet = 0;           ///< the number of captions whose spectrograms are kept for EvaluationReport::sheet
    StageSettings generator; ///< replace the bundle's settings
};

} // namespace n2m::evaluation
