#!/usr/bin/env bash
# Installs what is missing, then builds the release: everything, or only the TARGETs that are named.
#   packaging/build.sh [TARGET…]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/setup.sh"
cd "$here/.."

# Translation units that include LibTorch take up to 1.5 GB each: no more of them at a time than fit into memory.
jobs=$(nproc)
memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo 2>/dev/null || true)
if [ -n "$memory" ] && [ "$memory" -lt "$jobs" ]; then
    jobs=$((memory > 0 ? memory : 1))
fi

# What CMake has to say about each dependency interests only when it fails.
mkdir -p build
cmake --preset release >build/configure.log 2>&1 || {
    cat build/configure.log >&2
    exit 1
}
targets=()
[ $# -eq 0 ] || targets=(--target "$@")
cmake --build --preset release --parallel "$jobs" "${targets[@]}"
