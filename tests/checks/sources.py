"""The project's own sources, for the checks beside this file."""

import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLOORS = ("app", "engine", "storage", "ui")

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.M)


def files(folders=FLOORS, ends=(".h", ".cpp")):
    """Paths from the root, such as engine/plan/Harmony.h, in order."""
    found = []
    for folder in folders:
        for place, _, names in os.walk(os.path.join(ROOT, folder)):
            found += [os.path.relpath(os.path.join(place, name), ROOT) for name in names if name.endswith(ends)]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def includes(text):
    return _INCLUDE.findall(text)


def closure(path, texts, known=None):
    """All that a file includes, directly or through the project's own headers: {what: the file that includes it}."""
    known = {} if known is None else known
    for included in includes(texts[path]):
        if included not in known:
            known[included] = path
            if included in texts:
                closure(included, texts, known)
    return known


def finish(errors):
    """Ends the check: prints the errors; exit status 1 if there are any."""
    for error in errors:
        print(error)
    sys.exit(1 if errors else 0)
