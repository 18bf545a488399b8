#include "engine/evaluation/Evaluation.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace n2m::evaluation {
namespace {

using Cells = std::vector<std::string>;

std::string cell(const Share& value) {
    if (value.count == 0) return "–";
    const Interval interval = value.interval();
    return fmt::format("{:.0f} ({:.0f}–{:.0f})", 100.0 * value.rate(), 100.0 * interval.low, 100.0 * interval.high);
}

std::string cell(const Sample& value) {
    if (value.values.empty()) return "–";
    const Interval interval = value.interval();
    return fmt::format("{:.2f} ({:.2f}–{:.2f})", value.mean(), interval.low, interval.high);
}

std::string cell(const std::optional<double>& value) {
    return value ? fmt::format("{:.2f}", *value) : "–";
}

Share shareOf(const std::map<std::string, Share>& shares, const char* name) {
    const auto found = shares.find(name);
    return found == shares.end() ? Share() : found->second;
}

/// Columns are padded by characters, not bytes: a dash is one character of three bytes.
std::string lineOf(const Cells& cells, const std::vector<int>& widths = {26, 13, 13, 13, 13, 20, 20, 8, 8}) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto shown = std::count_if(cells[i].begin(), cells[i].end(), [](char c) { return (c & 0xC0) != 0x80; });
        std::string blanks;
        blanks.resize(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, widths[i] - shown)), ' ');
        line.append(i == 0 ? cells[i] : blanks).append(i == 0 ? blanks : cells[i]).append(1, ' ');
    }
    line.back() = '\n';
    return line;
}

// The joint embedding's figures; empty without one.
std::string jointTable(const std::vector<EvaluationRow>& rows) {
    if (rows.empty() || rows.front().toCaption.values.empty()) return {};
    const std::vector<int> widths{26, 20, 20, 8};
    std::string result = "\n"; // two statements, as g++ 12 warns of the sum
    result += lineOf({"in the joint embedding", "to the caption", "to the real clip", "Fréchet"}, widths);
    for (const EvaluationRow& row : rows) {
        const std::string distance = row.frechetJoint ? fmt::format("{:.3f}", *row.frechetJoint) : "–";
        result += lineOf({row.name, cell(row.toCaption), cell(row.toSound), distance}, widths);
    }
    return result;
}

} // namespace

std::string EvaluationReport::text() const {
    std::string result = lineOf(
        {"% right (95% interval)", "genre", "lead", "tempo ±5%", "or octave", "chords", "beats", "Fréchet", "of mel"});
    for (const EvaluationRow& row : rows)
        result += lineOf({row.name, cell(shareOf(row.attributes, "genre")), cell(shareOf(row.attributes, "lead")),
                          cell(row.tempo), cell(row.tempoOrOctave), cell(row.chords), cell(row.beats),
                          cell(row.frechetFeatures), cell(row.frechetStatistics)});
    const int unseen = rows.empty() ? 0 : shareOf(rows.front().unseen, "genre").count;
    if (unseen > 0) {
        result += fmt::format("\nOf these, the {} whose combination of genre and lead no training clip has:\n", unseen);
        for (const EvaluationRow& row : rows)
            result += lineOf({row.name, cell(shareOf(row.unseen, "genre")), cell(shareOf(row.unseen, "lead"))});
    }
    result += jointTable(rows);
    return result +
           fmt::format("\n{} captions; Fréchet distances to {} other real clips: compare with the first row's.\n",
                       rows.empty() ? 0 : rows.front().clips, frechetClips);
}

std::string EvaluationReport::json() const {
    using Json = nlohmann::ordered_json;
    const auto share = [](const Share& value) {
        return Json{{"hits", value.hits},
                    {"count", value.count},
                    {"rate", value.rate()},
                    {"low", value.interval().low},
                    {"high", value.interval().high}};
    };
    const auto sample = [](const Sample& value) {
        return Json{{"mean", value.mean()},
                    {"count", value.values.size()},
                    {"low", value.interval().low},
                    {"high", value.interval().high}};
    };
    const auto optional = [](const std::optional<double>& value) { return value ? Json(*value) : Json(); };
    Json all = Json::array();
    for (const EvaluationRow& row : rows) {
        Json one = {{"name", row.name}, {"clips", row.clips}};
        for (const auto& [name, value] : row.attributes)
            one[name] = share(value);
        for (const auto& [name, value] : row.unseen)
            one["unseen"][name] = share(value);
        one["tempo"] = share(row.tempo);
        one["tempoOrOctave"] = share(row.tempoOrOctave);
        one["chords"] = sample(row.chords);
        one["beats"] = sample(row.beats);
        one["frechet"] = optional(row.frechetFeatures);
        one["frechetOfMel"] = optional(row.frechetStatistics);
        if (!row.toCaption.values.empty()) {
            one["similarityToCaption"] = sample(row.toCaption);
            one["similarityToRealClip"] = sample(row.toSound);
            one["frechetOfJointEmbedding"] = optional(row.frechetJoint);
        }
        all.push_back(std::move(one));
    }
    return Json{{"rows", std::move(all)}, {"frechetClips", frechetClips}}.dump();
}

} // namespace n2m::evaluation
