#include "engine/midi/SmfBytes.h"

#include "engine/audio/SoundText.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

namespace n2m::midi {
namespace {

constexpr std::size_t mostMarks = 100000;     ///< tempo changes, metres, keys or markers that are kept
constexpr std::size_t longestText = 200;      ///< bytes of a name or marker
constexpr std::uint64_t mostTicks = 1u << 31; ///< of a track: half a year of music at the usual divisions

/// A view of bytes from which big-endian numbers are taken; a read beyond the end sets `broken` and gives 0.
class Bytes {
public:
    explicit Bytes(std::string_view data)
        : m_rest(data) {}

    bool broken() const { return m_broken; }
    bool empty() const { return m_rest.empty(); }
    std::size_t size() const { return m_rest.size(); }
    int peek() const { return m_rest.empty() ? -1 : static_cast<unsigned char>(m_rest.front()); }

    int byte() {
        if (m_rest.empty()) {
            m_broken = true;
            return 0;
        }
        const int value = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        return value;
    }
    std::uint32_t number(int bytes) {
        std::uint32_t value = 0;
        for (int n = 0; n < bytes; ++n)
            value = value << 8 | static_cast<std::uint32_t>(byte());
        return value;
    }
    /// Seven bits a byte, at most four bytes.
    std::uint32_t variable() {
        std::uint32_t value = 0;
        for (int n = 0; n < 4; ++n) {
            const int next = byte();
            value = value << 7 | static_cast<std::uint32_t>(next & 0x7f);
            if ((next & 0x80) == 0) return value;
        }
        m_broken = true;
        return value;
    }
    /// As many of the bytes as there are.
    std::string_view take(std::size_t count) {
        if (count > m_rest.size()) m_broken = true;
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(taken.size());
        return taken;
    }

private:
    std::string_view m_rest;
    bool m_broken = false;
};

std::string textOf(std::string_view bytes) {
    std::string text = audio::asUtf8(bytes.substr(0, longestText));
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return audio::cutUtf8(text, longestText);
}

template <typename Mark> void keep(std::vector<Mark>& marks, Mark mark) {
    if (marks.size() < mostMarks) marks.push_back(std::move(mark));
}

/// For each channel the first program that any track sets; −1 = none does.
using Programs = std::array<int, 16>;

/// Reads one track into a file's lists.
class TrackReader {
public:
    TrackReader(std::string_view data, std::uint16_t track, std::uint64_t quarter, std::vector<TempoChange>& tempi,
                Programs& programs, Smf& smf)
        : m_bytes(data)
        , m_track(track)
        , m_quarter(quarter)
        , m_tempi(tempi)
        , m_programs(programs)
        , m_smf(smf) {}

    /// False where the track is damaged or cut off; everything before that is read.
    bool read() {
        bool whole = true;
        while (whole && !m_ended && !m_bytes.empty())
            whole = readEvent();
        for (auto& [key, starts] : m_sounding)
            while (!starts.empty())
                finish(key, starts, 0, std::min(m_tick, starts.front().start + 4 * m_quarter));
        m_smf.end = std::max(m_smf.end, m_tick);
        return whole;
    }

private:
    bool readEvent() {
        const std::uint64_t tick = m_tick + m_bytes.variable();
        if (m_bytes.broken() || tick > mostTicks) return false;
        m_tick = tick;
        if (m_bytes.peek() >= 0x80) {
            m_status = m_bytes.byte();
        } else if (m_status == 0) {
            return false; // data without a status
        }
        if (m_status == 0xff) return readMeta();
        if (m_status == 0xf0 || m_status == 0xf7) {
            m_bytes.take(m_bytes.variable());
            m_status = m_running;
            return !m_bytes.broken();
        }
        if (m_status > 0xf0) { // system messages do not belong into files; their data is as long as in a cable
            if (m_status == 0xf2) m_bytes.take(2);
            if (m_status == 0xf1 || m_status == 0xf3) m_bytes.take(1);
            m_status = m_running;
            return !m_bytes.broken();
        }
        m_running = m_status;
        return readMessage();
    }

    bool readMessage() {
        const int kind = m_status >> 4, channel = m_status & 0x0f;
        const int first = m_bytes.byte(), second = kind == 0xc || kind == 0xd ? 0 : m_bytes.byte();
        if (m_bytes.broken() || first > 0x7f || second > 0x7f) return false;
        Channel& own = m_channels[static_cast<std::size_t>(channel)];
        if (kind == 0x9 && second > 0)
            begin(channel, first, second);
        else if (kind == 0x8 || kind == 0x9)
            end(channel, first, m_smf.ours ? second - plainRelease : 0);
        else if (kind == 0xc)
            setProgram(channel, first);
        else if (kind == 0xb && first == 0)
            own.bankHigh = second;
        else if (kind == 0xb && first == 32)
            own.bankLow = second;
        return true;
    }

    void setProgram(int channel, int program) {
        Channel& own = m_channels[static_cast<std::size_t>(channel)];
        own.program = program;
        int& shared = m_programs[static_cast<std::size_t>(channel)];
        if (shared < 0) shared = own.number();
    }

    bool readMeta() {
        const int kind = m_bytes.byte();
        const std::uint32_t length = m_bytes.variable();
        const std::string_view data = m_bytes.take(length);
        if (m_bytes.broken()) return false;
        m_status = m_running;
        const auto at = [&](std::size_t index) { return static_cast<unsigned char>(data[index]); };
        if (kind == 0x2f) {
            m_ended = true;
        } else if (kind == 0x51 && data.size() >= 3) {
            const auto microseconds = static_cast<std::uint32_t>(at(0) << 16 | at(1) << 8 | at(2));
            if (microseconds > 0) keep(m_tempi, {m_tick, microseconds});
        } else if (kind == 0x58 && data.size() >= 2) {
            if (at(0) > 0 && at(1) <= 6) keep(m_smf.metres, {m_tick, at(0), 1 << at(1)});
        } else if (kind == 0x59 && data.size() >= 2) {
            const int sharps = at(0) < 0x80 ? at(0) : at(0) - 0x100;
            if (sharps >= -7 && sharps <= 7) keep(m_smf.keys, {m_tick, sharps, at(1) == 1});
        } else if (kind == 0x03 && m_smf.trackNames.back().empty()) {
            m_smf.trackNames.back() = textOf(data);
        } else if (kind == 0x06 && !data.empty()) {
            keep(m_smf.markers, {m_tick, textOf(data)});
        } else if (kind == 0x01 && data == ourSign) {
            m_smf.ours = true;
        }
        return true;
    }

    struct Channel {
        int program = -1, bankHigh = 0, bankLow = 0;
        /// Yamaha's and General MIDI 2's banks of percussion.
        bool drums() const { return bankHigh == 127 || bankHigh == 120; }
        int number() const {
            if (program < 0 || drums()) return program;
            if (bankHigh == 121) return bankLow * 1000 + program; // General MIDI 2's banks of instruments
            return (bankLow == 0 || bankHigh == 0 ? bankHigh + bankLow : bankHigh * 128 + bankLow) * 1000 + program;
        }
    };
    struct Start {
        std::uint64_t start = 0;
        int velocity = 0, program = -1;
        bool drums = false;
    };

    void begin(int channel, int pitch, int velocity) {
        const Channel& own = m_channels[static_cast<std::size_t>(channel)];
        if (m_smf.notes.size() + ++m_begun > mostMidiNotes) refuseNotes();
        const bool drums = channel == 9 || own.drums();
        m_sounding[channel << 7 | pitch].push_back(
            {m_tick, velocity, drums ? std::max(0, own.program) : own.number(), drums});
    }

    /// Ends the oldest of the equal notes that sound, or the one that is `place` places younger.
    void end(int channel, int pitch, int place) {
        const auto sounding = m_sounding.find(channel << 7 | pitch);
        if (sounding == m_sounding.end() || sounding->second.empty()) return;
        const auto last = static_cast<int>(sounding->second.size()) - 1;
        finish(sounding->first, sounding->second, static_cast<std::size_t>(std::clamp(place, 0, last)), m_tick);
    }

    void finish(int key, std::deque<Start>& starts, std::size_t place, std::uint64_t end) {
        --m_begun;
        const Start note = starts[place];
        starts.erase(starts.begin() + static_cast<std::ptrdiff_t>(place));
        m_smf.notes.push_back({note.start, std::max(end, note.start), key & 0x7f, note.velocity, note.program, m_track,
                               static_cast<std::uint8_t>(key >> 7), note.drums});
    }

    [[noreturn]] static void refuseNotes() {
        throw base::InvalidInput("the MIDI file has more than {} notes, the most that a score may have", mostMidiNotes);
    }

    Bytes m_bytes;
    std::uint16_t m_track;
    std::uint64_t m_quarter;
    std::vector<TempoChange>& m_tempi;
    Programs& m_programs;
    Smf& m_smf;
    std::uint64_t m_tick = 0;
    std::size_t m_begun = 0; ///< notes that have not ended yet
    int m_status = 0, m_running = 0;
    bool m_ended = false;
    std::array<Channel, 16> m_channels;
    std::map<int, std::deque<Start>> m_sounding; ///< by channel and pitch
};

/// The MIDI file in a RIFF, or the bytes themselves.
std::string_view unwrapped(std::string_view bytes) {
    if (!bytes.starts_with("RIFF") || bytes.size() < 20 || bytes.substr(8, 4) != "RMID") return bytes;
    std::string_view rest = bytes.substr(12);
    while (rest.size() > 8) {
        std::size_t size = 0;
        for (int n = 3; n >= 0; --n)
            size = size << 8 | static_cast<unsigned char>(rest[4 + static_cast<std::size_t>(n)]);
        if (rest.starts_with("data")) return rest.substr(8, size);
        if (size > rest.size() - 8) break;
        rest.remove_prefix(std::min(rest.size(), 8 + size + size % 2));
    }
    return {};
}

} // namespace

Smf smfFrom(std::string_view file) {
    if (file.size() > mostMidiBytes)
        throw base::InvalidInput("the MIDI file has {} bytes, more than {}", file.size(), mostMidiBytes);
    Bytes bytes(unwrapped(file));
    if (bytes.take(4) != "MThd") throw base::InvalidInput("this is not a MIDI file: it does not begin with MThd");
    Bytes header(bytes.take(bytes.number(4)));
    const std::uint32_t format = header.number(2), tracks = header.number(2), division = header.number(2);
    if (header.broken()) throw base::InvalidInput("the MIDI file ends in its header; get a whole copy");
    if (format == 2)
        throw base::InvalidInput(
            "this MIDI file is of format 2, a list of separate patterns; save it as format 0 or 1");
    if (format > 2) throw base::InvalidInput("there is no MIDI file of format {}; there are 0 and 1", format);
    const int framesPerSecond = 256 - static_cast<int>(division >> 8), perFrame = static_cast<int>(division & 0xff);
    const bool fixed = (division & 0x8000) != 0;
    if (division == 0 || (fixed && (perFrame == 0 || framesPerSecond > 60)))
        throw base::InvalidInput("the MIDI file has a division of {}, which is not a unit of time", division);
    const double frames = framesPerSecond == 29 ? 30000.0 / 1001.0 : framesPerSecond;

    Smf smf;
    std::vector<TempoChange> tempi;
    Programs programs;
    programs.fill(-1);
    const auto quarter = static_cast<std::uint64_t>(fixed ? frames * perFrame / 2.0 : division);
    std::size_t damaged = 0, read = 0;
    while (bytes.size() >= 8 && read < 0xffff) {
        const bool isTrack = bytes.take(4) == "MTrk";
        const std::uint32_t size = bytes.number(4);
        const bool cut = size > bytes.size();
        const std::string_view data = bytes.take(size);
        if (!isTrack) continue;
        smf.trackNames.emplace_back();
        const bool whole = TrackReader(data, static_cast<std::uint16_t>(read++), quarter, tempi, programs, smf).read();
        if (!whole || cut) ++damaged;
    }
    if (read < tracks) smf.remarks.push_back(base::Message("the file ends after {} of {} tracks", read, tracks));
    if (damaged > 0)
        smf.remarks.push_back(
            base::Message("{} of {} tracks are damaged or cut off; the notes before that are kept", damaged, read));
    if (smf.notes.empty()) throw base::InvalidInput("there are no notes in this MIDI file");
    for (Smf::Note& note : smf.notes) // what the track does not say, another may
        if (note.program < 0) note.program = std::max(0, programs[note.channel]);
    const auto byTick = [](const auto& a, const auto& b) { return a.tick < b.tick; };
    std::stable_sort(smf.metres.begin(), smf.metres.end(), byTick);
    std::stable_sort(smf.keys.begin(), smf.keys.end(), byTick);
    std::stable_sort(smf.markers.begin(), smf.markers.end(), byTick);
    smf.clock = fixed ? TickClock::fixed(frames * perFrame, tempi) : TickClock(static_cast<int>(division), tempi);
    return smf;
}

} // namespace n2m::midi
