#include "engine/composer/Composer.h"

#include "engine/composer/Accompaniment.h"
#include "engine/composer/BassLine.h"
#include "engine/composer/Drums.h"
#include "engine/composer/Melody.h"
#include "engine/plan/Harmony.h"

#include <algorithm>
#include <cmath>

namespace n2m::composer {

namespace {

/// The beat at which a piece that ends comes to rest, or infinity: the last bar that has room to ring.
double restingBeat(const plan::Plan& plan) {
    if (plan.sections.empty() || plan.sections.back().name != "outro") return 1e9;
    const double bar = plan.beatsPerBar * 60.0 / plan.bpm;
    const double last = std::floor((plan.seconds - 1.8) / bar);
    return last * bar > plan.sections.back().start + 0.5 * bar ? last * plan.beatsPerBar : 1e9;
}

// Makes the tonic the last chord.
void endOnTonic(plan::Plan& plan, double beat) {
    const double time = beat * 60.0 / plan.bpm;
    std::erase_if(plan.chords, [&](const plan::ChordSpan& span) { return span.start > time - 1e-6; });
    const plan::Chord tonic = plan::chordOfDegree(plan.key, plan.key.minor ? "i" : "I");
    if (!plan.chords.empty()) {
        plan.chords.back().end = time;
        if (plan.chords.back().chord == tonic) {
            plan.chords.back().end = plan.seconds;
            return;
        }
    }
    plan.chords.push_back({time, plan.seconds, tonic});
}

double swingUnit(const std::string& feel) {
    return feel == "swing16" ? 0.25 : 0.5;
}

// The other parts duck under the kick and come back within half a beat: the pumping of dance music.
void pump(Track& track, const Timeline& timeline, const Sketch& sketch) {
    const double perBeat = timeline.secondsPerBeat();
    for (const TimelineBar& bar : timeline.bars()) {
        if (!drumsPlay(sketch, bar)) {
            track.controls.push_back({bar.beat * perBeat, Control::expression, 112});
            continue;
        }
        for (int beat = 0; beat < timeline.beatsPerBar(); ++beat) {
            for (int n = 0; n < 6; ++n) {
                const double depth = 1.0 - sketch.pump * (1.0 - n / 5.0);
                track.controls.push_back(
                    {(bar.beat + beat + n * 0.09) * perBeat, Control::expression, static_cast<int>(112.0 * depth)});
            }
        }
    }
    std::erase_if(track.controls, [&](const Control& c) { return c.time >= timeline.plan().seconds; });
}

// A second voice: under every note of the loud sections the second next tone of the scale, about a third below.
Track harmonyOf(const Track& lead, const Timeline& timeline, const std::string& scale, int lowest) {
    Track second = lead;
    second.notes.clear();
    second.gain -= 5.0;
    for (const Note& note : lead.notes) {
        const double beat = (note.start + 0.02) / timeline.secondsPerBeat();
        if (timeline.barAt(beat).energy <= PartSketch::loudEnergy || note.end - note.start < 0.12) continue;
        const std::vector<int> tones = scaleOver(timeline.plan().key, scale, timeline.chordAt(beat));
        int pitch = note.pitch - 2;
        while (pitch > note.pitch - 6 && std::find(tones.begin(), tones.end(), pitch % 12) == tones.end())
            --pitch;
        if (pitch == note.pitch - 2) // a second is a dissonance: one tone further
            while (--pitch > note.pitch - 6 && std::find(tones.begin(), tones.end(), pitch % 12) == tones.end()) {
            }
        if (pitch >= lowest)
            second.notes.push_back({note.start + 0.004, note.end, pitch, std::max(8, note.velocity - 6)});
    }
    return second;
}

// The notes, rounded to the millisecond as in plan files.
std::vector<plan::Part> scoreOf(const std::vector<Track>& tracks, double seconds) {
    const auto rounded = [&](double time) { return std::min(std::round(time * 1000.0) / 1000.0, seconds); };
    std::vector<plan::Part> parts;
    for (const Track& track : tracks) {
        plan::Part part{track.role, track.program, track.notes};
        for (Note& note : part.notes) {
            note.start = rounded(note.start);
            note.end = rounded(note.end);
        }
        std::erase_if(part.notes, [](const Note& note) { return note.end <= note.start; });
        parts.push_back(std::move(part));
    }
    return parts;
}

bool byTime(const Note& a, const Note& b) {
    return a.start != b.start ? a.start < b.start : a.pitch < b.pitch;
}

} // namespace

plan::Plan planOf(const Sketch& sketch, double seconds) {
    plan::Plan plan = plan::buildPlan(sketch.plan, seconds);
    if (const double rest = restingBeat(plan); rest < 1e9) endOnTonic(plan, rest);
    return plan;
}

Piece compose(const Vocabulary& vocabulary, const Sketch& sketch, double seconds) {
    return compose(vocabulary, sketch, planOf(sketch, seconds));
}

Piece compose(const Vocabulary& vocabulary, const Sketch& sketch, plan::Plan plan) {
    Piece piece;
    piece.seed = sketch.seed;
    piece.attributes = sketch.attributes;
    piece.seconds = plan.seconds;
    piece.finish = sketch.finish;
    piece.plan = std::move(plan);
    const Timeline timeline(piece.plan, sketch.swing, swingUnit(sketch.attributes.feel));
    const double rest = restingBeat(piece.plan);
    const base::Random random(sketch.seed);
    const double loudness = vocabulary.mood(sketch.attributes.mood).loudness;
    const bool machine = sketch.pump > 0.0 || sketch.attributes.genre == "chiptune";
    const double looseness = machine ? 0.002 : 0.008;

    int channel = 0;
    const auto track = [&](Track::Role role, const std::string& instrument, int program, double gain) -> Track& {
        if (channel == 9) ++channel;
        const int own = role == Track::Role::Drums ? 9 : channel++;
        piece.tracks.push_back(
            {role,
             instrument,
             program,
             own,
             gain - vocabulary.levelOf(role == Track::Role::Drums ? plan::firstDrumKit + program : program),
             {},
             {}});
        return piece.tracks.back();
    };
    piece.tracks.reserve(sketch.parts.size() + 3);
    if (sketch.melody) {
        Track& lead = track(Track::Role::Lead, sketch.attributes.lead, sketch.leadProgram, 0.0);
        Performer performer(lead, timeline, random.stream("lead player"), looseness, 0.6 * loudness);
        playMelody(performer, vocabulary, sketch, rest);
    }
    for (std::size_t n = 0; n < sketch.parts.size(); ++n) {
        const PartSketch& part = sketch.parts[n];
        Track& own =
            track(part.bass ? Track::Role::Bass : Track::Role::Accompaniment, part.instrument, part.program, part.gain);
        Performer performer(own, timeline, random.stream("part " + std::to_string(n)),
                            looseness * (part.bass ? 0.6 : 1.0), loudness);
        if (part.bass)
            playBass(performer, vocabulary, sketch, part, rest);
        else
            playChords(performer, vocabulary, part, rest);
        const Voice voice = vocabulary.instrument(part.instrument).voice;
        if (sketch.pump > 0.0 && (voice == Voice::Held || voice == Voice::Bowed)) pump(own, timeline, sketch);
    }
    if (!sketch.drums.empty()) {
        Track& drums = track(Track::Role::Drums, "drums", sketch.kit, sketch.drumGain);
        Performer performer(drums, timeline, random.stream("drummer"), machine ? 0.001 : 0.005, loudness);
        playDrums(performer, vocabulary, sketch, rest);
    }
    if (sketch.harmonised && sketch.melody) {
        const std::string& scale = vocabulary.genre(sketch.attributes.genre).melody.scale;
        const int lowest = vocabulary.instrument(sketch.attributes.lead).low;
        Track second = harmonyOf(piece.tracks.front(), timeline, scale, lowest);
        second.role = Track::Role::Accompaniment;
        second.channel = channel == 9 ? 10 : channel;
        if (!second.notes.empty()) piece.tracks.push_back(second);
    }
    for (Track& each : piece.tracks) {
        std::stable_sort(each.notes.begin(), each.notes.end(), byTime);
        std::stable_sort(each.controls.begin(), each.controls.end(),
                         [](const Control& a, const Control& b) { return a.time < b.time; });
    }
    piece.plan.parts = scoreOf(piece.tracks, piece.seconds);
    return piece;
}

} // namespace n2m::composer
