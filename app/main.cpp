#include "app/Interrupt.h"
#include "app/Verbs.h"

#include "engine/base/Error.h"
#include "engine/request/Progress.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>

namespace {

/// Prints the first line of an error on stderr: LibTorch appends a stack trace to its messages.
int fail(int code, const std::string& error) {
    fmt::print(stderr, "noise2music: {}\n", error.substr(0, error.find('\n')));
    return code;
}

std::string usageError(const CLI::App& program, const CLI::Error& error, int argc, char** argv) {
    const auto verbs = program.get_subcommands();
    if (!verbs.empty()) return fmt::format("{}; see: noise2music {} --help", error.what(), verbs.front()->get_name());
    const std::string first = argc > 1 ? argv[1] : "";
    if (first.empty()) return "a verb is missing; see: noise2music --help";
    return fmt::format("there is no {} '{}'; see: noise2music --help", first.front() == '-' ? "option" : "verb", first);
}

/// Throws if the results could not be written: `noise2music … >/dev/full`.
void flushResults() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        throw n2m::base::Failure("cannot write the results to standard output; is the disk full?");
}

} // namespace

int main(int argc, char** argv) {
    n2m::app::watchForInterrupt();

    CLI::App program("The Noise2Music cascade on the command line: music from text.", "noise2music");
    program.set_version_flag("--version", "noise2music " N2M_VERSION);
    program.require_subcommand(1);
    program.footer("Results go to stdout, progress to stderr if it is a terminal.\n"
                   "Exit status: 0 done, 1 failed, 2 wrong usage or bad input.");

    n2m::app::addGenerateVerb(program);
    n2m::app::addPlanVerb(program);
    n2m::app::addScoreVerb(program);
    n2m::app::addInspectVerb(program);
    n2m::app::addEmbedVerb(program);
    n2m::app::addVocodeVerb(program);
    n2m::app::addUpsampleVerb(program);
    n2m::app::addCorpusVerb(program);
    n2m::app::addLabelVerb(program);
    n2m::app::addTrainVerb(program);
    n2m::app::addEvaluateVerb(program);
    n2m::app::addBenchVerb(program);

    // The only place where the program catches exceptions.
    try {
        program.parse(argc, argv);
        flushResults();
        return 0;
    } catch (const CLI::CallForVersion& version) {
        fmt::print("{}\n", version.what());
        return 0;
    } catch (const CLI::Success& help) {
        return program.exit(help);
    } catch (const CLI::Error& error) {
        return fail(2, usageError(program, error, argc, argv));
    } catch (const n2m::Cancelled&) {
        return fail(128 + n2m::app::interruptSignal(), "stopped; nothing was left half-written");
    } catch (const std::invalid_argument& error) {
        return fail(2, error.what());
    } catch (const std::bad_alloc&) {
        return fail(1, "out of memory; try a shorter clip");
    } catch (const std::exception& error) {
        return fail(1, error.what());
    }
}
