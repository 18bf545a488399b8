#!/usr/bin/env bash
# Sets up, builds everything, runs every test. Arguments go to ctest: packaging/test.sh -R Plan
# Against another LibTorch, as build.sh: packaging/test.sh --torch PATH -R Plan
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/torch.sh"
parse_torch "$@"
"$here/setup.sh" debian-packages.txt debian-test-packages.txt
if [ -n "$torch" ]; then
    "$here/build.sh" --torch "$torch"
else
    "$here/build.sh"
fi
cd "$here/.."
ctest --test-dir "$build" --output-on-failure -j2 --no-tests=error "${arguments[@]}"
