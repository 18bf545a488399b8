#!/usr/bin/env bash
# From a prompt to a clip: sets up, builds the program, writes a clip with the bundled cascade, says where it is and how
# long each stage took; with a display, opens the studio on it. Further arguments go to `noise2music generate`.
#   packaging/run.sh "a slow, sad piano ballad with soft strings" [--seed 7 …]
# Without arguments, where there is a display: opens the studio.
#   packaging/run.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/.." && pwd)

display=${DISPLAY:-}${WAYLAND_DISPLAY:-}
studio="$top/build/release/bin/noise2music-studio"
if [ $# -eq 0 ] && [ -n "$display" ]; then
    "$here/build.sh" noise2music-studio >&2
    exec "$studio"
fi

if [ $# -eq 0 ] || [ -z "${1//[[:space:]]/}" ]; then
    echo 'run.sh: what should it sound like? packaging/run.sh "a slow, sad piano ballad with soft strings"' >&2
    exit 2
fi

targets=(noise2music)
if [ -n "$display" ]; then
    targets+=(noise2music-studio)
fi
"$here/build.sh" "${targets[@]}" >&2

facts=$(mktemp)
trap 'rm -f "$facts"' EXIT
output=()
if [[ " $* " != *" -o "* ]]; then
    mkdir -p "$top/clips"
    output=(-o "$top/clips/")
fi
"$top/build/release/bin/noise2music" generate "$@" "${output[@]}" | tee "$facts"

clip=$(head -n 1 "$facts")
if [ -n "$display" ] && [ -f "$clip" ]; then # with --json a program reads it, which wants no window
    exec "$studio" "$clip"
fi
