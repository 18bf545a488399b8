#include "engine/composer/Composer.h"
#include "engine/composer/Melody.h"
#include "engine/composer/Voicing.h"
#include "engine/plan/Harmony.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m;
using namespace n2m::composer;

class ComposerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyGenreComposes() {
        for (const Genre& genre : m_vocabulary.genres()) {
            for (std::uint64_t seed = 1; seed <= 12; ++seed) {
                const Piece piece = pieceOf(genre.name, seed);
                int leads = 0;
                for (const Track& track : piece.tracks) {
                    QVERIFY2(!track.notes.empty(), (genre.name + ": " + track.instrument + " never plays").c_str());
                    QVERIFY(track.channel >= 0 && track.channel < 16);
                    QCOMPARE(track.channel == 9, track.role == Track::Role::Drums);
                    for (const Note& note : track.notes) {
                        QVERIFY(note.start >= 0.0 && note.start < note.end && note.end <= piece.seconds);
                        QVERIFY(note.pitch >= 0 && note.pitch < 128);
                        QVERIFY(note.velocity > 0 && note.velocity < 128);
                    }
                    for (const Control& control : track.controls)
                        QVERIFY(control.time >= 0.0 && control.time < piece.seconds);
                    leads += track.role == Track::Role::Lead;
                }
                QCOMPARE(leads, 1);
            }
        }
    }

    void theSameSketchGivesTheSameNotes() {
        for (const Genre& genre : m_vocabulary.genres())
            QVERIFY(pieceOf(genre.name, 3).tracks == pieceOf(genre.name, 3).tracks);
    }

    /// The lead plays most of the time, in its instrument's range, and mostly notes of the chord: the plan must be
    /// audible. Over 40 blocks of eight seeds of every genre the least was 10 s with a lead, 95% of notes in the scale
    /// and 93% of long notes on the chord.
    void theLeadIsThereAndFollowsTheChords() {
        int leadNotes = 0, inScale = 0, held = 0, heldInChord = 0;
        for (const Genre& genre : m_vocabulary.genres()) {
            for (std::uint64_t seed = 1; seed <= 8; ++seed) {
                const Piece piece = pieceOf(genre.name, seed);
                const Track& lead = piece.tracks.front();
                const Instrument& instrument = m_vocabulary.instrument(piece.attributes.lead);
                std::vector<bool> sounding(static_cast<std::size_t>(piece.seconds), false);
                for (const Note& note : lead.notes) {
                    QVERIFY(note.pitch >= instrument.low - 2 && note.pitch <= instrument.high + 2);
                    for (double time = note.start; time < note.end; time += 0.5)
                        sounding[std::min(sounding.size() - 1, static_cast<std::size_t>(time))] = true;
                    const plan::Chord chord = plan::chordAt(piece.plan, note.start + 0.06);
                    const auto scale = scaleOver(piece.plan.key, "diatonic", chord);
                    inScale += std::find(scale.begin(), scale.end(), note.pitch % 12) != scale.end();
                    ++leadNotes;
                    if (note.end - note.start < 0.8) continue;
                    ++held;
                    heldInChord += isChordTone(chord, note.pitch);
                }
                const auto seconds = std::count(sounding.begin(), sounding.end(), true);
                QVERIFY2(seconds >= 8, (genre.name + ": the lead is silent").c_str());
            }
        }
        QVERIFY2(inScale > 0.85 * leadNotes, qPrintable(QString::number(double(inScale) / leadNotes)));
        QVERIFY2(heldInChord > 0.75 * held, qPrintable(QString::number(double(heldInChord) / held)));
    }

    /// Basses play roots where chords begin. Over 40 blocks of six seeds the least was 94% of 1474 notes.
    void theBassSaysTheRoot() {
        int changes = 0, roots = 0;
        for (const Genre& genre : m_vocabulary.genres()) {
            for (std::uint64_t seed = 1; seed <= 6; ++seed) {
                const Piece piece = pieceOf(genre.name, seed);
                for (const Track& track : piece.tracks) {
                    if (track.role != Track::Role::Bass) continue;
                    for (const plan::ChordSpan& span : piece.plan.chords) {
                        for (const Note& note : track.notes) {
                            if (std::abs(note.start - span.start) > 0.06) continue;
                            ++changes;
                            roots += note.pitch % 12 == span.chord.root;
                        }
                    }
                }
            }
        }
        QVERIFY(changes > 500);
        QVERIFY2(roots > 0.85 * changes, qPrintable(QString::number(double(roots) / changes)));
    }

    /// Over a hundred blocks of 60 seeds the ratio was 2.35 on average and 1.44 at least; without energy it is 1.
    void loudSectionsHaveMoreNotes() {
        double quiet = 0.0, loud = 0.0, quietSeconds = 0.0, loudSeconds = 0.0;
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            const Piece piece = compose(m_vocabulary, drawSketch(m_vocabulary, seed));
            for (const plan::Section& section : piece.plan.sections) {
                const bool isLoud = section.energy > 0.75f;
                if (!isLoud && section.energy > 0.4f) continue;
                (isLoud ? loudSeconds : quietSeconds) += section.end - section.start;
                for (const Track& track : piece.tracks)
                    for (const Note& note : track.notes)
                        if (note.start >= section.start && note.start < section.end) (isLoud ? loud : quiet) += 1.0;
            }
        }
        QVERIFY2(loud / loudSeconds > 1.2 * quiet / quietSeconds,
                 qPrintable(QString::number(loud / loudSeconds / (quiet / quietSeconds))));
    }

    void voicesMoveLittle() {
        std::vector<int> before;
        for (const char* symbol : {"C", "Am", "F", "G", "C"}) {
            const plan::Chord chord = plan::parseChord(symbol);
            const std::vector<int> now = voiced(chord, 48, 72, 3, before);
            QCOMPARE(now.size(), std::size_t(3));
            for (const int pitch : now)
                QVERIFY(isChordTone(chord, pitch));
            // Triads of neighbouring keys are within a third of each other, voice by voice (any harmony book).
            for (std::size_t n = 0; n < before.size(); ++n)
                QVERIFY(std::abs(now[n] - before[n]) <= 4);
            before = now;
        }
    }

    /// Over a hundred blocks of seeds the difference of tempo was at least 30 bpm, that of pitch 9.8 semitones.
    void moodsChangeTheMusic() {
        const auto meanBpm = [&](const char* mood) {
            double sum = 0.0;
            for (std::uint64_t seed = 1; seed <= 60; ++seed)
                sum += drawSketch(m_vocabulary, seed, 30.0, {{.genre = "pop", .mood = mood}}).plan.bpm;
            return sum / 60.0;
        };
        QVERIFY(meanBpm("energetic") > meanBpm("sad") + 15.0);
        const auto meanPitch = [&](const char* mood) {
            double sum = 0.0, count = 0.0;
            for (std::uint64_t seed = 1; seed <= 30; ++seed) {
                const Sketch sketch =
                    drawSketch(m_vocabulary, seed, 30.0, {{.genre = "pop", .lead = "piano", .mood = mood}});
                for (const Note& note : compose(m_vocabulary, sketch).tracks.front().notes) {
                    sum += note.pitch;
                    count += 1.0;
                }
            }
            return sum / count;
        };
        QVERIFY(meanPitch("dreamy") > meanPitch("dark") + 6.0);
    }

private:
    Piece pieceOf(const std::string& genre, std::uint64_t seed) {
        return compose(m_vocabulary, drawSketch(m_vocabulary, seed, 30.0, {{.genre = genre}}));
    }
    Vocabulary m_vocabulary;
};

QTEST_GUILESS_MAIN(ComposerTest)
#include "ComposerTest.moc"
