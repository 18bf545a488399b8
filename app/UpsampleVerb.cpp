#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/SoundOptions.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/audio/Resample.h"
#include "engine/base/Error.h"
#include "engine/model/StageConfig.h"

#include <memory>

namespace n2m::app {
namespace {

constexpr int lowRate = 16000; // that of sound from a vocoder, where no super-resolution stage decides it

void upsample(const SoundOptions& options) {
    const Stopwatch time;
    const StageSettings settings = options.settings();
    std::string method = options.method;
    model::CascadeConfig cascade;
    if (method != "fourier") cascade = model::readCascade(findBundle(options.bundle) / "cascade.json");
    if (method.empty()) method = cascade.superResolution;
    if (method != "diffusion" && method != "fourier")
        throw base::InvalidInput("unknown super-resolution '{}'; choose diffusion or fourier", method);
    if (method == "fourier") {
        options.requireNoSampling(method);
        ConsoleMonitor monitor;
        const audio::Clip high = Pipeline::upsampleByFourier(audio::resample(options.read(), lowRate), monitor);
        monitor.wipe();
        options.write(high, "Fourier", time.seconds());
        return;
    }
    const model::StageConfig* stage = cascade.find(model::StageKind::SuperResolution);
    if (stage == nullptr)
        throw base::InvalidInput("the bundle \"{}\" has no super-resolution; choose fourier instead", cascade.name);
    const audio::Clip low = audio::resample(options.read(), stage->lowRate);
    ConsoleMonitor monitor;
    Pipeline pipeline(findBundle(options.bundle), options.device, 0, &monitor);
    const audio::Clip high = pipeline.upsample(low, options.seed, settings, monitor);
    monitor.wipe();
    options.write(high, "the super-resolution", time.seconds());
}

} // namespace

void addUpsampleVerb(CLI::App& program) {
    auto options = std::make_shared<SoundOptions>();
    CLI::App* verb = program.add_subcommand("upsample", "Raise the sample rate of a sound from 16 to 24 kHz");
    options->addTo(*verb, "--super-resolution", "diffusion or fourier; else the bundle's choice");
    verb->callback([options] { upsample(*options); });
}

} // namespace n2m::app
