#pragma once

#include "engine/labelling/SoundVector.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::labelling {

/// The agreement of pseudo-labels with the truth in one kind of word.
struct Agreement {
    std::string attribute;                         ///< "genre", "lead", "tempo", "mood"
    std::string captions;                          ///< "long" or "short"
    std::size_t said = 0;                          ///< captions that state it
    double precision = 0.0, low = 0.0, high = 0.0; ///< share of them that are right, with a 95% interval over clips
    double nearest = 0.0;                          ///< the same share among all K nearest, before the draw
    double chance = 0.0;                           ///< the same if the captions were dealt to the clips at random
};

struct AgreementReport {
    std::size_t clips = 0, longCaptions = 0, shortCaptions = 0;
    std::vector<Agreement> rows;
};

struct AgreementOptions {
    std::filesystem::path data;  ///< a data set with attributes, such as `noise2music corpus` makes
    std::size_t clips = 1000000; ///< held-out clips at most
    std::size_t nearest = 10, draw = 3, longDefaults = 20000, shortDefaults = 6000;
    std::uint64_t seed = 1;
};

/// Labels the held-out clips of a data set whose truth is known, by the program's own captions, and counts how many of
/// the labels are right. `progress` gets a stage's name, how many are done, and of how many; it may throw to stop.
/// Throws base::InvalidInput for options that cannot be or a data set without held-out clips that have attributes,
/// base::Failure for one that cannot be read.
AgreementReport
measureAgreement(const AgreementOptions& options, const Embedder& embedder,
                 const std::function<void(const std::string&, std::size_t, std::size_t)>& progress = {});

} // namespace n2m::labelling
