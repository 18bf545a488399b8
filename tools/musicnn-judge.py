#!/usr/bin/env python3
"""Judges folders of clips by musicnn (Pons and Serra, 2019; ISC), taggers that others trained on real music.

It judges the music independently; the program does not contain it. It needs Python 3.9 to 3.11 and

    pip install 'tensorflow-cpu==2.15.*' 'numpy<2' librosa && pip install --no-deps musicnn

The commonest tags of a folder, and the Fréchet distance of its features to those of a folder of real music:

    tools/musicnn-judge.py clips --reference real-music

Pairs of prompts that differ in one attribute, of which the clips are generated first (into the folder; clips that are
there are kept). A pair is followed if the first clip has more of the first prompt's tags and less of the second's,
as log-odds; or, for tempi, if librosa's beat tracker finds the order. Pairs for which there is no tag are left out:

    tools/musicnn-judge.py clips --pairs assets/evaluation/prompt-pairs.tsv --program build/release/bin/noise2music
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np  # noqa: E402  (the environment comes first)

SOUNDS = (".flac", ".wav", ".ogg", ".mp3")

# The tags of both taggers that a condition of the pairs' file means; a condition that is missing here is not heard.
TAGS = {
    "genre": {
        "drum and bass": "electronic techno dance electronica", "lo-fi": "chillout chill Mellow", "metal": "metal heavy_metal hard_rock",
        "country": "country", "house": "House dance electronic techno", "techno": "techno electronic", "trance": "electronic techno dance",
        "classical": "classical classic", "baroque": "classical harpsichord classic", "soul": "soul rnb", "jazz": "jazz",
        "celtic": "folk", "bossa nova": "jazz easy_listening", "reggae": "", "disco": "dance funk", "chiptune": "electro electronic techno",
        "film score": "ambient classical strings", "synthwave": "80s electro electronic", "hip-hop": "Hip-Hop", "blues": "blues",
        "salsa": "dance", "folk": "folk acoustic", "ambient": "ambient", "waltz": "classical",
        "rock": "rock classic_rock", "funk": "funk", "pop": "pop", "ballad": "Mellow soft",
    },
    "lead": {
        "piano": "piano", "acoustic guitar": "guitar acoustic", "electric guitar": "guitar rock", "cello": "cello", "flute": "flute",
        "violin": "violin", "banjo": "country guitar", "harpsichord": "harpsichord", "sitar": "sitar indian",
        "saxophone": "jazz", "organ": "", "church organ": "", "koto": "harp", "harmonica": "blues", "strings": "strings",
    },
    "has": {
        "piano": "piano", "strings": "strings violin", "cello": "cello", "harp": "harp", "flute": "flute", "violin": "violin",
        "choir": "choir choral", "acoustic guitar": "guitar", "banjo": "guitar country", "pan flute": "flute", "koto": "harp sitar",
    },
    "mood": {
        "happy": "happy", "sad": "sad slow", "calm": "soft quiet chill", "energetic": "loud party", "romantic": "soft beautiful",
        "dreamy": "ambient chillout", "dark": "metal experimental", "tense": "loud fast",
    },
    "era": {"1960s": "60s oldies", "1970s": "70s classic_rock", "1980s": "80s", "1990s": "90s", "modern": "00s", "1930s": "oldies"},
    "solo": "solo",
    "drums": "drums beat beats",
}


class Judge:
    """The two musicnn networks (MagnaTagATune's 50 tags and the Million Song Dataset's 50), loaded once."""

    def __init__(self):
        import tensorflow as tf

        tf.compat.v1.disable_eager_execution()
        import musicnn
        from musicnn import configuration, models

        self.config, self.frames = configuration, 187  # 3 s
        self.networks = []
        for name, labels in (("MTT_musicnn", configuration.MTT_LABELS), ("MSD_musicnn", configuration.MSD_LABELS)):
            graph = tf.Graph()
            with graph.as_default(), tf.name_scope("model"):
                x = tf.compat.v1.placeholder(tf.float32, [None, self.frames, configuration.N_MELS])
                training = tf.compat.v1.placeholder(tf.bool)
                outputs = models.define_model(x, training, name, len(labels))
                session = tf.compat.v1.Session(graph=graph)
                tf.compat.v1.train.Saver().restore(session, os.path.join(os.path.dirname(musicnn.__file__), name, ""))
                # outputs: logits, timbral, temporal, cnn1, cnn2, cnn3, mean_pool, max_pool, penultimate
                self.networks.append((session, x, training, outputs[0], outputs[-1], labels))

    def hear(self, file):
        """The log-odds of each tag (of a tag that both know: the mean), and the features of the whole clip."""
        import librosa

        sound, rate = librosa.load(file, sr=self.config.SR)
        mel = librosa.feature.melspectrogram(
            y=sound, sr=rate, hop_length=self.config.FFT_HOP, n_fft=self.config.FFT_SIZE, n_mels=self.config.N_MELS
        ).T
        mel = np.log10(10000 * mel.astype(np.float16).astype(np.float32) + 1)
        starts = range(0, max(1, len(mel) - self.frames + 1), self.frames)
        batch = np.stack([mel[start : start + self.frames] for start in starts if len(mel) - start >= self.frames])
        tags, features = {}, []
        for session, x, training, logits, penultimate, labels in self.networks:
            odds, inner = session.run([logits, penultimate], {x: batch, training: False})
            for label, value in zip(labels, odds.mean(0)):
                tags.setdefault(label, []).append(float(value))
            features.append(inner.mean(0))
        return {label: np.mean(values) for label, values in tags.items()}, np.concatenate(features)


def frechet(first, second):
    """The squared Fréchet distance between Gaussians (Dowson and Landau, 1982), with shrunken covariances."""
    (m1, c1), (m2, c2) = ((x.mean(0), np.cov(x, rowvar=False)) for x in (first, second))
    values, vectors = np.linalg.eigh(c1)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    middle = np.linalg.eigvalsh(root @ c2 @ root)
    return float(((m1 - m2) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * np.sqrt(np.maximum(middle, 0)).sum())


def bootstrap(first, second, rounds=200):
    """The distance, and the bounds of 95% of it with clips drawn with replacement."""
    random = np.random.default_rng(1)
    draws = [frechet(first[random.integers(0, len(first), len(first))], second) for _ in range(rounds)]
    return frechet(first, second), *np.quantile(draws, [0.025, 0.975])


def sounds_in(folder):
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SOUNDS)
    if len(files) < 2:
        sys.exit(f"{folder}: has fewer than two sound files")
    return files


def describe(judge, folder):
    heard = [judge.hear(file) for file in sounds_in(folder)]
    means = {tag: np.mean([tags[tag] for tags, _ in heard]) for tag in heard[0][0]}
    best = sorted(means, key=means.get, reverse=True)[:12]
    print(f"{folder}: {len(heard)} clips; " + ", ".join(f"{tag} {1 / (1 + np.exp(-means[tag])):.2f}" for tag in best))
    return np.stack([features for _, features in heard])


def tags_of(condition):
    """The tags that a prompt's conditions mean, wanted (+1) and unwanted (-1)."""
    wanted, unwanted = set(), set()
    for part in (part.strip() for part in condition.split(";")):
        target = unwanted if part.startswith("!") else wanted
        part = part.lstrip("!").removeprefix("has ") if not part.startswith("has=") else part
        name, _, values = part.partition("=")
        known = TAGS.get(name)
        if isinstance(known, str):
            target |= set(known.split())
        elif known:
            for value in values.split("|"):
                target |= set(known.get(value, "").split())
    clean = lambda tags: {tag.replace("_", " ") for tag in tags}
    return clean(wanted), clean(unwanted - wanted)


def generate(program, prompt, file, seed):
    if not file.exists():
        subprocess.run([program, "generate", prompt, "--seed", str(seed), "-o", str(file)], check=True, stdout=subprocess.DEVNULL)


def tempo_of(file):
    import librosa

    sound, rate = librosa.load(file, sr=16000)
    return float(np.atleast_1d(librosa.beat.beat_track(y=sound, sr=rate)[0])[0])


def judge_pairs(judge, options):
    options.folder.mkdir(parents=True, exist_ok=True)
    lines = options.pairs.read_text(encoding="utf-8").splitlines()[1:]
    kinds, unheard = {}, {}
    for number, line in enumerate(lines):
        kind, *prompts, first, second = line.split("\t")
        tempo = re.search(r"tempo[<>=]", first) is not None
        (good1, bad1), (good2, bad2) = tags_of(first), tags_of(second)
        if not tempo and not (good1 | bad1) ^ (good2 | bad2) and good1 == good2:
            unheard[kind] = unheard.get(kind, 0) + 1
            continue
        for seed in range(1, options.seeds + 1):
            files = [options.folder / f"{number:03}-{side}-{seed}.flac" for side in ("first", "second")]
            for prompt, file in zip(prompts, files):
                generate(options.program, prompt, file, seed)
            if tempo:
                slow, fast = (tempo_of(file) for file in files)
                right = slow < fast if "tempo>other" in second or "=" in second else slow > fast
                why = f"{slow:.0f} and {fast:.0f} bpm"
            else:
                a, b = (judge.hear(file)[0] for file in files)
                more = lambda tags: float(np.mean([a[tag] - b[tag] for tag in tags])) if tags else 0.0
                score = more(good1 - good2) - more(bad1 - bad2) - more(good2 - good1) + more(bad2 - bad1)
                right, why = score > 0, f"{score:+.2f}"
            kinds.setdefault(kind, []).append(right)
            if not right:
                print(f"not followed ({kind}, {why}): {prompts[0]} / {prompts[1]}", flush=True)
    for kind, followed in kinds.items():
        print(f"{kind:16} {sum(followed):3} of {len(followed):3} ({unheard.get(kind, 0)} pairs cannot be heard)")
    followed = sum(kinds.values(), [])
    print(f"{'all':16} {sum(followed):3} of {len(followed):3}: {100 * np.mean(followed):.0f}%")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="folder of clips")
    parser.add_argument("--reference", type=pathlib.Path, help="folder of real music")
    parser.add_argument("--pairs", type=pathlib.Path, help="a file like assets/evaluation/prompt-pairs.tsv")
    parser.add_argument("--program", help="noise2music, which makes the clips of the pairs that are missing")
    parser.add_argument("--seeds", type=int, default=1, help="clips of each prompt")
    options = parser.parse_args()
    if options.pairs and not options.program:
        parser.error("--pairs needs --program")
    judge = Judge()
    if options.pairs:
        judge_pairs(judge, options)
        return
    features = describe(judge, options.folder)
    if options.reference:
        distance, low, high = bootstrap(features, describe(judge, options.reference))
        print(f"Fréchet distance {distance:.2f} ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
