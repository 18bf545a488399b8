#!/usr/bin/env bash
# Installs the Debian packages that are missing; says nothing and takes no time when all are there. Needs root or sudo
# only when something is missing. LISTs are files beside this one; without any: debian-packages.txt.
#   packaging/setup.sh [LIST…]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
    echo "setup.sh: $*" >&2
    exit 1
}

[ $# -gt 0 ] || set -- debian-packages.txt
lists=("${@/#/$here/}")
mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "${lists[@]}")

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this is not Debian; install the equivalents of ${lists[*]}, then: cmake --preset release"

# An installed package is listed as "name installed", once per architecture; unknown ones only on stderr.
installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
    grep -qx "$package installed" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=(env)
elif command -v sudo >/dev/null; then
    as_root=(sudo env)
else
    fail "missing packages, and neither root nor sudo to install them; as root: apt-get install ${missing[*]}"
fi

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
apt=("${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
"${apt[@]}" update || fail "'apt-get update' failed; is there a network, and are the package sources right?"
"${apt[@]}" install --no-install-recommends "${missing[@]}" ||
    fail "'apt-get install' failed; the lines above say why"
