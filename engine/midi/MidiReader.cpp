#include "engine/midi/MidiReader.h"

#include "engine/base/AtomicFile.h"
#include "engine/midi/ChordEstimate.h"
#include "engine/midi/KeyEstimate.h"
#include "engine/midi/PartRoles.h"
#include "engine/midi/SmfBytes.h"
#include "engine/midi/TickBeats.h"
#include "engine/plan/Chords.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <tuple>

namespace n2m::midi {
namespace {

using Role = plan::Part::Role;

constexpr double longest = 3600.0;      // seconds, of a plan
constexpr double longestSilence = 10.0; // seconds after the last note that belong to the music
constexpr double shortestNote = 0.03;   // seconds, for notes that end where they begin
constexpr std::size_t mostParts = 64;
constexpr float middling = 0.6f;    // energy where the file says nothing
constexpr double foreignSnap = 0.5; // bars by which a marker may miss a bar line

double roundedTime(double seconds) {
    return std::round(seconds * 1e4) / 1e4;
}

/// The parts, with the names of their tracks.
struct Parts {
    std::vector<plan::Part> parts;
    std::vector<std::string> names;
};

Parts partsOf(const Smf& smf, double seconds) {
    Parts result;
    std::map<std::tuple<int, int, int, bool>, std::size_t> known;
    for (const Smf::Note& note : smf.notes) {
        const double start = roundedTime(smf.clock.seconds(static_cast<double>(note.start)));
        if (start >= seconds) continue;
        const double end = roundedTime(smf.clock.seconds(static_cast<double>(note.end)));
        const auto [entry, isNew] =
            known.try_emplace({note.track, note.channel, note.program, note.drums}, result.parts.size());
        if (isNew && result.parts.size() == mostParts) { // the notes stay, with another sound
            const auto alike = std::find_if(result.parts.begin(), result.parts.end(), [&](const plan::Part& part) {
                return (part.role == Role::Drums) == note.drums;
            });
            entry->second =
                alike == result.parts.end() ? mostParts - 1 : static_cast<std::size_t>(alike - result.parts.begin());
        } else if (isNew) {
            result.parts.push_back({note.drums ? Role::Drums : Role::Accompaniment, note.program, {}});
            result.names.push_back(smf.trackNames[note.track]);
        }
        result.parts[entry->second].notes.push_back(
            {start, std::min(end > start ? end : start + shortestNote, seconds), note.pitch, note.velocity});
    }
    for (plan::Part& part : result.parts)
        std::stable_sort(part.notes.begin(), part.notes.end(), [](const plan::Note& a, const plan::Note& b) {
            return std::tie(a.start, a.pitch) < std::tie(b.start, b.pitch);
        });
    return result;
}

/// The roles of our own files, by the names of their tracks; false if a name is not ours.
bool takeOurRoles(Parts& parts) {
    for (std::size_t n = 0; n < parts.parts.size(); ++n) {
        const std::array roles{Role::Lead, Role::Accompaniment, Role::Bass, Role::Drums};
        const auto role =
            std::find_if(roles.begin(), roles.end(), [&](Role each) { return parts.names[n] == trackNameOf(each); });
        if (role == roles.end()) return false;
        parts.parts[n].role = *role;
    }
    return true;
}

plan::Key keyOf(const Smf& smf, const std::vector<plan::Part>& parts) {
    const std::array<double, 12> times = pitchClassTimes(parts);
    const plan::Key heard = estimateKey(times);
    if (smf.keys.empty()) return heard;
    // The signature that lasts longest.
    std::map<std::pair<int, bool>, std::uint64_t> ticks;
    for (std::size_t n = 0; n < smf.keys.size(); ++n) {
        const std::uint64_t end =
            n + 1 < smf.keys.size() ? smf.keys[n + 1].tick : std::max(smf.end, smf.keys[n].tick + 1);
        ticks[{smf.keys[n].sharps, smf.keys[n].minor}] += end - smf.keys[n].tick;
    }
    const auto usual = std::max_element(ticks.begin(), ticks.end(), [](const auto& a, const auto& b) {
                           return a.second < b.second;
                       })->first;
    const int major = ((usual.first * 7) % 12 + 12) % 12;
    const plan::Key written{usual.second ? (major + 9) % 12 : major, usual.second};
    constexpr double clearly = 0.05; // of the notes' time
    if (!smf.ours && written == plan::Key{} &&
        (shareInKey(times, heard) > shareInKey(times, written) + clearly || heard == plan::Key{9, true}))
        return heard;
    return written;
}

/// "Verse 2" as "verse", as the composer names sections.
std::string sectionName(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const std::size_t end = name.find_last_not_of("0123456789 .:");
    return end == std::string::npos ? name : name.substr(0, end + 1);
}

template <typename Span> void endAt(std::vector<Span>& spans, double time) {
    if (spans.empty()) return;
    spans.back().end = std::min(spans.back().end, time);
    if (spans.back().end <= spans.back().start) spans.pop_back();
}

/// The chords and sections of our own files.
void takeOurMarkers(const Smf& smf, plan::Plan& plan) {
    for (const Smf::Marker& marker : smf.markers) {
        const double time = roundedTime(smf.clock.seconds(static_cast<double>(marker.tick)));
        if (time >= plan.seconds) break;
        const std::size_t close = marker.text.rfind(']');
        if (marker.text.starts_with('[') && close != std::string::npos) {
            endAt(plan.sections, time);
            if (close == 1) continue; // no section from here on
            char* end = nullptr;
            const std::string energy = marker.text.substr(close + 1);
            const float value = std::strtof(energy.c_str(), &end);
            plan.sections.push_back({time, plan.seconds, marker.text.substr(1, close - 1),
                                     end != energy.c_str() && value >= 0.0f && value <= 1.0f ? value : middling});
            continue;
        }
        try {
            plan::Chord chord = plan::parseChord(marker.text);
            endAt(plan.chords, time);
            plan.chords.push_back({time, plan.seconds, std::move(chord)});
        } catch (const base::InvalidInput&) { // somebody else's marker
        }
    }
    const auto silent = [](const plan::ChordSpan& span) { return span.chord.tones == 0; };
    if (!plan.chords.empty() && silent(plan.chords.back())) plan.chords.pop_back();
}

/// The sections of another program's markers, at the nearest bars.
void takeMarkers(const Smf& smf, plan::Plan& plan) {
    const double bar = plan.beatsPerBar * 60.0 / plan.bpm;
    for (const Smf::Marker& marker : smf.markers) {
        const double time = smf.clock.seconds(static_cast<double>(marker.tick));
        const plan::Beat* nearest = nullptr;
        const auto after = std::lower_bound(plan.beats.begin(), plan.beats.end(), time - foreignSnap * bar,
                                            [](const plan::Beat& beat, double value) { return beat.time < value; });
        for (auto beat = after; beat != plan.beats.end() && beat->time <= time + foreignSnap * bar; ++beat)
            if (beat->downbeat && (!nearest || std::abs(beat->time - time) < std::abs(nearest->time - time)))
                nearest = &*beat;
        const std::string name = sectionName(marker.text);
        if (!nearest || name.empty()) continue;
        if (!plan.sections.empty() && nearest->time <= plan.sections.back().start) continue; // two at one bar
        endAt(plan.sections, nearest->time);
        plan.sections.push_back({nearest->time, plan.seconds, name, middling});
    }
    if (plan.sections.empty()) plan.sections.push_back({0.0, plan.seconds, "verse", middling});
}

} // namespace

ReadScore readMidi(std::string_view bytes) {
    Smf smf = smfFrom(bytes);
    ReadScore score;
    score.remarks = std::move(smf.remarks);
    plan::Plan& plan = score.plan;
    std::uint64_t lastTick = 0;
    for (const Smf::Note& note : smf.notes)
        lastTick = std::max(lastTick, note.end);
    const double last = smf.clock.seconds(static_cast<double>(lastTick)) + shortestNote;
    const double end = smf.clock.seconds(static_cast<double>(smf.end));
    plan.seconds = roundedTime(end > last - shortestNote - 1e-9 && end < last + longestSilence ? end : last);
    if (plan.seconds > longest) {
        score.remarks.push_back(
            base::Message("the file lasts {:.0f} s; its first {:.0f} s are read", plan.seconds, longest));
        plan.seconds = longest;
    }
    if (plan.seconds <= 0.0) plan.seconds = shortestNote;

    Parts parts = partsOf(smf, plan.seconds);
    if (parts.parts.empty()) throw base::InvalidInput("there are no notes in the first hour of this MIDI file");
    if (!smf.ours || !takeOurRoles(parts)) assignRoles(parts.parts, parts.names);
    plan.parts = std::move(parts.parts);
    const TickBeats beats = beatsOf(smf, plan.seconds);
    plan.beats = beats.beats;
    plan.bpm = beats.bpm;
    plan.beatsPerBar = beats.beatsPerBar;
    for (plan::Beat& beat : plan.beats)
        beat.time = roundedTime(beat.time);
    plan.key = keyOf(smf, plan.parts);
    if (smf.ours)
        takeOurMarkers(smf, plan);
    else
        takeMarkers(smf, plan);
    if (plan.chords.empty()) plan.chords = estimateChords(plan);
    return score;
}

ReadScore readMidiFile(const std::filesystem::path& file) {
    const std::string bytes = base::readTextFile(file, mostMidiBytes);
    const std::string name = base::printable(file.filename().string());
    try {
        ReadScore score = readMidi(bytes);
        for (base::Message& remark : score.remarks)
            remark = base::Message("{}: {}", name, remark);
        return score;
    } catch (const base::InvalidInput& error) {
        throw base::InvalidInput(base::within(name, error));
    }
}

bool looksLikeMidi(std::string_view bytes) {
    return bytes.starts_with("MThd") ||
           (bytes.starts_with("RIFF") && bytes.size() >= 12 && bytes.substr(8, 4) == "RMID");
}

} // namespace n2m::midi
