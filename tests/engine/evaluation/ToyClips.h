#pragma once

#include "engine/audio/SoundFile.h"
#include "engine/plan/PlanJson.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>

/// A data set of clips of six seconds that differ plainly: "bells" are decaying tones and "rain" is noise; the lead is
/// "high" or "low"; ticks at 100 or 140 bpm and chords over C or F. Every fifth clip is held out.
inline void writeToyClips(const std::filesystem::path& folder, int clips) {
    std::filesystem::create_directories(folder);
    std::ofstream list(folder / "clips.jsonl");
    for (int clip = 0; clip < clips; ++clip) {
        std::mt19937 random(static_cast<unsigned>(clip));
        std::normal_distribution<float> noise;
        const bool bells = clip % 2 == 0, high = clip / 2 % 2 == 0, fast = clip / 4 % 2 == 0;
        n2m::audio::Clip sound;
        sound.sampleRate = 16000;
        sound.samples.resize(6 * 16000);
        const double beat = fast ? 60.0 / 140.0 : 0.6;
        n2m::plan::Plan plan;
        plan.seconds = 6.0;
        plan.bpm = 60.0 / beat;
        for (double time = 0.0; time < 6.0; time += beat)
            plan.beats.push_back({time, plan.beats.size() % 4 == 0});
        const bool inF = clip / 8 % 2 == 0;
        plan.chords.push_back(
            {0.0, 6.0, {inF ? "F" : "C", inF ? 5 : 0, static_cast<std::uint16_t>(inF ? 0x221 : 0x91)}});
        const double frequency = (high ? 1760.0 : 220.0) * (1.0 + 0.05 * static_cast<double>(random() % 10));
        float last = 0.0f;
        for (std::size_t n = 0; n < sound.samples.size(); ++n) {
            const double time = static_cast<double>(n) / 16000, since = std::fmod(time, beat);
            const auto tone = static_cast<float>(std::sin(2.0 * std::numbers::pi * frequency * time));
            last = noise(random) - (high ? last : -0.9f * last); // high or low noise
            sound.samples[n] = 0.2f * (bells ? tone : 0.3f * last) * static_cast<float>(std::exp(-since * 6.0));
        }
        const std::string name = "clip-" + std::to_string(clip) + ".wav";
        n2m::audio::writeSoundFile(folder / name, sound);
        const std::string genre = bells ? "bells" : "rain", lead = high ? "high" : "low";
        list << nlohmann::json{{"audio", name},
                               {"captions",
                                {{"long", {"some " + genre + ", " + lead, "music"}}, {"tags", {genre, lead}}}},
                               {"plan", n2m::plan::toJson(plan)},
                               {"attributes", {{"genre", genre}, {"lead", lead}, {"reserved", clip % 10 == 4}}},
                               {"split", clip % 5 == 4 ? "heldout" : "train"}}
             << "\n";
    }
}
