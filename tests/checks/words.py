#!/usr/bin/env python3
"""Checks comments and texts against openings and turns of phrase that nobody understands at first reading.

CONTRIBUTING.md says how to write instead: the first sentence has a subject and a verb, and names the thing.
"""

import re

import sources

OPENINGS = re.compile(r"(What|Of which|Of what|Of a|Of the|Who|Whose|Which|That which) ")
PHRASES = [
    (re.compile(r"\banew\b"), "say: again, new, repaint"),
    (re.compile(r"(?<!\bthere )\b(is|are|was|were) no (?!longer\b|more\b|one\b)[a-z]", re.I), "say: is not a"),
    (re.compile(r", say\b(?! so\b)"), "say: for example, such as"),
    (re.compile(r"\bin hand\b"), "say what is meant"),
    (re.compile(r"\bstands?\b(?! for\b)"), "say: is"),
    (re.compile(r"\blies?\b(?! about\b)"), "say: is"),
]
# The rest of a line from // on, or a string, whichever begins first.
PIECE = re.compile(r'"(?:[^"\\\n]|\\.)*"|//+(?P<comment>[^\n]*)')


def complaints(path, text):
    errors = []
    sentence = ""  # the last comment before this line, if it went up to its end
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#include"):
            continue
        before, sentence = sentence, ""
        for piece in PIECE.finditer(line):
            comment = piece["comment"]
            words = comment if comment is not None else piece[0]
            alone = comment is not None and not line[: piece.start()].strip()
            begins = comment is not None and (not alone or not before or before.rstrip().endswith((".", ":", ";")))
            if begins and OPENINGS.match(words.lstrip(" <*")):
                errors.append(f"{path}:{number}: begins without naming a thing: {words.strip()}")
            for pattern, instead in PHRASES:
                found = pattern.search(words)
                if found:
                    errors.append(f'{path}:{number}: "{found[0].strip()}", {instead}: {words.strip()}')
            if alone:
                sentence = words
    return errors


def main():
    errors = []
    for bad in ("/// What is to be said.", "int x; // Of which one is left.", 'f("Make the selection anew");'):
        if not complaints("planted", bad):
            errors.append(f"words.py: did not notice: {bad}")
    for path in sources.files():
        errors += complaints(path, sources.read(path))
    sources.finish(errors)


if __name__ == "__main__":
    main()
