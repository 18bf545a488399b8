#!/usr/bin/env bash
# Builds the Debian package and says where it is: build/release/noise2music-studio_VERSION_ARCH.deb
# Install it with: sudo apt install ./build/release/noise2music-studio_*.deb
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/build.sh" package
ls "$here"/../build/release/noise2music-studio_*.deb
