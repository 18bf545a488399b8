#include "engine/training/DataSet.h"

#include "engine/base/Error.h"
#include "engine/plan/PlanJson.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace n2m::training {

using nlohmann::json;

namespace {

// Replaces std::uniform_int_distribution, which differs between standard libraries; training should not.
std::size_t drawBelow(std::mt19937_64& random, std::size_t count) {
    return static_cast<std::size_t>(random() % count);
}

std::string joinShuffled(std::vector<std::string> parts, std::mt19937_64& random) {
    for (std::size_t index = parts.size(); index > 1; --index)
        std::swap(parts[index - 1], parts[drawBelow(random, index)]);
    std::string joined;
    for (const std::string& part : parts)
        joined += (joined.empty() ? "" : ", ") + part;
    return joined;
}

std::vector<std::string> texts(const json& captions, const char* kind) {
    return captions.contains(kind) ? captions.at(kind).get<std::vector<std::string>>() : std::vector<std::string>{};
}

std::filesystem::path soundOf(const json& line, const std::filesystem::path& folder) {
    const std::filesystem::path audio = line.at("audio").get<std::string>();
    std::filesystem::path file = audio.is_absolute() ? audio : folder / audio;
    if (!std::filesystem::is_regular_file(file)) throw base::Failure("the sound file {} is missing", audio.string());
    return file;
}

Example exampleFromJson(const json& line, const std::filesystem::path& folder, DataSet::Kind kind, std::size_t index) {
    Example example;
    if (kind == DataSet::Kind::Clips) example.audio = soundOf(line, folder);
    if (line.contains("captions")) {
        const json& captions = line.at("captions");
        example.longCaptions = texts(captions, "long");
        example.shortLabels = texts(captions, "short");
        example.tags = texts(captions, "tags");
    }
    if (line.contains("plan") && !line.at("plan").is_null()) example.plan = plan::planFromJson(line.at("plan"));
    if (kind == DataSet::Kind::Scores && (!example.plan || example.plan->parts.empty()))
        throw base::Failure("a plan with parts is missing");
    if (line.contains("attributes")) example.attributes = line.at("attributes").dump();
    if (const auto seed = line.find("seed"); seed != line.end() && seed->is_number_unsigned())
        example.seed = seed->get<std::uint64_t>();
    const std::string split = line.value("split", index % 10 == 9 ? "heldout" : "train");
    if (split != "train" && split != "heldout") {
        throw base::Failure("\"split\" is \"{}\"; it may be \"train\" or \"heldout\"", split);
    }
    example.split = split == "train" ? Split::Train : Split::HeldOut;
    return example;
}

} // namespace

std::string Example::drawCaption(std::mt19937_64& random) const {
    std::vector<std::string> choices = longCaptions;
    if (!shortLabels.empty()) choices.push_back(joinShuffled(shortLabels, random));
    if (!tags.empty()) choices.push_back(joinShuffled(tags, random));
    return choices.empty() ? std::string() : choices[drawBelow(random, choices.size())];
}

DataSet::DataSet(const std::filesystem::path& folder, Kind kind)
    : m_folder(folder) {
    const std::filesystem::path file = folder / (kind == Kind::Clips ? "clips.jsonl" : "scores.jsonl");
    std::ifstream stream(file);
    if (!stream && kind == Kind::Scores)
        throw base::Failure("{}: cannot be read; a set of scores is a folder with a scores.jsonl", file.string());
    if (!stream) {
        throw base::Failure("{}: cannot be read; a data set is a folder with a clips.jsonl (see noise2music corpus)",
                            file.string());
    }
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (line.empty()) continue;
        try {
            Example example = exampleFromJson(json::parse(line), folder, kind, number - 1);
            (example.split == Split::Train ? m_train : m_heldOut).push_back(std::move(example));
        } catch (const json::parse_error&) {
            throw base::Failure("{}: line {} is not valid JSON", file.string(), number);
        } catch (const std::exception& error) {
            throw base::Failure("{}: line {}: {}", file.string(), number, base::messageOf(error));
        }
    }
    if (m_train.empty()) throw base::Failure("{}: has no clips to train on", file.string());
}

const std::vector<Example>& DataSet::examples(Split split) const {
    return split == Split::Train ? m_train : m_heldOut;
}

} // namespace n2m::training
