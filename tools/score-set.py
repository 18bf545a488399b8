#!/usr/bin/env python3
"""Makes a set of scores, on which `noise2music train` trains a score generator, of collections of real music.

It reads a folder with any of these and writes FOLDER/scores.jsonl, a line per piece with captions and a plan:

    pop909/NNN.mid, NNN.beat.txt, NNN.chord.txt, NNN.key.txt   POP909 (Wang et al., ISMIR 2020; MIT)
    openscore-lieder.jsonl.gz, openscore-quartets.jsonl.gz     OpenScore (CC0), converted to note lists
    freedoom/*.mid                                             Freedoom (BSD-3-Clause)

    tools/score-set.py ../shared/scores -o SET        # needs the Python package mido

Every plan is on a steady grid at the piece's middle tempo: notes keep their place in the beat, the beat's own changes
go. Captions say only what the files say or what follows from them: instruments, key, tempo, mode, a mood by mode and
tempo. A tenth of the pieces is held out, chosen by a hash of the name.
"""

import argparse
import bisect
import collections
import gzip
import hashlib
import json
import pathlib
import statistics

import mido

SHARPS = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# Krumhansl & Kessler (1982): how well each degree fits a major and a minor key.
MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
MINOR = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]
QUALITIES = {"maj": "", "min": "m", "min7": "m7", "maj7": "maj7", "7": "7", "sus2": "sus2", "sus4": "sus4",
             "sus4(b7)": "7sus4", "maj6": "6", "dim": "dim", "hdim7": "m7b5", "aug": "aug", "min6": "m6",
             "dim7": "dim7", "minmaj7": "mMaj7"}


def pitch_class(name):
    value = CLASSES[name[0]]
    return (value + name.count("#") - name.count("b")) % 12


def key_of(notes, signature=None):
    """(tonic, minor): the key whose profile fits the notes' lengths best; with a signature one of its two keys."""
    weights = [0.0] * 12
    for start, end, pitch, *_ in notes:
        weights[pitch % 12] += end - start
    keys = [(tonic, minor) for tonic in range(12) for minor in (False, True)]
    if signature is not None:
        major = signature * 7 % 12
        keys = [(major, False), ((major + 9) % 12, True)]

    def fit(key):
        profile = MINOR if key[1] else MAJOR
        mean, weight_mean = sum(profile) / 12, sum(weights) / 12
        return sum((profile[(n - key[0]) % 12] - mean) * (weights[n] - weight_mean) for n in range(12))

    return max(keys, key=fit)


def key_name(key):
    return SHARPS[key[0]] + (" minor" if key[1] else " major")


def tempo_word(bpm):
    for limit, word in ((66, "very slow"), (90, "slow"), (116, "mid-tempo"), (148, "fast")):
        if bpm < limit:
            return word
    return "very fast"


def mood_words(key, bpm):
    """Words that mode and tempo alone allow."""
    if key[1]:
        return ["sad", "melancholic"] if bpm < 90 else ["dark"] if bpm < 116 else ["tense", "dark"]
    return ["calm", "gentle"] if bpm < 90 else ["uplifting"] if bpm < 116 else ["happy", "cheerful"]


def captions(kinds, instruments, lead, key, bpm, metre):
    """True captions in the corpus' wording."""
    kind, mood, tempo = kinds[0], mood_words(key, bpm)[0], tempo_word(bpm)
    others = [name for name in instruments if name != lead]
    playing = " and ".join(others) if others else lead
    longs = [
        f"A {tempo} {kind} in {key_name(key)} at {round(bpm)} bpm, with {lead} melody and {playing}.",
        f"{'An' if mood[0] in 'aeiou' else 'A'} {mood} {kinds[-1]} for {' and '.join(instruments)}, {tempo}, in {key_name(key)}.",
        f"{mood.capitalize()} {kind} with {lead}, {round(bpm)} bpm.",
        f"The {lead} plays the melody of a {tempo} {kinds[-1]} in {metre[0]}/{metre[1]}.",
    ]
    shorts = [f"{mood} {kind}", f"{tempo} {kind}", f"{kind} with {lead}"]
    tags = [*kinds, mood, mood_words(key, bpm)[-1], *instruments, tempo, f"{round(bpm)} bpm", key_name(key)]
    return {"long": longs, "short": shorts, "tags": tags}


def split_hands(notes, limit=48):
    """A keyboard part as (bass, chords): the lowest note of every onset below `limit` is bass."""
    onsets = collections.defaultdict(list)
    for note in notes:
        onsets[round(note[0] * 12)].append(note)
    bass, chords = [], []
    for group in onsets.values():
        lowest = min(group, key=lambda note: note[2])
        for note in group:
            (bass if note is lowest and note[2] < limit else chords).append(note)
    return sorted(bass), sorted(chords)


def plan_of(parts, beats, beats_per_bar, downbeats, bpm, key, chords):
    """A plan in seconds of parts and chords in beats; `downbeats` is a set of beats."""
    second = 60.0 / bpm
    total = beats * second

    def seconds(beat):
        return round(min(max(beat * second, 0.0), total), 4)

    plan = {"seconds": round(total, 4), "bpm": round(bpm, 3), "beatsPerBar": beats_per_bar, "key": key_name(key),
            "beats": [[round(n * second, 4), 1 if n in downbeats else 0] for n in range(beats)], "chords": [],
            "sections": [], "parts": []}
    for start, end, symbol in chords:
        if seconds(end) - seconds(start) > 0.01:
            plan["chords"].append({"start": seconds(start), "end": seconds(end), "symbol": symbol})
    for role, program, notes in parts:
        rows = [[seconds(s), seconds(e), p, v] for s, e, p, v in notes if seconds(e) - seconds(s) > 0.005]
        if rows:
            plan["parts"].append({"role": role, "program": program, "notes": rows})
    return plan


def beat_reader(times):
    """A function from seconds to beats, by interpolation between the times of the beats."""
    def beat(seconds):
        n = min(max(bisect.bisect_right(times, seconds) - 1, 0), len(times) - 2)
        return n + (seconds - times[n]) / (times[n + 1] - times[n])
    return beat


def midi_tracks(file):
    """[(name, program, channel, [(start, end, pitch, velocity)])] in seconds, by track and channel."""
    midi = mido.MidiFile(file)
    changes = [(0, 0.0, 500000)]
    for tick, tempo in sorted((t, m.tempo) for track in midi.tracks for t, m in absolute(track) if m.type == "set_tempo"):
        last = changes[-1]
        changes.append((tick, last[1] + (tick - last[0]) * last[2] / midi.ticks_per_beat / 1e6, tempo))
    ticks = [change[0] for change in changes]

    def seconds(tick):
        at = changes[bisect.bisect_right(ticks, tick) - 1]
        return at[1] + (tick - at[0]) * at[2] / midi.ticks_per_beat / 1e6

    result = []
    for track in midi.tracks:
        programs, sounding, notes = {}, {}, collections.defaultdict(list)
        for tick, message in absolute(track):
            if message.type == "program_change":
                programs.setdefault(message.channel, message.program)
            elif message.type == "note_on" and message.velocity > 0:
                sounding[message.channel, message.note] = (tick, message.velocity)
            elif message.type in ("note_off", "note_on") and (message.channel, message.note) in sounding:
                start, velocity = sounding.pop((message.channel, message.note))
                notes[message.channel].append((seconds(start), seconds(tick), message.note, velocity, start, tick))
        for channel, found in notes.items():
            result.append((track.name.strip(), programs.get(channel, 0), channel, sorted(found)))
    return midi, changes, result


def absolute(track):
    tick = 0
    for message in track:
        tick += message.time
        yield tick, message


def rows_of(file):
    return [line.split() for line in file.read_text().splitlines() if line.strip()]


def pop909(folder):
    for file in sorted(folder.glob("*.mid")):
        name = file.stem
        beats = [(float(row[0]), float(row[2]) > 0) for row in rows_of(folder / f"{name}.beat.txt")]
        times = [time for time, _ in beats]
        if len(times) < 16:
            continue
        _, _, tracks = midi_tracks(file)
        to_beat = beat_reader(times)
        by_name = {track[0].upper(): track[3] for track in tracks}

        def notes(track):
            placed = [(to_beat(s), to_beat(e), p, v) for s, e, p, v, *_ in by_name.get(track, [])]
            return [note for note in placed if note[0] >= -0.02 and note[0] < len(times)]

        melody, bridge, piano = notes("MELODY"), notes("BRIDGE"), notes("PIANO")
        bpm = 60.0 / statistics.median(b - a for a, b in zip(times, times[1:]))
        if not melody or not piano or not 40 < bpm < 220:
            continue
        bass, chords_part = split_hands(piano)
        rows = [row for row in rows_of(folder / f"{name}.key.txt") if len(row) > 2]
        if rows:
            longest = max(rows, key=lambda row: float(row[1]) - float(row[0]))[2]
            key = (pitch_class(longest.split(":")[0]), longest.endswith("min"))
        else:
            key = key_of(melody + piano)
        chords = []
        for start, end, symbol in rows_of(folder / f"{name}.chord.txt"):
            spelled = "N.C."
            if symbol != "N":
                root, _, quality = symbol.partition(":")
                spelled = root + QUALITIES.get(quality.split("/")[0], "")
            start, end = round(to_beat(float(start)) * 4) / 4, round(to_beat(float(end)) * 4) / 4
            if chords:
                start = max(start, chords[-1][1])
            if end > start:
                chords.append((start, end, spelled))
        downbeats = {n for n, (_, down) in enumerate(beats) if down}
        distances = [b - a for a, b in zip(sorted(downbeats), sorted(downbeats)[1:])]
        metre = statistics.mode(distances) if distances else 4
        yield ("pop909/" + name,
               captions(["pop piano arrangement", "pop", "pop song"], ["piano"], "piano", key, bpm, (metre, 4)),
               plan_of([("lead", 0, melody), ("accompaniment", 0, chords_part), ("accompaniment", 0, bridge),
                        ("bass", 0, bass)], len(times), metre, downbeats, bpm, key, chords))


def openscore(file, kinds):
    voices = ("voice", "singstimme", "soprano", "alto", "tenor", "bass", "chant", "part_1", "baritone", "canto")
    with gzip.open(file, "rt") as lines:
        for number, line in enumerate(lines):
            piece = json.loads(line)
            metres = {(row[1], row[2]) for row in piece["metres"]}
            if len(metres) != 1:
                continue  # a plan has one metre
            (numerator, denominator), = metres
            compound = denominator == 8 and numerator % 3 == 0
            quarters = 1.5 if compound else 4.0 / denominator if denominator < 8 else 0.5
            metre = numerator // 3 if compound else numerator
            tempo = piece["tempi"][0][1] if piece["tempi"] else 90.0
            bpm = tempo / quarters
            while bpm > 200:
                bpm /= 2
            if not 30 < bpm or metre > 6 or len(piece["parts"]) < 2:
                continue
            parts = []
            for part in piece["parts"]:
                parts.append((part["name"], [(s / quarters, (s + l) / quarters, p, 80) for s, l, p in part["notes"]]))
            signature = piece["keys"][0][1] if piece["keys"] else 0
            everything = [note for _, notes in parts for note in notes]
            if len(everything) < 64:
                continue
            key = key_of(everything, signature)
            beats = int(piece["quarters"] / quarters)
            # Repeated rests before the first full bar (a pick-up) are not told apart: bars count from the start.
            downbeats = set(range(0, beats, metre))
            if "song" in kinds[-1]:
                if not parts[0][0].lower().split()[0].startswith(voices) or "piano" not in parts[-1][0].lower():
                    continue
                keyboard = [note for name, notes in parts if not name.lower().split()[0].startswith(voices) for note in notes]
                bass, chords = split_hands(keyboard)
                found = [("lead", 53, parts[0][1]), ("accompaniment", 0, chords), ("bass", 0, bass)]
                instruments, lead = ["voice", "piano"], "voice"
            else:
                if len(parts) != 4:
                    continue
                found = [("lead", 40, parts[0][1]), ("accompaniment", 40, parts[1][1]),
                         ("accompaniment", 41, parts[2][1]), ("bass", 42, parts[3][1])]
                instruments, lead = ["violin", "viola", "cello"], "violin"
            yield (f"{file.stem}/{piece.get('piece', number)}", captions(kinds, instruments, lead, key, bpm, (numerator, denominator)),
                   plan_of(found, beats, metre, downbeats, bpm, key, []))


def freedoom(folder):
    for file in sorted(folder.glob("*.mid")):
        try:
            midi, changes, tracks = midi_tracks(file)
        except (OSError, EOFError, ValueError, KeyError):
            continue
        scale = midi.ticks_per_beat
        length = max((note[5] for track in tracks for note in track[3]), default=0) / scale
        spans = zip(changes, changes[1:] + [(int(length * scale), 0.0, 0)])
        bpm = 6e7 / max(spans, key=lambda pair: pair[1][0] - pair[0][0])[0][2]
        factor = 1.0
        while bpm * factor > 200:
            factor /= 2
        metres = {(m.numerator, m.denominator) for t in midi.tracks for m in t if m.type == "time_signature"} or {(4, 4)}
        if len(metres) != 1 or next(iter(metres))[1] != 4 or not 30 < bpm * factor < 220:
            continue
        metre = next(iter(metres))[0]
        drums, bass, pitched = [], [], []
        for name, program, channel, notes in tracks:
            beats = [(n[4] / scale * factor, n[5] / scale * factor, n[2], n[3]) for n in notes]
            if channel == 9:
                drums += beats
            elif 32 <= program < 40:
                bass.append((program, beats))
            elif len(beats) > 30:
                pitched.append((program, beats))
        if not pitched or metre > 6:
            continue

        def lead_likeness(part):
            onsets = len({round(note[0] * 12) for note in part[1]})
            return statistics.mean(note[2] for note in part[1]) + 24 * onsets / len(part[1])

        pitched.sort(key=lead_likeness, reverse=True)
        lead, rest = pitched[0], sorted(pitched[1:], key=lambda part: -len(part[1]))[:2]
        everything = [note for _, notes in pitched + bass for note in notes]
        key = key_of(everything)
        total = int(length * factor)
        if total < 16:
            continue
        parts = [("lead", *lead)] + [("accompaniment", *part) for part in rest]
        if bass:
            parts.append(("bass", bass[0][0], sorted(bass[0][1])))
        if drums:
            parts.append(("drums", 0, sorted(drums)))
        texts = {"long": [], "short": [f"{tempo_word(bpm * factor)} game music"],
                 "tags": ["game music", tempo_word(bpm * factor), f"{round(bpm * factor)} bpm", key_name(key),
                          "drums" if drums else "no drums"]}
        yield ("freedoom/" + file.stem, texts,
               plan_of(parts, total, metre, set(range(0, total, metre)), bpm * factor, key, []))


def held_out(name):
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10 == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scores", type=pathlib.Path, help="folder of the collections")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True, help="folder that gets scores.jsonl")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    sources = []
    if (options.scores / "pop909").is_dir():
        sources.append(pop909(options.scores / "pop909"))
    for name, kinds in (("lieder", ["classical piece", "classical", "art song"]), ("quartets", ["classical piece", "classical", "string quartet"])):
        file = options.scores / f"openscore-{name}.jsonl.gz"
        if file.is_file():
            sources.append(openscore(file, kinds))
    if (options.scores / "freedoom").is_dir():
        sources.append(freedoom(options.scores / "freedoom"))
    counts, notes = collections.Counter(), 0
    partial = options.output / "scores.jsonl.part"
    with open(partial, "w") as output:
        for source in sources:
            for name, texts, plan in source:
                if not plan["parts"]:
                    continue
                split = "heldout" if held_out(name) else "train"
                line = {"name": name, "captions": texts, "plan": plan, "split": split}
                output.write(json.dumps(line, separators=(",", ":")) + "\n")
                counts[name.split("/")[0], split] += 1
                notes += sum(len(part["notes"]) for part in plan["parts"])
    partial.rename(options.output / "scores.jsonl")
    for (name, split), count in sorted(counts.items()):
        print(f"{name} {split}: {count}")
    print(f"{notes} notes")


if __name__ == "__main__":
    main()
