#!/usr/bin/env python3
"""Checks that no source is longer than 400 lines: one that is wants to be two."""

import sources

LIMIT = 400
LONGER = {}  # {path: why it stays whole}


def main():
    lengths = {path: sources.read(path).count("\n") for path in sources.files((*sources.FLOORS, "tests"))}
    errors = [f"{path}: {n} lines, more than {LIMIT}" for path, n in lengths.items() if n > LIMIT and path not in LONGER]
    errors += [f"length.py: {path} is not longer than {LIMIT} lines any more" for path in LONGER if lengths.get(path, 0) <= LIMIT]
    sources.finish(errors)


if __name__ == "__main__":
    main()
