# Sourced by build.sh and test.sh: --torch PATH, which LibTorch that is, and whether a build got it and no other.

# Sets `torch` (a folder with include/ and lib/, or empty: Debian's), `build` and `arguments` (what is left of "$@").
parse_torch() {
    torch=
    build=build/release
    arguments=("$@")
    [ "${1:-}" = --torch ] || return 0
    local given=${2:?--torch wants a folder: a LibTorch, or a Python environment with torch}
    arguments=("${@:3}")
    local folder
    for folder in "$given" "$given"/torch "$given"/lib/python3*/site-packages/torch; do
        if [ -e "$folder/lib/libtorch_cpu.so" ] && [ -e "$folder/include/torch" ]; then
            torch=$(cd "$folder" && pwd)
        fi
    done
    [ -n "$torch" ] || {
        echo "$0: there is no LibTorch in $given, nor a Python torch" >&2
        exit 2
    }
    local part version=
    for part in MAJOR MINOR PATCH; do
        version+=.$(grep -hoE "define TORCH_VERSION_$part +[0-9]+" "$torch/include/torch/headeronly/version.h" \
            "$torch/include/torch/csrc/api/include/torch/version.h" 2>/dev/null | grep -oE '[0-9]+$' | head -n 1)
    done
    build=build/torch-${version#.}
}

# Fails if a program of the build in $1 loads a LibTorch from elsewhere than $2, or misses a library.
check_torch() {
    local program wrong
    for program in "$1"/bin/noise2music "$1"/bin/noise2music-studio "$1"/tests/*Test; do
        [ -x "$program" ] || continue
        wrong=$(ldd "$program" | grep -E '(/lib(torch|c10|caffe2)[^/]*\.so| not found)' | grep -v "=> $2/" || true)
        if [ -n "$wrong" ]; then
            echo "$program is not linked against the LibTorch in $2:" >&2
            echo "$wrong" >&2
            return 1
        fi
    done
    echo "Every program in $1 loads the LibTorch in $2 and no other."
}
