#include "app/SoundOptions.h"

#include "app/BundlePath.h"
#include "app/OutputFile.h"

#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>
#include <system_error>

namespace n2m::app {

namespace {

constexpr double mostSeconds = 600.0;

} // namespace

void SoundOptions::addTo(CLI::App& verb, const char* methodOption, const char* methodHelp) {
    verb.add_option("input", input, "Sound file: WAV, FLAC, Ogg, MP3, …")->required()->type_name("IN.wav");
    verb.add_option("-o", output, "Output file: .wav, .flac or .ogg")->required()->type_name("OUT.wav");
    verb.add_option(methodOption, method, methodHelp)->type_name("NAME");
    verb.add_option("--seed", seed, "Seed of the noise or the phases")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber) // else it wraps around
        ->capture_default_str();
    verb.add_option("--steps", steps, "Denoising steps, or iterations of Griffin-Lim")->type_name("N");
    verb.add_option("--sampler", sampler, "ancestral, ddim or dpmpp")->type_name("NAME");
    verb.add_option("--schedule", schedule, "Step schedule")->type_name("NAME");
    verb.add_option("--gamma", gamma, "Stochasticity of the ancestral sampler, 0 to 1")->type_name("G");
    verb.add_option("--temperature", temperature, "Factor of the sampler's noise")->type_name("X");
    verb.add_option("--bundle", bundle, bundleHelp)->type_name("DIR");
    verb.add_option("--device", device, "cpu or cuda")->type_name("NAME");
    verb.add_flag("--json", json, "The facts as one JSON object");
}

StageSettings SoundOptions::settings() const {
    Request request;
    request.prompt = "any";
    StageSettings& stage = request.stages.emplace_back();
    stage.steps = steps;
    stage.gamma = gamma;
    stage.temperature = temperature;
    if (!sampler.empty()) stage.sampler = sampler;
    if (!schedule.empty()) stage.schedule = schedule;
    request.validate();
    return stage;
}

void SoundOptions::requireNoSampling(const std::string& chosen) const {
    if (!sampler.empty() || !schedule.empty() || gamma || temperature)
        throw base::InvalidInput(
            "{} takes no --sampler, --schedule, --gamma or --temperature; leave them out, or choose diffusion", chosen);
}

audio::Clip SoundOptions::read() const {
    checkSoundName(output);
    checkWritable(output);
    std::error_code ignored;
    if (!std::filesystem::exists(input, ignored)) throw base::InvalidInput("there is no sound file '{}'", input);
    try {
        const double seconds = audio::soundFileInfo(input).seconds();
        if (!(seconds <= mostSeconds))
            throw base::InvalidInput("'{}' is {:.0f} s long; at most {:.0f} s are taken", input, seconds, mostSeconds);
        return audio::readSoundFile(input).mono();
    } catch (const std::runtime_error& error) {
        throw base::InvalidInput(base::messageOf(error)); // exit status 2: the input is bad
    }
}

void SoundOptions::write(const audio::Clip& clip, const std::string& chosen, double seconds) const {
    audio::Metadata metadata;
    metadata.title = audio::readMetadata(input).title;
    metadata.software = "Noise2Music Studio " N2M_VERSION;
    metadata.comment = fmt::format("{}, seed {}", chosen, seed);
    audio::writeSoundFile(output, clip, audio::SampleFormat::Pcm16, metadata);
    const double factor = seconds / clip.seconds();
    if (json) {
        const nlohmann::ordered_json facts = {{"file", output},
                                              {"method", chosen},
                                              {"seed", seed},
                                              {"seconds", clip.seconds()},
                                              {"sampleRate", clip.sampleRate},
                                              {"workSeconds", seconds},
                                              {"realTimeFactor", factor}};
        fmt::print("{}\n", facts.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        fmt::print("{}\n  {:.1f} s at {} Hz by {} in {:.1f} s: real-time factor {:.2f}\n", output, clip.seconds(),
                   clip.sampleRate, chosen, seconds, factor);
    }
}

} // namespace n2m::app
