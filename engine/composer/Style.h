#pragma once

#include <optional>
#include <string>
#include <vector>

namespace n2m::composer {

/// Genre, instruments and manner of a piece, by the names of the Vocabulary; an empty field is drawn.
struct Style {
    std::string genre{}, lead{}, mood{}, feel{};
    std::optional<std::string> era{};       ///< "" = none that is audible
    std::optional<bool> drums{};            ///< if the genre has any
    std::vector<std::string> instruments{}; ///< preferred for the accompanying parts of the genre
    bool operator==(const Style&) const = default;
};

} // namespace n2m::composer
