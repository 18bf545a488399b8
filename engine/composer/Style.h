#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace n2m::composer {

/// Genre, instruments and manner of a piece, by the names of the Vocabulary; an empty field is drawn.
struct Style {
    std::string genre{}, lead{}, mood{}, feel{};
    std::optional<std::string> era{};       ///< "" = none that is audible
    std::optional<bool> drums{};            ///< if the genre has any
    std::vector<std::string> instruments{}; ///< preferred for the accompanying parts of the genre
    std::vector<std::string> required{};    ///< instruments that play, whether the genre has them or not
    std::set<std::string> excluded{};       ///< instruments that do not
    bool only = false;                      ///< nobody else plays: the lead, `required`, drums and bass if `true`
    std::optional<bool> bass{};             ///< a part with the role of the bass
    bool melody = true, accompaniment = true;
    enum class Texture { Usual, Sparse, Dense } texture = Texture::Usual;
    bool operator==(const Style&) const = default;
};

} // namespace n2m::composer
