#pragma once

#include "engine/plan/Plan.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace n2m::training {

enum class Split { Train, HeldOut };

/// One clip or score of a data set: the file of its sound and its descriptions.
struct Example {
    std::filesystem::path audio; ///< absolute; empty in a set of scores
    std::vector<std::string> longCaptions, shortLabels, tags;
    std::optional<plan::Plan> plan;
    std::string attributes;            ///< JSON text; free form
    std::optional<std::uint64_t> seed; ///< of a composed clip: its captions can be drawn afresh
    Split split = Split::Train;

    /// One of the clip's texts: a long caption, or the short labels or the tags, shuffled and joined by commas
    /// (Noise2Music, §4.2: a batch of texts per clip, of which a random one is drawn each time).
    std::string drawCaption(std::mt19937_64& random) const;
};

/// A folder of music with its `clips.jsonl`, a line per clip (the format is in README, "Train on your own music"), or
/// a folder of scores with its `scores.jsonl`, whose lines have a plan with parts and no sound. Lines without a split
/// hold every tenth clip out. Immutable after loading.
class DataSet {
public:
    enum class Kind { Clips, Scores };

    /// Throws base::Failure that names the file, the line and what is wrong with it. A last line that was cut off by a
    /// crash of its writer is an error too: resume the writer first.
    explicit DataSet(const std::filesystem::path& folder, Kind kind = Kind::Clips);

    const std::filesystem::path& folder() const { return m_folder; }
    const std::vector<Example>& examples(Split split) const;

private:
    std::filesystem::path m_folder;
    std::vector<Example> m_train, m_heldOut;
};

} // namespace n2m::training
