#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/SoundOptions.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/base/Error.h"
#include "engine/model/StageConfig.h"

#include <cmath>
#include <memory>
#include <vector>

namespace n2m::app {
namespace {

std::string chosenVocoder(const SoundOptions& options) {
    const std::string name = options.method.empty()
                                 ? model::readCascade(findBundle(options.bundle) / "cascade.json").vocoder
                                 : options.method;
    if (name != "diffusion" && name != "griffin-lim")
        throw base::InvalidInput("unknown vocoder '{}'; choose diffusion or griffin-lim", name);
    return name;
}

audio::Clip soundOf(const std::vector<float>& spectrogram, const std::string& vocoder, const SoundOptions& options) {
    const int bands = audio::MelConfig().bands;
    ConsoleMonitor monitor;
    if (vocoder == "griffin-lim")
        return Pipeline::vocodeByGriffinLim(spectrogram, bands, options.seed, options.settings(), monitor);
    Pipeline pipeline(findBundle(options.bundle), options.device, 0, &monitor);
    return pipeline.vocode(spectrogram, bands, options.seed, options.settings(), monitor);
}

void vocode(const SoundOptions& options) {
    const Stopwatch time;
    options.settings(); // throws before the input is read
    const std::string vocoder = chosenVocoder(options);
    if (vocoder == "griffin-lim") options.requireNoSampling(vocoder);
    const audio::MelConfig config;
    audio::Clip clip = audio::resample(options.read(), config.sampleRate);
    const std::size_t samples = clip.samples.size();
    const double loudness = audio::integratedLoudness(clip);
    audio::normaliseLoudness(clip, audio::modelLoudness, audio::anyPeak);

    // Whole frames, the last one filled up with silence.
    const auto hop = static_cast<std::size_t>(config.hop);
    clip.samples.resize((samples + hop - 1) / hop * hop, 0.0f);
    audio::Clip sound = soundOf(audio::LogMel(config).analyse(clip.samples), vocoder, options);
    sound.samples.resize(audio::resampledLength(samples, config.sampleRate, sound.sampleRate), 0.0f);
    if (std::isfinite(loudness)) audio::normaliseLoudness(sound, loudness, 0.0);
    options.write(sound, vocoder == "diffusion" ? "the vocoder" : "Griffin-Lim", time.seconds());
}

} // namespace

void addVocodeVerb(CLI::App& program) {
    auto options = std::make_shared<SoundOptions>();
    CLI::App* verb =
        program.add_subcommand("vocode", "Convert a sound to its spectrogram and back to sound by a vocoder");
    options->addTo(*verb, "--vocoder", "diffusion or griffin-lim; else the bundle's choice");
    verb->callback([options] { vocode(*options); });
}

} // namespace n2m::app
