# Everything comes from the system (Debian 12's packages: packaging/debian-packages.txt). For a GPU, point
# CMAKE_PREFIX_PATH at a CUDA LibTorch 2.x.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Torch REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PNG REQUIRED)
find_library(N2M_FLUIDSYNTH fluidsynth REQUIRED) # not its pkg-config file: its flags would invalidate our precompiled header
pkg_check_modules(ALSA REQUIRED IMPORTED_TARGET alsa)
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(KISSFFT REQUIRED IMPORTED_TARGET kissfft-float)
pkg_check_modules(PORTAUDIO REQUIRED IMPORTED_TARGET portaudio-2.0)
pkg_check_modules(SAMPLERATE REQUIRED IMPORTED_TARGET samplerate)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
find_package(SQLiteCpp REQUIRED)
pkg_check_modules(SENTENCEPIECE REQUIRED IMPORTED_TARGET sentencepiece)

if(N2M_STUDIO)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Network Widgets Svg Test LinguistTools)
endif()

# LibTorch as one target whose headers are exempt from our warnings.
add_library(n2m_torch INTERFACE)
target_link_libraries(n2m_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(n2m_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
separate_arguments(N2M_TORCH_FLAGS UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(n2m_torch INTERFACE ${N2M_TORCH_FLAGS})
