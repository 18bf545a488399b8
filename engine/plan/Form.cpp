#include "engine/plan/Form.h"

#include <algorithm>
#include <cmath>

namespace n2m::plan {

std::vector<SectionSketch> layOut(const Form& form, int bars) {
    double total = 0.0;
    for (const FormPart& part : form.parts)
        total += part.share;
    const int step = bars >= 12 ? 4 : bars >= 7 ? 2 : 1;
    std::vector<SectionSketch> sections;
    double share = 0.0;
    int from = 0;
    for (std::size_t n = 0; n < form.parts.size() && from < bars; ++n) {
        share += form.parts[n].share;
        const int wanted = step * static_cast<int>(std::lround(bars * share / total / step));
        const bool last = n + 1 == form.parts.size();
        const int until = last ? bars : std::clamp(wanted, std::min(from + std::min(step, 2), bars), bars);
        sections.push_back({form.parts[n].name, until - from, form.parts[n].energy, 0});
        from = until;
    }
    return sections;
}

} // namespace n2m::plan
