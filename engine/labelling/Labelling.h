#pragma once

#include "engine/labelling/NearestCaptions.h"
#include "engine/labelling/SoundVector.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::labelling {

struct LabellingOptions {
    std::filesystem::path music, set;          ///< the folder of music, and that of the data set; may be the same
    std::filesystem::path longFile, shortFile; ///< candidates, a text file each; empty = defaultCaptions()
    std::size_t longDefaults = 20000, shortDefaults = 6000;
    std::size_t nearest = 10; ///< K: captions of each kind that are kept for a clip
    std::size_t draw = 3;     ///< K': of them are drawn
    std::uint64_t seed = 1;
    bool copy = false; ///< copy the sound files into the data set, so that it can be moved
};

struct LabellingProgress {
    std::string stage; ///< "listening", "captions", "copying"
    std::size_t done = 0, all = 0;
    double secondsLeft = -1.0; ///< of this stage; negative = not known
};

struct LabellingReport {
    std::size_t clips = 0;                               ///< in the data set
    std::size_t heard = 0;                               ///< by this run; the others were known from earlier ones
    std::size_t skipped = 0;                             ///< files that could not be read, or folders
    std::size_t longCaptions = 0, shortCaptions = 0;     ///< candidates
    std::size_t differentLongs = 0, differentShorts = 0; ///< of them are used
    double seconds = 0.0;                                ///< of sound in the data set
};

/// Observers of a run; both are called on the caller's thread. `progress` may throw to stop.
struct LabellingObserver {
    std::function<void(const LabellingProgress&)> progress;
    std::function<void(const std::string& line)> skipped; ///< a file is left out: its name and the reason
};

/// Makes a training set of a folder of music by pseudo-labels (Noise2Music, §4.2): for each file the K nearest
/// candidates of each kind, of which K' are drawn, rare ones rather than frequent ones. Writes `clips.jsonl` whole or
/// not at all, in the order of the files' names; the files' vectors are kept in `embeddings.jsonl` beside it, so that a
/// later run listens to new and changed files only. The same files, captions, seed and embedding give the same bytes.
///
/// Throws base::InvalidInput for options or folders that cannot be used, as a folder whose clips.jsonl is not this
/// function's; base::Failure if nothing could be read, or the set not be written; and whatever `progress` throws.
LabellingReport labelMusic(const LabellingOptions& options, const Embedder& embedder,
                           const LabellingObserver& observer = {});

/// The nearest candidates of every clip, embedded and scored in batches; `pulse` gets how many are done and may throw.
std::vector<std::vector<ScoredCaption>> nearestOf(const std::vector<std::vector<float>>& clips,
                                                  const std::vector<std::string>& candidates, std::size_t keep,
                                                  const Embedder& embedder,
                                                  const std::function<void(std::size_t done)>& pulse = {});

} // namespace n2m::labelling
