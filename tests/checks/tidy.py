#!/usr/bin/env python3
"""Runs clang-tidy on the sources that changed against origin/main, or in the last commit where there is no other.

    tidy.py COMPILE_COMMANDS [FILE…]        with files: on these

Exit status 77 where clang-tidy or the history is missing. Sources that include torch are left out: clang 14 does not
compile Debian's headers of it as C++20.
"""

import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import sources


def _git(*words):
    run = subprocess.run(["git", *words], cwd=sources.ROOT, capture_output=True, text=True, check=False)
    return run.stdout.split() if run.returncode == 0 else None


def _changed():
    """Paths that changed, in the commits that are not in origin/main or in the last one, and since; None: not known."""
    base = _git("merge-base", "HEAD", "origin/main")
    if not base or base == _git("rev-parse", "HEAD"):
        base = _git("rev-parse", "HEAD~1")
    return _git("diff", "--name-only", "--diff-filter=d", base[0]) if base else None


def _database(file, folder):
    """Writes compile commands for clang into the folder: without options of g++, and with the sources of precompiled
    headers in place of what g++ made of them. The files that have commands."""
    with open(file, encoding="utf-8") as opened:
        entries = json.load(opened)
    known, copies = set(), {}
    for entry in entries:
        kept = []
        for word in shlex.split(entry["command"]):
            if word.endswith("cmake_pch.hxx") and os.path.exists(word):
                copies.setdefault(word, os.path.join(folder, f"{len(copies)}.hxx"))
                kept.append(copies[word])
            elif word not in ("-fpch-preprocess", "-Winvalid-pch", "-Werror", "-Wno-restrict"):
                kept.append(word)
        start = next(i for i, word in enumerate(kept) if re.search(r"/(c\+\+|g\+\+|clang\+\+)[-\d.]*$", word))
        entry["command"] = shlex.join(kept[start:])
        known.add(entry["file"])
    for header, copy in copies.items():
        shutil.copyfile(header, copy)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as opened:
        json.dump(entries, opened)
    return known


def main():
    program = shutil.which("clang-tidy")
    if not program:
        print("skipped: there is no clang-tidy; packaging/debian-test-packages.txt names its package")
        sys.exit(77)
    paths = sys.argv[2:] or _changed()
    if paths is None:
        print("skipped: git knows of no earlier commit to compare with")
        sys.exit(77)

    texts = {path: sources.read(path) for path in sources.files()}
    with tempfile.TemporaryDirectory() as folder:
        known = _database(sys.argv[1], folder)
        chosen = [path for path in paths if path in texts and os.path.join(sources.ROOT, path) in known]
        chosen = [path for path in chosen
                  if not any(re.match(r"(torch|ATen|c10)/", name) for name in sources.closure(path, texts))]

        def run(path):
            command = [program, "-p", folder, "--quiet", "--warnings-as-errors=*", path]
            return subprocess.run(command, cwd=sources.ROOT, capture_output=True, text=True, check=False).stdout

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            said = "\n".join(pool.map(run, chosen))
    print(f"{len(chosen)} sources")
    # The same line of a header comes once for each source that includes it.
    found = dict.fromkeys(line for line in said.split("\n") if re.search(r": (warning|error): ", line))
    sources.finish([line.replace(sources.ROOT + "/", "") for line in found])


if __name__ == "__main__":
    main()
