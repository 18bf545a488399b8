#!/usr/bin/env bash
# Installs what is missing, then builds the release: everything, or only the TARGETs that are named.
#   packaging/build.sh [TARGET…]
# Against another LibTorch than Debian's, for a GPU say: an unpacked archive of LibTorch 2.x, or a Python environment with
# torch (its folder, its site-packages or the torch in them). That build has a folder of its own, build/torch-VERSION.
#   packaging/build.sh --torch PATH [TARGET…]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/torch.sh"
parse_torch "$@"
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
cmake --preset release -B "$build" -DN2M_TORCH="$torch" >build/configure.log 2>&1 || {
    cat build/configure.log >&2
    exit 1
}
targets=()
[ ${#arguments[@]} -eq 0 ] || targets=(--target "${arguments[@]}")
cmake --build "$build" --parallel "$jobs" "${targets[@]}"
[ -z "$torch" ] || check_torch "$build" "$torch"
