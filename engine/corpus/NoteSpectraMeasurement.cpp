#include "engine/corpus/NoteSpectraMeasurement.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Resample.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace n2m::corpus {

namespace {

using plan::firstDrumKit;
using plan::NoteSpectra;

constexpr int lowestDrum = 35, highestDrum = 81;      // of General MIDI
constexpr double noteLength = 2.2, silence = 1.0;     // seconds of a measured note, and after it
constexpr double releaseFrom = 0.05, releaseTo = 0.2; // seconds after the end between which the fall is measured
constexpr float inaudible = -70.0f; // dB of all bands; the floor is −76 dB, so a fall below this is not measurable

struct Range {
    int low = 127, high = 0;
};

std::map<int, Range> rangesOf(const composer::Vocabulary& vocabulary) {
    std::map<int, Range> ranges;
    for (const auto& [name, instrument] : vocabulary.instruments())
        for (const int program : instrument.programs) {
            Range& range = ranges[program];
            range.low = std::min(range.low, instrument.low);
            range.high = std::max(range.high, instrument.high);
        }
    const auto addKits = [&](const std::vector<int>& kits) {
        for (const int kit : kits)
            ranges[firstDrumKit + kit] = {lowestDrum, highestDrum};
    };
    for (const composer::Genre& genre : vocabulary.genres())
        addKits(genre.kits);
    for (const composer::Era& era : vocabulary.eras())
        addKits(era.kits);
    return ranges;
}

/// All notes of a range, one after the other.
composer::Piece scaleOf(int program, Range range) {
    const bool drums = program >= firstDrumKit;
    composer::Track track;
    track.role = drums ? composer::Track::Role::Drums : composer::Track::Role::Lead;
    track.program = drums ? program - firstDrumKit : program;
    track.channel = drums ? 9 : 0;
    double time = silence;
    for (int pitch = range.low; pitch <= range.high; ++pitch, time += noteLength + silence)
        track.notes.push_back({time, time + noteLength, pitch, NoteSpectra::measuredVelocity});
    composer::Piece piece;
    piece.seconds = time;
    piece.finish.room = 0.0;
    piece.tracks = {track};
    return piece;
}

class Meter {
public:
    explicit Meter(const audio::Clip& clip)
        : m_values(m_mel.analyse(clip.samples))
        , m_frames(m_values.size() / NoteSpectra::bands) {}

    /// dB of a band in the frame whose middle is `age` frames after the time.
    float decibels(double seconds, double age, int band) const {
        const double at = seconds * m_mel.config().frameRate() - 0.5 + age;
        const auto frame =
            static_cast<std::size_t>(std::clamp<long>(std::lround(at), 0, static_cast<long>(m_frames) - 1));
        return m_mel.config().decibels(m_values[static_cast<std::size_t>(band) * m_frames + frame]);
    }

    /// dB of all bands together.
    float loudness(double seconds) const {
        double power = 0.0;
        for (int band = 0; band < NoteSpectra::bands; ++band)
            power += std::pow(10.0, decibels(seconds, 0.0, band) / 10.0);
        return static_cast<float>(10.0 * std::log10(power));
    }

private:
    audio::LogMel m_mel;
    std::vector<float> m_values; // [bands, frames]
    std::size_t m_frames;
};

std::uint8_t levelOf(float decibels) {
    constexpr audio::MelConfig mel;
    const float share = (decibels - mel.floor) / (mel.ceiling - mel.floor);
    return static_cast<std::uint8_t>(std::lround(255.0f * std::clamp(share, 0.0f, 1.0f)));
}

/// The median over the notes: some end before their release and fall at another rate. A note that is damped at once
/// has fallen before the measurement begins.
float releaseOf(const Meter& meter, const std::vector<plan::Note>& notes) {
    std::vector<float> falls;
    for (const plan::Note& note : notes) {
        const float end = meter.loudness(note.end);
        const float before = meter.loudness(note.end + releaseFrom), after = meter.loudness(note.end + releaseTo);
        if (before > inaudible && after < before)
            falls.push_back((before - after) / static_cast<float>(releaseTo - releaseFrom));
        else if (end > inaudible && before <= inaudible)
            falls.push_back((end - inaudible) / static_cast<float>(releaseFrom));
    }
    if (falls.empty()) return NoteSpectra::Instrument().release;
    std::nth_element(falls.begin(), falls.begin() + static_cast<std::ptrdiff_t>(falls.size() / 2), falls.end());
    return std::max(falls[falls.size() / 2], 1.0f);
}

} // namespace

NoteSpectra::Instrument measureInstrument(const composer::Vocabulary& vocabulary, Renderer& renderer, int program,
                                          int lowest, int highest) {
    const composer::Piece piece = scaleOf(program, {lowest, highest});
    const composer::Track& track = piece.tracks.front();
    const audio::Clip sound = renderer.renderOnly(piece, track.role);
    const Meter meter(audio::resample(sound, audio::MelConfig().sampleRate));
    const auto own = static_cast<float>(vocabulary.levelOf(program));
    NoteSpectra::Instrument instrument{lowest, 0.0f, {}};
    for (const plan::Note& note : track.notes)
        for (const int age : NoteSpectra::ages)
            for (int band = 0; band < NoteSpectra::bands; ++band)
                instrument.levels.push_back(levelOf(meter.decibels(note.start, age, band) - own));
    if (track.role != composer::Track::Role::Drums) instrument.release = releaseOf(meter, track.notes);
    return instrument;
}

NoteSpectra measureNoteSpectra(const composer::Vocabulary& vocabulary, Renderer& renderer,
                               const std::function<void(int, int)>& progress) {
    const std::map<int, Range> ranges = rangesOf(vocabulary);
    std::map<int, NoteSpectra::Instrument> instruments;
    for (const auto& [program, range] : ranges) {
        instruments.emplace(program, measureInstrument(vocabulary, renderer, program, range.low, range.high));
        if (progress) progress(static_cast<int>(instruments.size()), static_cast<int>(ranges.size()));
    }
    return NoteSpectra(std::move(instruments));
}

} // namespace n2m::corpus
