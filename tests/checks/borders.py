#!/usr/bin/env python3
"""Checks every #include against the borders between the floors and between the rooms of the engine.

A room may include the rooms that its CMakeLists.txt lists as USES, and theirs. Before it reads the real sources, the
check plants a forbidden include for each rule among them and expects to find it.
"""

import re

import sources

# The libraries that only some may include, by the beginning of the header's name.
LIBRARIES = {
    "torch": re.compile(r"(torch|ATen|c10|caffe2)/"),
    "Qt": re.compile(r"(Q[A-Z]|Qt[A-Z])\w*(/|$)"),
    "SQLite": re.compile(r"(SQLiteCpp/|sqlite3)"),
    "sentencepiece": re.compile(r"sentencepiece"),
    "FluidSynth": re.compile(r"fluidsynth"),
    "PortAudio": re.compile(r"(portaudio|pa_)"),
    "libcurl": re.compile(r"curl/"),
}

# What a floor's files may include themselves. Rooms of the engine: _rooms(). Of the engine, storage and ui may include
# these rooms only.
SHARED_ROOMS = {"base", "request", "audio", "plan"}
FLOORS_BELOW = {
    "engine": {"engine"},
    "storage": {"engine", "storage"},
    "ui": {"engine", "storage", "ui"},
    "app": {"engine", "storage", "ui", "app"},
}
FLOOR_LIBRARIES = {"storage": {"SQLite"}, "ui": {"Qt"}, "app": {"Qt"}}
ROOM_LIBRARIES = {"text": {"sentencepiece"}, "corpus": {"FluidSynth"}, "audio": {"PortAudio"}, "labelling": {"libcurl"}}
# Libraries that must not come in by way of headers either: they stay hidden behind the headers that cross a border.
HIDDEN = {"engine": {"Qt", "SQLite"}, "storage": {"Qt", "torch"}, "ui": {"torch", "SQLite"}, "app": {"torch", "SQLite"}}
# Rooms that the window and the library are built on.
WITHOUT_TORCH = {"base", "audio", "plan", "midi", "sampling", "request", "composer", "prompt"}


def _rooms():
    """{room: (with torch?, all rooms that it may include)}, read from the calls of n2m_add_room()."""
    uses, torch = {}, {}
    for path in sources.files(["engine"], ("CMakeLists.txt",)):
        for call in re.findall(r"^n2m_add_room\(([^)]*)\)", sources.read(path), re.M):
            words = call.split()
            room = words[0]
            torch[room] = "TORCH" in words
            start = words.index("USES") + 1 if "USES" in words else len(words)
            uses[room] = []
            for word in words[start:]:
                if word.isupper():
                    break
                uses[room].append(word.removeprefix("n2m_"))

    def reach(room, seen):
        for used in uses.get(room, []):
            if used not in seen:
                seen.add(used)
                reach(used, seen)
        return seen

    return {room: (torch[room], reach(room, {room})) for room in uses}


def _room(path):
    """The room of a file of the engine; those right in engine/ are of the room called engine."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else "engine"


def _library(header):
    return next((name for name, pattern in LIBRARIES.items() if pattern.match(header)), None)


def violations(texts, rooms, paths):
    """A line for each forbidden include in the files `paths` of `texts`, {path: content}."""
    errors = []
    for path in paths:
        text = texts[path]
        floor = path.split("/")[0]
        room = _room(path) if floor == "engine" else None
        allowed = set(FLOOR_LIBRARIES.get(floor, ()))
        if room:
            allowed = set(ROOM_LIBRARIES.get(room, ()))
            if room not in rooms:
                errors.append(f"{path}: the folder {room} is not a room: no CMakeLists.txt calls n2m_add_room({room} …)")
                continue
            if rooms[room][0] and room not in WITHOUT_TORCH:
                allowed.add("torch")
        for header in sources.includes(text):
            library = _library(header)
            above = header.split("/")[0]
            if library and library not in allowed:
                errors.append(f"{path}: includes {header}, but {room or floor} is without {library}")
            elif above in FLOORS_BELOW and above not in FLOORS_BELOW[floor]:
                errors.append(f"{path}: includes {header}, which is a floor above")
            elif above == "engine" and room and _room(header) not in rooms[room][1]:
                errors.append(f"{path}: includes {header}, but {room} does not list n2m_{_room(header)} in its USES")
            elif above == "engine" and floor in ("storage", "ui") and _room(header) not in SHARED_ROOMS:
                errors.append(f"{path}: includes {header}; {floor} may include {', '.join(sorted(SHARED_ROOMS))} only")
            elif above in FLOORS_BELOW and header not in texts:
                errors.append(f"{path}: includes {header}, which does not exist")
        hidden = HIDDEN[floor] | ({"torch"} if room in WITHOUT_TORCH else set())
        for header, place in sources.closure(path, texts).items():
            library = _library(header)
            if library in hidden and place != path and library not in FLOOR_LIBRARIES.get(place.split("/")[0], ()):
                errors.append(f"{path}: gets {header} by way of {place}, but {room or floor} is without {library}")
            elif library in hidden and place != path and floor != place.split("/")[0]:
                errors.append(f"{path}: gets {header} by way of {place}, which should hide it")
    return errors


PLANTED = {
    "engine/plan/Planted.cpp": "engine/cascade/Stage.h",
    "engine/request/Planted.h": "torch/types.h",
    "engine/base/Planted.cpp": "engine/plan/Harmony.h",
    "engine/diffusion/Planted.cpp": "engine/cascade/Stage.h",
    "engine/network/Planted.cpp": "QtCore/QString",
    "engine/corpus/Planted.cpp": "curl/curl.h",
    "engine/training/Planted.cpp": "SQLiteCpp/Database.h",
    "engine/cascade/Planted.cpp": "storage/Library.h",
    "engine/Planted.cpp": "engine/evaluation/Evaluation.h",
    "engine/nowhere/Planted.cpp": "string",
    "storage/Planted.cpp": "QString",
    "storage/Planted.h": "ui/Messages.h",
    "ui/clip/Planted.cpp": "engine/cascade/Stage.h",
    "ui/queue/Planted.cpp": "sqlite3.h",
    "ui/history/Planted.h": "app/studio/Studio.h",
    "ui/player/Planted.cpp": "portaudio.h",
    "app/Planted.cpp": "torch/torch.h",
    "app/studio/Planted.cpp": "engine/network/UNet.h",  # no torch itself, but its header brings it
    "app/studio/Lost.cpp": "engine/plan/NoSuchHeader.h",
}


def main():
    rooms = _rooms()
    texts = {path: sources.read(path) for path in sources.files()}
    errors = violations(texts, rooms, texts)
    for path, header in PLANTED.items():
        found = violations({**texts, path: f"#include <{header}>\n"}, rooms, [path])
        if not any(error.startswith(f"{path}: ") for error in found):
            errors.append(f"borders.py: did not notice the planted {path}, which includes {header}")
    for room in WITHOUT_TORCH:
        if room not in rooms or rooms[room][0] or any(rooms[used][0] for used in rooms[room][1]):
            errors.append(f"engine/{room}/CMakeLists.txt: {room} is to be built without torch")
    sources.finish(errors)


if __name__ == "__main__":
    main()
