#pragma once

#include <CLI/App.hpp>

namespace n2m::app {

/// Each function adds one verb to the command line. A verb runs inside CLI::App::parse, on the main thread, prints its
/// results on stdout and reports errors by throwing: std::invalid_argument (bad input, exit 2), Cancelled, any other
/// std::exception (exit 1). Messages are one line; main() prints them.
void addBenchVerb(CLI::App& program);
void addCorpusVerb(CLI::App& program);
void addEmbedVerb(CLI::App& program);
void addEvaluateVerb(CLI::App& program);
void addGenerateVerb(CLI::App& program);
void addInspectVerb(CLI::App& program);
void addLabelVerb(CLI::App& program);
void addPlanVerb(CLI::App& program);
void addScoreVerb(CLI::App& program);
void addTrainVerb(CLI::App& program);
void addUpsampleVerb(CLI::App& program);
void addVocodeVerb(CLI::App& program);

} // namespace n2m::app
