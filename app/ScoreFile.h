#pragma once

#include "engine/base/Error.h"
#include "engine/plan/Plan.h"

#include <filesystem>
#include <vector>

namespace n2m::app {

/// The score of a file, and a line for each thing about it that people should know.
struct ScoreFile {
    plan::Plan plan;
    bool fromElsewhere = false; ///< a MIDI file, which was not written for a prompt
    std::vector<base::Message> remarks;
};

/// Reads a MIDI file, a plan (JSON, as engine/plan/PlanJson.h or `plan --json` writes it), or a clip with its recipe.
/// Throws base::InvalidInput, one line that begins with the file's name, for a plan or clip without a score and for
/// what is none of these; base::Failure if the file cannot be read.
ScoreFile readScoreFile(const std::filesystem::path& file);

/// Writes a plan as MIDI or JSON, as the name's ending says; the file appears whole or not at all.
void writeScoreFile(const std::filesystem::path& file, const plan::Plan& plan);

/// Throws base::InvalidInput for an ending that writeScoreFile() does not know.
void checkScoreName(const std::filesystem::path& file);

} // namespace n2m::app
