#include "app/ScoreFile.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/AtomicFile.h"
#include "engine/midi/MidiReader.h"
#include "engine/midi/MidiWriter.h"
#include "engine/plan/PlanJson.h"
#include "engine/request/RequestJson.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace n2m::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t mostJsonBytes = 64u << 20;

std::string beginningOf(const fs::path& file) {
    std::array<char, 64> bytes{};
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return {}; // the readers say why
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), bytes.size());
    return std::string(bytes.data(), static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
}

bool isMidiName(const fs::path& file) {
    const std::string extension = file.extension().string();
    return extension == ".mid" || extension == ".midi" || extension == ".MID";
}

plan::Plan planOfJson(const std::string& text) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) throw base::InvalidInput("this is not a JSON object");
    const auto plan = json.find("plan");
    return plan::planFromJson(plan != json.end() && plan->is_object() ? *plan : json);
}

plan::Plan planOfClip(const fs::path& file) {
    const std::string recipe = audio::readMetadata(file).recipe;
    if (recipe.empty())
        throw base::InvalidInput("this sound has no recipe of Noise2Music, so its score is not known; name a clip, a "
                                 "plan (JSON) or a MIDI file");
    const Request request = requestOfRecipe(recipe);
    if (!request.givenPlan) throw base::InvalidInput("this clip was made without a plan, so it has no score");
    return *request.givenPlan;
}

} // namespace

ScoreFile readScoreFile(const fs::path& file) {
    const std::string beginning = beginningOf(file);
    if (midi::looksLikeMidi(beginning) || isMidiName(file)) {
        midi::ReadScore score = midi::readMidiFile(file);
        return {std::move(score.plan), true, std::move(score.remarks)};
    }
    const std::size_t first = beginning.find_first_not_of(" \t\r\n");
    ScoreFile score;
    try {
        score.plan = first != std::string::npos && beginning[first] == '{'
                         ? planOfJson(base::readTextFile(file, mostJsonBytes))
                         : planOfClip(file);
        const bool silent = std::all_of(score.plan.parts.begin(), score.plan.parts.end(),
                                        [](const plan::Part& part) { return part.notes.empty(); });
        if (silent) throw base::InvalidInput("its plan has no score");
    } catch (const base::InvalidInput& error) {
        throw base::InvalidInput(base::within(base::printable(file.filename().string()), error));
    }
    return score;
}

void checkScoreName(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".mid" && extension != ".midi" && extension != ".json")
        throw base::InvalidInput("a score is written as .mid or .json, not as '{}'", extension);
}

void writeScoreFile(const fs::path& file, const plan::Plan& plan) {
    checkScoreName(file);
    if (file.extension() == ".json")
        base::writeTextFile(file, plan::toJson(plan).dump() + "\n");
    else
        midi::writeMidiFile(file, plan);
}

} // namespace n2m::app
