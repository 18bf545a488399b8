#include "app/OutputFile.h"
#include "app/PartNames.h"
#include "app/ScoreFile.h"
#include "app/Verbs.h"

#include "engine/plan/Chords.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

namespace n2m::app {
namespace {

struct Options {
    std::string input, output;
    bool json = false;
};

void printSummary(const plan::Plan& plan) {
    constexpr std::size_t mostChords = 24;
    fmt::print("{:.1f} s, {:g} bpm, {}, {} beats a bar\n", plan.seconds, std::round(plan.bpm * 10.0) / 10.0,
               plan::toString(plan.key), plan.beatsPerBar);
    const composer::Vocabulary vocabulary;
    for (const plan::Part& part : plan.parts)
        fmt::print("  {:<14} {}, {} notes\n", nameOf(part.role), instrumentOf(part, vocabulary), part.notes.size());
    std::vector<std::string> sections, chords;
    for (const plan::Section& section : plan.sections)
        sections.push_back(section.name);
    for (const plan::ChordSpan& span : plan.chords)
        if (chords.size() <= mostChords) chords.push_back(plan::toString(span.chord));
    if (chords.size() > mostChords) chords.back() = "…";
    if (!sections.empty()) fmt::print("  {:<14} {}\n", "sections", fmt::join(sections, ", "));
    if (!chords.empty()) fmt::print("  {:<14} {}\n", "chords", fmt::join(chords, " "));
}

void showScore(const Options& options) {
    if (!options.output.empty()) {
        checkScoreName(options.output);
        checkWritable(options.output);
    }
    const ScoreFile score = readScoreFile(options.input);
    for (const base::Message& remark : score.remarks)
        fmt::print(stderr, "{}\n", remark.text());
    if (!options.output.empty()) writeScoreFile(options.output, score.plan);
    if (options.json)
        fmt::print("{}\n", plan::toJson(score.plan).dump());
    else if (!options.output.empty())
        fmt::print("{}\n", options.output);
    else
        printSummary(score.plan);
}

} // namespace

void addScoreVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand(
        "score", "Shows the score of a clip, a plan or a MIDI file, or writes it as MIDI or JSON");
    verb->add_option("file", options->input, "A clip with its recipe, a plan (JSON) or a MIDI file")
        ->required()
        ->type_name("FILE");
    verb->add_option("-o", options->output, "File, .mid or .json; without it, a summary is printed")->type_name("FILE");
    verb->add_flag("--json", options->json, "Print the score as one JSON object");
    verb->callback([options] { showScore(*options); });
}

} // namespace n2m::app
