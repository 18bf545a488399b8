#include "ui/prompt/StartingPoints.h"

#include <QCoreApplication>

namespace n2m::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("n2m::ui", text);
}

/// A built-in prompt. Words, tempo and key are like those that the bundled model was trained on (assets/corpus).
struct Entry {
    const char *name, *prompt;
    double bpm; ///< 0 = from the prompt
    const char *key = "", *chords = "";
};

constexpr Entry entries[] = {
    {QT_TRANSLATE_NOOP("n2m::ui", "Ambient drift"), "a dreamy ambient soundscape with warm pads and a wordless choir",
     0},
    {QT_TRANSLATE_NOOP("n2m::ui", "Piano ballad in the rain"), "a slow, sad piano ballad with soft strings", 66,
     "A minor", "Am F C G"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Film score at dawn"),
     "an uplifting film score with slow strings, where a french horn plays the melody", 76, "D major"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Chamber music"),
     "a playful chamber music piece with violins and a cello, an oboe carries the melody", 116, "G major"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Ballroom waltz"), "an elegant ballroom waltz with strings and a clarinet melody",
     150, "Eb major"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Bossa on the terrace"),
     "a calm bossa nova with an acoustic guitar and a flute melody", 124, "F major"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Jazz after midnight"),
     "a melancholic swinging jazz tune where a saxophone plays over piano and double bass", 104, "C minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Lo-fi for reading"), "a calm lo-fi hip-hop beat with an electric piano", 78,
     "D minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Roots reggae"), "a relaxed roots reggae tune with an organ and a deep bass", 74,
     "G minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Funk with slap bass"), "a lively funk groove with slap bass and a saxophone lead",
     108, "E minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Disco strings"), "a happy disco tune from the 1970s with strings and funk guitar",
     118, "B minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Synthwave by night"),
     "a dark retrowave track with a synth arpeggio, synth brass and pounding drums", 104, "A minor", "Am F C G"},
    {QT_TRANSLATE_NOOP("n2m::ui", "House, deep and warm"), "a dreamy house track with an organ and a synthesizer bass",
     124, "C minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Drum and bass"), "a tense drum and bass track with strings and a deep bass", 172,
     "D minor"},
    {QT_TRANSLATE_NOOP("n2m::ui", "Rock anthem"), "an energetic rock anthem with a distorted electric guitar lead", 128,
     "E minor", "Em C G D"},
    {QT_TRANSLATE_NOOP("n2m::ui", "8-bit adventure"), "a cheerful 8-bit video game theme", 144, "C major"},
};

StageSettings steps(int count) {
    StageSettings settings;
    settings.steps = count;
    return settings;
}

} // namespace

std::vector<StartingPoint> startingPoints() {
    std::vector<StartingPoint> points;
    for (const Entry& entry : entries)
        points.push_back({tr(entry.name), QString::fromLatin1(entry.prompt),
                          entry.bpm > 0.0 ? std::optional(entry.bpm) : std::nullopt, QString::fromLatin1(entry.key),
                          QString::fromLatin1(entry.chords)});
    return points;
}

std::vector<BuiltInPreset> builtInPresets() {
    // The bundled cascade's default is 4; the detectors find 2 and 8 as good, so listening decides.
    StageSettings strong;
    strong.guidance = 5.0;
    return {{tr("Quick draft"), tr("Few steps, to hear quickly whether an idea works."), {}, {steps(2)}},
            {tr("Finest"), tr("Many steps: takes the longest."), {}, {steps(12)}},
            {tr("Ten-second sketch"), tr("A short clip, which takes much less time."), 10.0, {}},
            {tr("Close to the words"), tr("Strong guidance: closer to the prompt, with less variety."), {}, {strong}}};
}

} // namespace n2m::ui
