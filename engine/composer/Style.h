#pragma once

#include <optional>
#include <string>
#include <vector>

namespace n2m::composer {

/// Who plays, and in what manner. Names are those of the Vocabulary; what is empty, or not known there, is drawn.
struct Style {
    std::string genre{}, lead{}, mood{}, feel{};
    std::optional<std::string> era{};       ///< "" = none that could be heard
    std::optional<bool> drums{};            ///< as far as the genre has any
    std::vector<std::string> instruments{}; ///< that accompany, preferred where the genre has a part for them
    bool operator==(const Style&) const = default;
};

} // namespace n2m::composer
