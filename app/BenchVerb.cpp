#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/base/Error.h"
#include "engine/device/Peak.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <vector>

namespace n2m::app {
namespace {

struct Options {
    std::string bundle, device = "cpu";
    double seconds = 30.0;
    int threads = 0;
    bool json = false;
};

struct Measured {
    device::Peak peak;
    double loading = 0.0, seconds = 0.0; ///< `seconds` from the prompt to the finished clip
    Generation generation;

    double realTimeFactor() const { return seconds / generation.clip.seconds(); }
};

/// Floating-point operations per second of a whole stage; 0 where it is not a network.
double flopsOf(const StageTiming& timing) {
    return timing.seconds > 0.0 ? 2.0 * timing.multiplyAdds * timing.steps / timing.seconds : 0.0;
}

Request benchmarkRequest(const Options& options) {
    Request request;
    request.prompt = "a fast funky track with slap bass and a saxophone lead";
    request.seed = 1;
    request.seconds = options.seconds;
    return request;
}

Measured measure(const Options& options) {
    const Request request = benchmarkRequest(options);
    request.validate();
    if (options.threads < 0 || options.threads > 1024) throw base::InvalidInput("--threads takes 0 to 1024");
    const auto bundle = findBundle(options.bundle);
    ConsoleMonitor monitor;
    Progress progress;
    progress.stage = "measuring the machine";
    Measured result;
    result.peak = device::measurePeak(options.device, options.threads, 4.0, [&] { monitor.step(progress); });

    const Stopwatch loading;
    Pipeline pipeline(bundle, options.device, options.threads, &monitor);
    result.loading = loading.seconds();
    // A warm-up run: the first steps fetch memory and build kernels.
    Request warmUp = request;
    warmUp.stages.resize(3);
    for (StageSettings& stage : warmUp.stages)
        stage.steps = 1;
    pipeline.run(warmUp, monitor);
    const Stopwatch run;
    result.generation = pipeline.run(request, monitor);
    result.seconds = run.seconds();
    return result;
}

void printJson(const Options& options, const Measured& measured) {
    nlohmann::ordered_json stages = nlohmann::ordered_json::array();
    for (const StageTiming& timing : measured.generation.timings) {
        nlohmann::ordered_json stage = {{"stage", timing.stage}, {"seconds", timing.seconds}, {"steps", timing.steps}};
        if (timing.steps > 0) stage["secondsPerStep"] = timing.seconds / timing.steps;
        if (timing.multiplyAdds > 0.0) {
            stage["multiplyAddsPerStep"] = timing.multiplyAdds;
            stage["gigaflops"] = flopsOf(timing) * 1e-9;
            stage["shareOfPeak"] = flopsOf(timing) / measured.peak.flops;
        }
        stages.push_back(std::move(stage));
    }
    const nlohmann::ordered_json result = {{"device", options.device},
                                           {"threads", measured.peak.threads},
                                           {"computeType", measured.peak.computeType},
                                           {"peakGigaflops", measured.peak.flops * 1e-9},
                                           {"peakGigaflopsFloat32", measured.peak.float32Flops * 1e-9},
                                           {"loadingSeconds", measured.loading},
                                           {"stages", std::move(stages)},
                                           {"musicSeconds", measured.generation.clip.seconds()},
                                           {"seconds", measured.seconds},
                                           {"realTimeFactor", measured.realTimeFactor()}};
    fmt::print("{}\n", result.dump(2));
}

void print(const Options& options, const Measured& measured) {
    fmt::print("{}, {} threads, {}: peak {:.0f} GFLOP/s ({:.0f} in float32)\n", options.device, measured.peak.threads,
               measured.peak.computeType, measured.peak.flops * 1e-9, measured.peak.float32Flops * 1e-9);
    fmt::print("loading {:.2f} s\n", measured.loading);
    fmt::print("{:<24} {:>9} {:>6} {:>9} {:>9} {:>14}\n", "stage", "seconds", "steps", "s/step", "GFLOP/s",
               "share of peak");
    for (const StageTiming& timing : measured.generation.timings) {
        fmt::print("{:<24} {:>9.2f}", timing.stage, timing.seconds);
        if (timing.steps > 0) fmt::print(" {:>6} {:>9.3f}", timing.steps, timing.seconds / timing.steps);
        if (timing.multiplyAdds > 0.0)
            fmt::print(" {:>9.0f} {:>13.0f}%", flopsOf(timing) * 1e-9, 100.0 * flopsOf(timing) / measured.peak.flops);
        fmt::print("\n");
    }
    fmt::print("{:.1f} s of music in {:.1f} s: real-time factor {:.2f}\n", measured.generation.clip.seconds(),
               measured.seconds, measured.realTimeFactor());
}

void bench(const Options& options) {
    const Measured measured = measure(options);
    if (options.json)
        printJson(options, measured);
    else
        print(options, measured);
}

} // namespace

void addBenchVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        program.add_subcommand("bench", "Measure how fast each stage runs, compared to the machine's peak");
    verb->add_option("--seconds", options->seconds, "Length of the clip")->type_name("S")->capture_default_str();
    verb->add_option("--threads", options->threads, "0 = one per core")->type_name("N")->capture_default_str();
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_option("--device", options->device, "cpu or cuda")->type_name("NAME");
    verb->add_flag("--json", options->json, "The figures as one JSON object");
    verb->callback([options] { bench(*options); });
}

} // namespace n2m::app
