#!/usr/bin/env bash
# Sets up, builds everything, runs every test. Arguments go to ctest: packaging/test.sh -R Plan
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/setup.sh" debian-packages.txt debian-test-packages.txt
"$here/build.sh"
cd "$here/.."
ctest --preset release -j2 --no-tests=error "$@"
