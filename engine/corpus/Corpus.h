#pragma once

#include "engine/composer/Vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace n2m::corpus {

struct CorpusOptions {
    std::filesystem::path folder;
    int clips = 100;
    std::uint64_t seed = 1; ///< of the first clip; each further clip has the next
    double seconds = 30.0;
    int threads = 1;
    std::filesystem::path soundfont; ///< empty = findSoundfont()
};

struct CorpusProgress {
    int done = 0, clips = 0;
    int skipped = 0; ///< clips of an earlier run
    double secondsPerClip = 0.0;
};

/// Composes and renders training music into a folder: a FLAC file (24 kHz, one channel, 16 bit, −16 LUFS) per clip and
/// `clips.jsonl`, a line per clip:
///   {"audio": "clip-00000007.flac", "captions": {"long": […], "short": […], "tags": […]}, "plan": {…},
///    "attributes": {…}, "seed": 7, "split": "train"}
/// Every seed that divides by ten is "heldout". The same options give the same bytes, on one machine with one
/// soundfont. A run may be stopped at any time: its clips stay, and the next run adds the missing ones; lines are in
/// the order of the seeds. `progress` is called on the caller's thread and may throw to stop. Throws base::InvalidInput
/// for numbers outside their ranges, base::Failure for a folder that cannot be written or a soundfont that cannot be
/// read; one line each.
void writeCorpus(const CorpusOptions& options, const std::function<void(const CorpusProgress&)>& progress = {});

} // namespace n2m::corpus
