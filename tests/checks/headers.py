#!/usr/bin/env python3
"""Checks that every header compiles alone: it includes what it needs.

    headers.py COMPILE_COMMANDS [HEADER…]

Each header is parsed as the first of a file, with the flags of a source of its folder. Two things make that fast: the
file ends in a name that is not declared, at which the compiler stops (-Wfatal-errors) instead of instantiating the
templates of torch; and headers that include torch or a widget anyway start from a precompiled header of that.
"""

import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import sources

END = "n2m_end_of_header"
# {what a header includes: the precompiled header to start from}, the first that fits
BASES = {
    re.compile(r"torch/"): "#include <torch/types.h>\n",
    re.compile(r"Q(\w*Widget|\w*Delegate|Dialog|\w*View|Label|\w*Edit|\w*Button|Frame|Menu|\w*Box|Slider|Style)$"):
        "#include <QWidget>\n",
    re.compile(r"Q(Object|Abstract\w*Model|String\w*|Settings)$"): "#include <QObject>\n#include <QString>\n",
    re.compile(r"filesystem$"): "#include <filesystem>\n",
    re.compile(r"string$"): "#include <string>\n",
}


def _flags(database):
    """{folder from the root: (flags, working folder)} of one source of each folder, and of its parents."""
    with open(database, encoding="utf-8") as file:
        entries = json.load(file)
    flags = {}
    for entry in entries:
        folder = os.path.dirname(os.path.relpath(entry["file"], sources.ROOT))
        if folder.split("/")[0] not in sources.FLOORS:
            continue
        words = shlex.split(entry["command"])
        words = words[next(i for i, word in enumerate(words) if re.search(r"(\+\+|clang|gcc|cc)[-\d.]*$", word)
                           and "ccache" not in word) :]
        kept, skip = [], False
        for word in words:
            if skip:
                skip = False
            elif word in ("-o", "-MT", "-MF", "-include"):
                skip = True
            elif word.startswith("-DN2M_"):
                pass  # would not fit a precompiled header made with others
            elif word not in ("-MD", "-c", "-fpch-preprocess", "-Winvalid-pch", entry["file"]):
                kept.append(word)
        flags.setdefault(folder, (kept, entry["directory"]))
        flags.setdefault(folder.split("/")[0], (kept, entry["directory"]))
    return flags


class Compiler:
    def __init__(self, database, scratch):
        self.m_flags = _flags(database)
        self.m_scratch = scratch
        self.m_bases = {}

    def _of(self, header):
        folder = os.path.dirname(header)
        while folder not in self.m_flags and folder:
            folder = os.path.dirname(folder)
        return self.m_flags[folder]

    def base(self, header, known):
        """The text of the precompiled header for a header that includes `known`, and the flags for it."""
        for pattern, text in BASES.items():
            if any(pattern.match(name) for name in known):
                return text, self._of(header)[0]
        return None, None

    def prepare(self, key, command, place):
        """Compiles the precompiled header `key`."""
        name = os.path.join(self.m_scratch, f"base{len(self.m_bases)}.h")
        self.m_bases[key] = name
        with open(name, "w", encoding="utf-8") as file:
            file.write(key)
        return subprocess.Popen([*command, "-x", "c++-header", name, "-o", name + ".gch"], cwd=place,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def complaints(self, header, key):
        """What the compiler says about a header alone; empty: it compiles."""
        command, place = self._of(header)
        start = ["-include", self.m_bases[key]] if key else []
        run = subprocess.run([*command, *start, "-fsyntax-only", "-Wfatal-errors", "-Wno-error", "-w", "-x", "c++", "-"],
                             input=f'#include "{header}"\n{END};\n', cwd=place, capture_output=True, text=True, check=False)
        first = next((line for line in run.stderr.split("\n") if "error" in line), "no error at its end")
        return "" if END in first else f"{header} does not compile alone: {first}"


def main():
    texts = {path: sources.read(path) for path in sources.files()}
    headers = [path for path in texts if path.endswith(".h") and (len(sys.argv) < 3 or path in sys.argv[2:])]
    with tempfile.TemporaryDirectory() as scratch:
        compiler = Compiler(sys.argv[1], scratch)
        # One that lacks an include of its own, to see that it is noticed.
        planted = os.path.join(scratch, "Planted.h")
        with open(planted, "w", encoding="utf-8") as file:
            file.write("inline std::string planted();\n")
        keys, started = {}, []
        for header in headers:
            key, command = compiler.base(header, sources.closure(header, texts))
            keys[header] = key
            if key and key not in compiler.m_bases:
                started.append(compiler.prepare(key, command, sources.ROOT))
        for process in started:
            process.wait()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            errors = [line for line in pool.map(lambda header: compiler.complaints(header, keys[header]), headers) if line]
            compiler.m_flags[scratch] = compiler.m_flags["engine"]
            if not compiler.complaints(planted, None):
                errors.append("headers.py: did not notice a header that lacks an include")
    sources.finish(errors)


if __name__ == "__main__":
    main()
