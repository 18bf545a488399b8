#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/SoundOptions.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/audio/GriffinLim.h"
#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/model/StageConfig.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>
#include <thread>

namespace n2m::app {
namespace {

constexpr int griffinLimIterations = 32; // as in generate
constexpr double modelLoudness = -16.0;  // LUFS: what the spectrograms of the cascade have
constexpr double anyPeak = std::numeric_limits<double>::infinity();

std::string chosenVocoder(const SoundOptions& options) {
    const std::string name = options.method.empty()
                                 ? model::readCascade(findBundle(options.bundle) / "cascade.json").vocoder
                                 : options.method;
    if (name != "diffusion" && name != "griffin-lim")
        throw std::invalid_argument(fmt::format("there is no vocoder '{}'; there are diffusion and griffin-lim", name));
    return name;
}

audio::Clip byGriffinLim(const SoundOptions& options, const std::vector<float>& spectrogram,
                         const audio::MelConfig& config) {
    const int iterations = options.steps.value_or(griffinLimIterations);
    const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    ConsoleMonitor monitor;
    Progress progress;
    progress.stage = "griffin-lim";
    progress.steps = iterations;
    audio::Clip clip;
    clip.sampleRate = config.sampleRate;
    clip.samples = audio::griffinLim(spectrogram, config, iterations, options.seed, threads,
                                     [&](int done, std::span<const float>) {
                                         progress.step = done;
                                         monitor.step(progress);
                                     });
    return clip;
}

audio::Clip byDiffusion(const SoundOptions& options, const std::vector<float>& spectrogram,
                        const audio::MelConfig& config) {
    ConsoleMonitor monitor;
    Pipeline pipeline(findBundle(options.bundle), options.device, 0, &monitor);
    return pipeline.vocode(spectrogram, config.bands, options.seed, options.settings(), monitor);
}

void vocode(const SoundOptions& options) {
    const Stopwatch time;
    options.settings();
    const std::string vocoder = chosenVocoder(options);
    if (vocoder == "griffin-lim") options.requireNoSampling(vocoder);
    const audio::MelConfig config;
    audio::Clip clip = audio::resample(options.read(), config.sampleRate);
    const std::size_t samples = clip.samples.size();
    const double loudness = audio::integratedLoudness(clip);
    audio::normaliseLoudness(clip, modelLoudness, anyPeak);

    // Whole frames, the last one filled up with silence.
    const auto hop = static_cast<std::size_t>(config.hop);
    clip.samples.resize((samples + hop - 1) / hop * hop, 0.0f);
    const std::vector<float> spectrogram = audio::LogMel(config).analyse(clip.samples);
    audio::Clip sound =
        vocoder == "diffusion" ? byDiffusion(options, spectrogram, config) : byGriffinLim(options, spectrogram, config);
    sound.samples.resize(audio::resampledLength(samples, config.sampleRate, sound.sampleRate), 0.0f);
    if (std::isfinite(loudness)) audio::normaliseLoudness(sound, loudness, 0.0);
    options.write(sound, vocoder == "diffusion" ? "the vocoder" : "Griffin-Lim", time.seconds());
}

} // namespace

void addVocodeVerb(CLI::App& program) {
    auto options = std::make_shared<SoundOptions>();
    CLI::App* verb = program.add_subcommand("vocode", "A sound to its spectrogram and back, by a vocoder");
    options->addTo(*verb, "--vocoder", "diffusion or griffin-lim; else the bundle's choice");
    verb->callback([options] { vocode(*options); });
}

} // namespace n2m::app
