#pragma once

#include "engine/plan/Form.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace n2m::composer {

template <typename T> using Weighted = std::vector<std::pair<T, double>>;

/// The behaviour of an instrument's tone: it decays by itself (Struck, Plucked), or lasts as long as it is played.
enum class Voice { Struck, Plucked, Blown, Bowed, Held };

struct Instrument {
    std::string name;
    std::vector<std::string> names; ///< usual names of it
    std::string shows;              ///< the lead instrument that it sounds like; its own name if none
    std::vector<int> programs;      ///< General MIDI: bank × 1000 + program
    int low = 0, high = 127;        ///< MIDI pitches that it plays
    Voice voice = Voice::Struck;
    bool lead = false; ///< may carry the melody
};

/// A mood and its effects on the music.
struct Mood {
    std::string name;
    std::vector<std::string> words, scenes;
    double minor = 0.5; ///< probability of a minor key
    double tempo = 0.5; ///< place in the genre's range of tempi, 0 … 1
    int registers = 0;  ///< semitones that the melody moves
    double density = 0.0, legato = 0.0, leap = 0.0, energy = 0.0;
    double loudness = 0.0;                                ///< MIDI velocity
    double phrygian = 0.0, lydian = 0.0, chromatic = 0.0; ///< probabilities of a colour in the melody
    double fall = 0.0, rise = 0.0;                        ///< the melody's direction
    double room = 0.0;                                    ///< more reverberation
    double layers = 0.0;                                  ///< minimum probability of every part
};

/// Effects on the rendered sound; zeros do nothing.
struct Finish {
    double lowCut = 0.0, highCut = 0.0;                                   ///< Hz
    double crackle = 0.0, hiss = 0.0, drive = 0.0, wow = 0.0, bits = 0.0; ///< 0 … 1
    double room = 0.2;                                                    ///< reverberation, 0 … 1
};

struct Era {
    std::string name;
    std::vector<std::string> words;
    std::vector<int> kits; ///< drum kits in place of the genre's
    Finish finish;
};

/// A bar or two of rhythm. In `lanes` and `steps` a character is a step: a digit is a loudness, '.' silence, '-' holds.
struct DrumPattern {
    std::string name;
    int beats = 4;
    bool triplet = false;
    std::map<std::string, std::string> lanes;
    int stepsPerBar() const { return triplet || beats % 3 == 0 ? 12 : 16; }
};

struct Pattern {
    std::string name;
    int beats = 4;
    bool triplet = false;
    std::string figure; ///< layout of the chord (accompaniment only)
    std::string steps;
    double gate = 0.9; ///< sounding part of a note's length
    int stepsPerBar() const { return triplet || beats % 3 == 0 ? 12 : 16; }
};

/// An accompanying part that a genre may have.
struct PartChoice {
    std::vector<std::string> instruments, styles;
    bool bass = false, always = false, unlessSolo = false;
    double chance = 1.0;
    double from = 0.0, until = 1.01; ///< plays in sections of this energy
    double gain = -8.0;              ///< dB against the lead
    int low = 48, high = 74;         ///< MIDI pitches
    int voices = 4;
};

struct MelodyStyle {
    std::string style; ///< "song", "riff", "solo", "long", "dance", "sequence"
    double density = 0.5, syncopation = 0.3;
    std::string scale; ///< "diatonic", "pentatonic", "blues", "bebop", "modal", "harmonic", "minimal"
};

struct Genre {
    std::string name;
    std::vector<std::string> names;
    std::vector<std::string> nouns; ///< words for a piece of it; `names` need a noun after them
    std::map<std::string, std::vector<std::string>> soloNames; ///< names that are true with one lead only
    int slowest = 60, fastest = 120;
    Weighted<int> metres;
    Weighted<std::string> feels; ///< "straight", "swing8", "swing16", "triplet"
    double swingLow = 0.5, swingHigh = 0.5;
    std::vector<std::string> major, minor; ///< progressions
    std::vector<std::string> forms;
    std::vector<PartChoice> parts; ///< the bass among them
    std::vector<std::string> drums;
    std::vector<int> kits;
    double drumChance = 1.0, drumsFrom = 0.28, drumGain = -4.0;
    double harmonised = 0.0; ///< probability of a second voice below the lead
    double pump = 0.0;       ///< depth to which the other parts duck under the kick, 0 … 1
    Weighted<std::string> leads, moods, eras;
    MelodyStyle melody;
    Finish finish;
};

/// The genres, moods, instruments and patterns of the corpus, read from assets/corpus. Immutable after loading: any
/// number of threads.
class Vocabulary {
public:
    /// Throws base::Failure, one line that names the file and the reason.
    explicit Vocabulary(const std::filesystem::path& folder);
    /// From assetsFolder() / "corpus".
    Vocabulary();

    const std::vector<Genre>& genres() const { return m_genres; }
    const std::vector<Mood>& moods() const { return m_moods; }
    const std::vector<Era>& eras() const { return m_eras; }
    const std::vector<plan::Form>& forms() const { return m_forms; }
    const std::vector<std::string>& leads() const { return m_leads; }
    /// Every progression of every genre, as degrees: "i bVI bIII bVII"; bars apart by blanks, chords of a bar by
    /// commas.
    const std::vector<std::string>& progressions() const { return m_progressions; }

    /// These throw std::out_of_range for unknown names.
    const Genre& genre(const std::string& name) const;
    const Mood& mood(const std::string& name) const;
    const Era& era(const std::string& name) const;
    const plan::Form& form(const std::string& name) const;
    const std::map<std::string, Instrument>& instruments() const { return m_instruments; }
    const Instrument& instrument(const std::string& name) const { return m_instruments.at(name); }
    const DrumPattern& drums(const std::string& name) const { return m_drums.at(name); }
    const Pattern& bass(const std::string& name) const { return m_bass.at(name); }
    const Pattern& comping(const std::string& name) const { return m_comping.at(name); }
    /// Loudness of a program (bank × 1000 + program) of the default soundfont against the mean, dB (measured).
    double levelOf(int program) const;
    /// The instruments whose names occur in a text as whole words, in any case; of overlapping names ("bass guitar",
    /// "guitar") the longest counts. True: the adjacent words say that it has the melody ("lead piano", "the violin
    /// plays the tune").
    std::map<std::string, bool> instrumentsNamedIn(std::string_view text) const;

private:
    void check() const;
    std::vector<Genre> m_genres;
    std::vector<Mood> m_moods;
    std::vector<Era> m_eras;
    std::vector<plan::Form> m_forms;
    std::vector<std::string> m_leads, m_progressions;
    std::map<std::string, Instrument> m_instruments;
    std::map<std::string, DrumPattern> m_drums;
    std::map<std::string, Pattern> m_bass, m_comping;
    std::map<int, double> m_levels;
};

} // namespace n2m::composer
