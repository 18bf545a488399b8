#pragma once

#include "engine/plan/PlanBuilder.h"

#include <string>
#include <vector>

namespace n2m::plan {

struct FormPart {
    std::string name; ///< of the section
    double share = 1.0;
    float energy = 0.5f; ///< 0 … 1
    bool operator==(const FormPart&) const = default;
};

/// The order of a clip's sections, each with its share of the clip, whatever the length. A plain value.
struct Form {
    std::string name;
    std::vector<FormPart> parts;
    bool operator==(const Form&) const = default;
};

/// A form over a number of bars: every part gets its share, in multiples of four, two or one bars as there is room (12
/// and 7 bars), so that phrases stay whole. Parts for which no bar is left are dropped.
std::vector<SectionSketch> layOut(const Form& form, int bars);

} // namespace n2m::plan
