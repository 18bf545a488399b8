# What every target of ours is compiled with. Link n2m_options PRIVATE.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

# A compiler cache makes a second clean build a matter of seconds. It must be told about precompiled headers.
find_program(N2M_CCACHE ccache)
if(N2M_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env
        "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" "CCACHE_NOHASHDIR=1"
        "${N2M_CCACHE}")
endif()

add_library(n2m_options INTERFACE)
target_include_directories(n2m_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(n2m_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(n2m_options INTERFACE -Wno-restrict) # false alarms on std::string (GCC PR 105651)
endif()
if(N2M_WARNINGS_AS_ERRORS)
    target_compile_options(n2m_options INTERFACE -Werror)
endif()
if(N2M_CCACHE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(n2m_options INTERFACE -fpch-preprocess)
endif()

set(N2M_SANITIZE "" CACHE STRING "Sanitizers to build with: 'address,undefined' or 'thread'")
if(N2M_SANITIZE)
    add_compile_options("-fsanitize=${N2M_SANITIZE}" -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options("-fsanitize=${N2M_SANITIZE}")
endif()
