#include "app/PartNames.h"

#include <fmt/format.h>

#include <algorithm>

namespace n2m::app {

std::string instrumentOf(const plan::Part& part, const composer::Vocabulary& vocabulary, const std::string& lead) {
    if (part.role == plan::Part::Role::Drums) return "drums";
    const auto plays = [&](const composer::Instrument& instrument) {
        return std::find(instrument.programs.begin(), instrument.programs.end(), part.program) !=
               instrument.programs.end();
    };
    if (!lead.empty() && (part.role == plan::Part::Role::Lead || plays(vocabulary.instrument(lead)))) return lead;
    for (const auto& [name, instrument] : vocabulary.instruments())
        if (plays(instrument) && (part.role == plan::Part::Role::Bass) == (instrument.high <= 60)) return name;
    for (const auto& [name, instrument] : vocabulary.instruments())
        if (plays(instrument)) return name;
    return fmt::format("program {}", part.program);
}

const char* nameOf(plan::Part::Role role) {
    static constexpr const char* names[] = {"lead", "accompaniment", "bass", "drums"};
    return names[static_cast<int>(role)];
}

} // namespace n2m::app
