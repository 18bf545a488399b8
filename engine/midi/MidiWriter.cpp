#include "engine/midi/MidiWriter.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/midi/PartRoles.h"
#include "engine/midi/SmfBytes.h"
#include "engine/midi/TickClock.h"
#include "engine/plan/Chords.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace n2m::midi {
namespace {

using Role = plan::Part::Role;

constexpr int perQuarter = 4800;
constexpr double beatTolerance = 2e-4;      // seconds by which the file's beats may miss the plan's
constexpr std::uint32_t slowest = 0xffffff; // microseconds; the format has three bytes
constexpr std::size_t mostBars = 255;       // beats of a bar; the format has one byte

std::string bigEndian(std::uint32_t value, int bytes) {
    std::string text;
    for (int n = bytes - 1; n >= 0; --n)
        text += static_cast<char>(value >> (8 * n) & 0xff);
    return text;
}

std::string variable(std::uint64_t value) {
    std::string text(1, static_cast<char>(value & 0x7f));
    while ((value >>= 7) != 0)
        text.insert(text.begin(), static_cast<char>((value & 0x7f) | 0x80));
    return text;
}

std::string meta(int kind, const std::string& data) {
    return std::string{'\xff', static_cast<char>(kind)} + variable(data.size()) + data;
}

/// Events of one track, in any order, and at the end its bytes.
class Track {
public:
    /// Events on the same tick are sorted by their order, then by their place in the list.
    void add(std::uint64_t tick, int order, std::string event) { m_events.push_back({tick, order, std::move(event)}); }

    std::string bytes(std::uint64_t end) {
        std::stable_sort(m_events.begin(), m_events.end(), [](const Event& a, const Event& b) {
            return a.tick != b.tick ? a.tick < b.tick : a.order < b.order;
        });
        std::string data;
        std::uint64_t at = 0;
        for (const Event& event : m_events) {
            data += variable(event.tick - at) + event.bytes;
            at = event.tick;
        }
        data += variable(std::max(end, at) - at) + meta(0x2f, {});
        return "MTrk" + bigEndian(static_cast<std::uint32_t>(data.size()), 4) + data;
    }

private:
    struct Event {
        std::uint64_t tick = 0;
        int order = 0;
        std::string bytes;
    };
    std::vector<Event> m_events;
};

/// The denominator of a plan's metre: its beats are quarters, or eighths where there are six, nine or twelve of them.
int unitOf(int beatsPerBar) {
    return beatsPerBar >= 6 && beatsPerBar % 3 == 0 ? 8 : 4;
}

/// The beats of a file: those of the plan, and before its first one as many as fit.
std::vector<plan::Beat> beatsFrom(const plan::Plan& plan) {
    const double gap = 60.0 / plan.bpm;
    std::vector<plan::Beat> beats = plan.beats;
    if (beats.empty())
        for (int n = 0; n * gap < plan.seconds; ++n)
            beats.push_back({n * gap, n % plan.beatsPerBar == 0});
    if (beats.empty()) beats.push_back({0.0, true});
    if (const double lead = beats.front().time; lead > beatTolerance) {
        const int count = std::max(1, static_cast<int>(std::lround(lead / gap)));
        std::vector<plan::Beat> before;
        before.reserve(static_cast<std::size_t>(count));
        for (int n = 0; n < count; ++n)
            before.push_back({lead * n / count, false});
        beats.insert(beats.begin(), before.begin(), before.end());
    }
    beats.front().time = 0.0;
    return beats;
}

std::vector<TempoChange> tempiOf(const std::vector<plan::Beat>& beats, double bpm, std::uint64_t ticks) {
    std::vector<TempoChange> tempi;
    const auto microseconds = [&](double beat) {
        return static_cast<std::uint32_t>(std::clamp(std::round(beat * 1e6 * perQuarter / static_cast<double>(ticks)),
                                                     1.0, static_cast<double>(slowest)));
    };
    const auto length = [&](std::uint32_t tempo) { return tempo * static_cast<double>(ticks) / (1e6 * perQuarter); };
    double time = 0.0; // at which the file has the beat
    std::uint32_t tempo = 0;
    for (std::size_t n = 0; n < beats.size(); ++n) {
        const bool last = n + 1 == beats.size();
        const double next = last ? time + 60.0 / bpm : beats[n + 1].time;
        if (tempo == 0 || (!last && std::abs(time + length(tempo) - next) > beatTolerance)) {
            // The plan's own tempo, if it serves.
            tempo = microseconds(60.0 / bpm);
            if (std::abs(time + length(tempo) - next) > beatTolerance) tempo = microseconds(next - time);
            if (tempi.empty() || tempi.back().microseconds != tempo) tempi.push_back({n * ticks, tempo});
        }
        time += length(tempo);
    }
    return tempi;
}

void addMetres(Track& track, const std::vector<plan::Beat>& beats, std::uint64_t ticks, int beatsPerBar) {
    const int unit = unitOf(beatsPerBar);
    std::size_t before = 0;
    for (std::size_t begin = 0; begin < beats.size();) {
        std::size_t end = begin + 1;
        while (end < beats.size() && !beats[end].downbeat)
            ++end;
        std::size_t count = std::min(end - begin, mostBars);
        const std::size_t usual = before != 0 ? before : static_cast<std::size_t>(beatsPerBar);
        if (end == beats.size() && beats[begin].downbeat) count = std::max(count, usual); // cut off by the end
        if (count != before) {
            track.add(begin * ticks, 1,
                      meta(0x58, {static_cast<char>(count), static_cast<char>(unit == 8 ? 3 : 2), 24, 8}));
            before = count;
        }
        begin = end;
    }
}

int sharpsOf(const plan::Key& key) {
    const int sharps = (key.tonic + (key.minor ? 3 : 0)) * 7 % 12;
    return sharps > 6 ? sharps - 12 : sharps;
}

void addMarkers(Track& track, const plan::Plan& plan, const TickClock& clock) {
    const auto mark = [&](double time, const std::string& text) { track.add(clock.tick(time), 3, meta(0x06, text)); };
    for (std::size_t n = 0; n < plan.sections.size(); ++n) {
        const plan::Section& section = plan.sections[n];
        mark(section.start, fmt::format("[{}] {:g}", section.name, section.energy));
        const double next = n + 1 < plan.sections.size() ? plan.sections[n + 1].start : plan.seconds;
        if (section.end < next - 1e-3) mark(section.end, "[]");
    }
    for (std::size_t n = 0; n < plan.chords.size(); ++n) {
        mark(plan.chords[n].start, plan::toString(plan.chords[n].chord));
        const double next = n + 1 < plan.chords.size() ? plan.chords[n + 1].start : plan.seconds;
        if (plan.chords[n].end < next - 1e-3) mark(plan.chords[n].end, "N.C.");
    }
}

std::string message(int kind, int channel, int first, int second) {
    return {static_cast<char>(kind << 4 | channel), static_cast<char>(first), static_cast<char>(second)};
}

/// Adds notes. An end says by its velocity which of the equal notes that sound it ends, counted from the oldest: MIDI
/// itself has no way to say so.
void addNotes(Track& track, const std::vector<plan::Note>& notes, const TickClock& clock, int channel) {
    struct Edge {
        std::uint64_t tick = 0;
        bool begins = false;
        std::size_t note = 0;
    };
    std::vector<Edge> edges;
    for (std::size_t n = 0; n < notes.size(); ++n) {
        const std::uint64_t start = clock.tick(notes[n].start);
        edges.push_back({start, true, n});
        edges.push_back({std::max(clock.tick(notes[n].end), start + 1), false, n});
    }
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
        return a.tick != b.tick ? a.tick < b.tick : a.begins < b.begins;
    });
    std::array<std::vector<std::size_t>, 128> sounding;
    for (const Edge& edge : edges) {
        const int pitch = notes[edge.note].pitch & 0x7f;
        std::vector<std::size_t>& equal = sounding[static_cast<std::size_t>(pitch)];
        if (edge.begins) {
            equal.push_back(edge.note);
            const int velocity = std::clamp(notes[edge.note].velocity, 1, 127); // 0 would end a note
            track.add(edge.tick, 4, message(0x9, channel, pitch, velocity));
        } else {
            const auto ended = std::find(equal.begin(), equal.end(), edge.note);
            const auto place = std::min<std::ptrdiff_t>(ended - equal.begin(), 127 - plainRelease);
            track.add(edge.tick, 4, message(0x8, channel, pitch, plainRelease + static_cast<int>(place)));
            equal.erase(ended);
        }
    }
}

Track trackOf(const plan::Part& part, const TickClock& clock, int channel, int port) {
    Track track;
    track.add(0, 0, meta(0x03, trackNameOf(part.role)));
    if (port > 0) track.add(0, 0, meta(0x21, std::string(1, static_cast<char>(port))));
    const int bank = part.role == Role::Drums ? 0 : std::min(part.program / 1000, 127);
    track.add(0, 1, message(0xb, channel, 0, bank) + '\0' + message(0xb, channel, 32, 0));
    track.add(0, 2, {static_cast<char>(0xc << 4 | channel), static_cast<char>(part.program % 1000 & 0x7f)});
    addNotes(track, part.notes, clock, channel);
    return track;
}

} // namespace

std::string writeMidi(const plan::Plan& plan) {
    const bool silent =
        std::all_of(plan.parts.begin(), plan.parts.end(), [](const plan::Part& part) { return part.notes.empty(); });
    if (silent) throw base::InvalidInput("this plan has no score, so there are no notes to write");
    const std::vector<plan::Beat> beats = beatsFrom(plan);
    const auto ticks = static_cast<std::uint64_t>(perQuarter * 4 / unitOf(plan.beatsPerBar));
    const std::vector<TempoChange> tempi = tempiOf(beats, plan.bpm, ticks);
    const TickClock clock(perQuarter, tempi);

    Track conductor;
    conductor.add(0, 0, meta(0x03, "Noise2Music"));
    conductor.add(0, 0, meta(0x01, std::string(ourSign)));
    for (const TempoChange& tempo : tempi)
        conductor.add(tempo.tick, 2, meta(0x51, bigEndian(tempo.microseconds, 3)));
    addMetres(conductor, beats, ticks, plan.beatsPerBar);
    conductor.add(0, 2, meta(0x59, {static_cast<char>(sharpsOf(plan.key)), static_cast<char>(plan.key.minor ? 1 : 0)}));
    addMarkers(conductor, plan, clock);

    const std::uint64_t end = clock.tick(plan.seconds);
    std::string tracks = conductor.bytes(end);
    std::uint32_t count = 1;
    int melodic = 0, kits = 0;
    for (const plan::Part& part : plan.parts) {
        const bool drums = part.role == Role::Drums;
        const int number = drums ? kits++ : melodic++;
        const int channel = drums ? 9 : number % 15 + (number % 15 >= 9 ? 1 : 0);
        tracks += trackOf(part, clock, channel, drums ? number : number / 15).bytes(end);
        ++count;
    }
    return "MThd" + bigEndian(6, 4) + bigEndian(1, 2) + bigEndian(count, 2) + bigEndian(perQuarter, 2) + tracks;
}

void writeMidiFile(const std::filesystem::path& file, const plan::Plan& plan) {
    base::writeTextFile(file, writeMidi(plan));
}

} // namespace n2m::midi
