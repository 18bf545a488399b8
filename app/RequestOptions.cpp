#include "app/RequestOptions.h"

#include "app/ScoreFile.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "engine/plan/PlanEdits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <random>

namespace n2m::app {
namespace {

/// Splits "50,,8" into "50", "" and "8".
std::vector<std::string> splitAtCommas(const std::string& text) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    std::size_t begin = 0;
    for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', begin)) {
        parts.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
    }
    parts.push_back(text.substr(begin));
    return parts;
}

double toNumber(const std::string& text, const char* option) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') throw base::InvalidInput("{} takes numbers, not '{}'", option, text);
    return value;
}

int toCount(const std::string& text, const char* option) {
    errno = 0;
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || errno != 0 || value < -1'000'000'000 || value > 1'000'000'000)
        throw base::InvalidInput("{} takes whole numbers, not '{}'", option, text);
    return static_cast<int>(value);
}

std::uint64_t toSeed(const std::string& text) {
    errno = 0;
    char* end = nullptr;
    const unsigned long long value = std::strtoull(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || errno != 0 || text.find('-') != std::string::npos)
        throw base::InvalidInput("--seed takes a whole number from 0 to 18446744073709551615, not '{}'", text);
    return value;
}

/// A seed short enough to be read out and typed in again.
std::uint64_t drawSeed() {
    std::random_device device;
    return std::uniform_int_distribution<std::uint64_t>(0, 999'999'999)(device);
}

template <typename Value, typename Convert>
void setPerStage(std::vector<StageSettings>& stages, std::optional<Value> StageSettings::*setting,
                 const std::string& text, Convert convert) {
    const auto parts = splitAtCommas(text);
    if (stages.size() < parts.size()) stages.resize(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!parts[i].empty()) stages[i].*setting = convert(parts[i]);
}

} // namespace

void RequestOptions::addMusicTo(CLI::App& verb) {
    const char* music = "The music";
    verb.add_option("prompt", prompt, "Description of the sound")->required()->type_name("PROMPT");
    verb.add_option("--negative", negative, "Description of unwanted sound")->type_name("TEXT")->group(music);
    verb.add_option("--seed", seed, "The same seed gives the same clip; without it, one is drawn and printed")
        ->type_name("N")
        ->group(music);
    verb.add_option("--seconds", seconds, "Length; default: 30")->type_name("S")->group(music);
    verb.add_option("--bpm", bpm, "Tempo, beats per minute")->type_name("B")->group(music);
    verb.add_option("--key", key, "Key: \"A minor\"")->type_name("K")->group(music);
    verb.add_option("--chords", chords, "A chord a bar, repeated: \"Am F C G\"")->type_name("C")->group(music);
    verb.add_option("--composer", composer, "model or rules: who writes the score; default: the bundle's choice")
        ->type_name("NAME")
        ->group(music);
}

void RequestOptions::addTo(CLI::App& verb) {
    addMusicTo(verb);
    const char* music = "The music";
    verb.add_flag("--no-plan", noPlan, "Without a musical plan, from the text alone, as in the paper")->group(music);
    verb.add_option("--score", score, "Play this score, with the prompt's sound: MIDI, a plan (JSON) or another clip")
        ->type_name("FILE")
        ->group(music);

    const char* sound = "An existing sound";
    verb.add_option("--repaint", repaint, "Repaint a range of this clip; everything outside it stays to the sample")
        ->type_name("FILE")
        ->group(sound);
    verb.add_option("--from", from, "Start of the range")->type_name("S")->group(sound);
    verb.add_option("--to", to, "End of the range")->type_name("S")->group(sound);
    verb.add_option("--extend", extend, "Extend this clip; --seconds is the whole length, 15 s more without it")
        ->type_name("FILE")
        ->group(sound);

    const char* sampling = "Sampling (a value per stage, separated by commas; a single value is for the first stage)";
    verb.add_option("--steps", steps, "Denoising steps: 50 or 50,8,8")->type_name("N[,N,N]")->group(sampling);
    verb.add_option("--sampler", sampler, "ancestral, ddim or dpmpp")->type_name("NAME")->group(sampling);
    verb.add_option("--schedule", schedule, "Step schedule")->type_name("NAME")->group(sampling);
    verb.add_option("--gamma", gamma, "Stochasticity of the ancestral sampler, 0 to 1")
        ->type_name("G")
        ->group(sampling);
    verb.add_option("--guidance", guidance, "Strength of the text guidance; 1 = no guidance")
        ->type_name("W")
        ->group(sampling);
    verb.add_option("--plan-guidance", planGuidance, "Strength of the plan guidance; 1 = no guidance")
        ->type_name("W")
        ->group(sampling);

    verb.add_option("--temperature", temperature, "Factor of the noise: less is smoother, more is livelier")
        ->type_name("X")
        ->group(sampling);

    const char* cascade = "The cascade";
    verb.add_option("--route", route, "spectrogram or waveform")->type_name("NAME")->group(cascade);
    verb.add_option("--vocoder", vocoder, "diffusion or griffin-lim")->type_name("NAME")->group(cascade);
    verb.add_option("--super-resolution", superResolution, "diffusion or fourier")->type_name("NAME")->group(cascade);
}

Request RequestOptions::request() const {
    Request request;
    for (const auto& word : prompt)
        request.prompt += (request.prompt.empty() ? "" : " ") + word;
    request.negativePrompt = negative;
    request.seed = seed.empty() ? drawSeed() : toSeed(seed);
    request.seconds = seconds.value_or(request.seconds);
    if (!route.empty()) request.route = route;
    if (!vocoder.empty()) request.vocoder = vocoder;
    if (!superResolution.empty()) request.superResolution = superResolution;
    request.plan = !noPlan;
    request.bpm = bpm;
    if (!key.empty()) request.key = key;
    if (!chords.empty()) request.chords = chords;
    if (!composer.empty()) request.composer = composer;

    const auto numberOf = [](const char* option) {
        return [option](const std::string& text) { return toNumber(text, option); };
    };
    const auto text = [](const std::string& name) { return name; };
    setPerStage(request.stages, &StageSettings::steps, steps,
                [](const auto& part) { return toCount(part, "--steps"); });
    setPerStage(request.stages, &StageSettings::sampler, sampler, text);
    setPerStage(request.stages, &StageSettings::schedule, schedule, text);
    setPerStage(request.stages, &StageSettings::gamma, gamma, numberOf("--gamma"));
    setPerStage(request.stages, &StageSettings::guidance, guidance, numberOf("--guidance"));
    setPerStage(request.stages, &StageSettings::planGuidance, planGuidance, numberOf("--plan-guidance"));
    setPerStage(request.stages, &StageSettings::temperature, temperature, numberOf("--temperature"));
    setScore(request);
    setRepaint(request);
    request.validate();
    return request;
}

void RequestOptions::setScore(Request& request) const {
    if (score.empty()) return;
    if (!repaint.empty() || !extend.empty())
        throw base::InvalidInput("--score is for a new clip; --repaint and --extend keep the music of theirs");
    ScoreFile file = readScoreFile(score);
    for (const base::Message& remark : file.remarks)
        fmt::print(stderr, "{}\n", remark.text());
    const double length = file.plan.seconds;
    if (!seconds) request.seconds = std::clamp(length, Request::minimumSeconds, Request::maximumSeconds);
    if (length > request.seconds + 1e-3)
        fmt::print(stderr, "the score lasts {:.1f} s; its first {:.1f} s are played\n", length, request.seconds);
    request.givenPlan = plan::withLength(std::move(file.plan), request.seconds);
    request.adaptGiven = file.fromElsewhere;
}

void RequestOptions::setRepaint(Request& request) const {
    if (!repaint.empty() && !extend.empty())
        throw base::InvalidInput("--repaint and --extend exclude each other; run them one after another");
    if (repaint.empty() && (from || to)) throw base::InvalidInput("--from and --to are the range of --repaint FILE");
    Repaint result;
    if (!repaint.empty()) {
        if (!from && !to) throw base::InvalidInput("--repaint needs a range: --from S, --to S or both");
        result.file = repaint;
        request.seconds = seconds.value_or(audio::soundFileInfo(repaint).seconds());
        result.from = from.value_or(0.0);
        result.to = to.value_or(request.seconds);
    } else if (!extend.empty()) {
        result.file = extend;
        const double length = audio::soundFileInfo(extend).seconds();
        request.seconds = seconds.value_or(std::min(length + Repaint::usualExtension, Request::maximumSeconds));
        if (request.seconds <= length)
            throw base::InvalidInput("--extend: {} is {:g} s long, and --seconds {:g} is not more", extend, length,
                                     request.seconds);
        result.from = std::max(0.0, length - Repaint::overlap);
        result.to = request.seconds;
    } else {
        return;
    }
    request.repaint = std::move(result);
}

} // namespace n2m::app
