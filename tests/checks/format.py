#!/usr/bin/env python3
"""Checks that clang-format would change nothing. Exit status 77 where there is no clang-format 14."""

import concurrent.futures
import os
import shutil
import subprocess
import sys

import sources

VERSION = "14"  # another version formats a few places in another way


def main():
    program = shutil.which(f"clang-format-{VERSION}") or shutil.which("clang-format")
    if not program or f"version {VERSION}." not in subprocess.check_output([program, "--version"], text=True):
        print(f"skipped: there is no clang-format {VERSION}; packaging/debian-test-packages.txt names its package")
        sys.exit(77)
    paths = sources.files((*sources.FLOORS, "tests"))

    def run(part):
        return subprocess.run([program, "--dry-run", "-Werror", *part], cwd=sources.ROOT, capture_output=True, text=True,
                              check=False).stderr

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = "".join(pool.map(run, [paths[i : i + 20] for i in range(0, len(paths), 20)]))
    wrong = sorted({line.split(":")[0] for line in said.split("\n") if "-Wclang-format-violations" in line})
    sources.finish([f"{path}: not formatted; run: clang-format -i {path}" for path in wrong])


if __name__ == "__main__":
    main()
