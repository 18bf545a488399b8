# LibTorch as the target n2m_torch, whose headers are exempt from our warnings: Debian's, or the folder N2M_TORCH, which
# has include/ and lib/ as a LibTorch archive or the torch of a Python environment has (packaging/build.sh --torch).
#
# The folder is not searched by find_package(Torch): its configuration wants a CUDA toolkit of the same version and
# TORCH_CUDA_ARCH_LIST, though we compile nothing for a GPU, and finds libtorch.so and libc10.so in the system first.

set(N2M_TORCH "" CACHE PATH "Folder of a LibTorch 2.x to build against; empty: Debian's")
add_library(n2m_torch INTERFACE)

if(NOT N2M_TORCH)
    find_package(Torch REQUIRED)
    target_link_libraries(n2m_torch INTERFACE ${TORCH_LIBRARIES})
    target_include_directories(n2m_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
    separate_arguments(N2M_TORCH_FLAGS UNIX_COMMAND "${TORCH_CXX_FLAGS}")
    target_compile_options(n2m_torch INTERFACE ${N2M_TORCH_FLAGS})
    return()
endif()

foreach(needed IN ITEMS include/torch/csrc/api/include/torch/torch.h lib/libtorch.so lib/libtorch_cpu.so lib/libc10.so)
    if(NOT EXISTS "${N2M_TORCH}/${needed}")
        message(FATAL_ERROR "N2M_TORCH: there is no ${needed} in ${N2M_TORCH}")
    endif()
endforeach()
file(STRINGS "${N2M_TORCH}/lib/libc10.so" newer_strings REGEX "c10.*NSt7__cxx1112basic_string" LIMIT_COUNT 1)
if(NOT newer_strings)
    message(FATAL_ERROR "N2M_TORCH: this LibTorch was compiled with the C++ ABI from before 2011, which fits no other "
        "library of the system; take the archive that has cxx11-abi in its name, or a Python torch from 2.7 on")
endif()

# Its include folder brings headers of other libraries in versions of their own: those that we link come from the system.
set(ours "${CMAKE_BINARY_DIR}/include-before-torch")
file(MAKE_DIRECTORY "${ours}")
foreach(header IN ITEMS fmt/format.h nlohmann/json.hpp)
    get_filename_component(library "${header}" DIRECTORY)
    find_path(N2M_HEADERS_OF_${library} "${header}" REQUIRED)
    file(CREATE_LINK "${N2M_HEADERS_OF_${library}}/${library}" "${ours}/${library}" SYMBOLIC)
endforeach()
target_include_directories(n2m_torch SYSTEM INTERFACE
    "${ours}" "${N2M_TORCH}/include" "${N2M_TORCH}/include/torch/csrc/api/include")
target_compile_definitions(n2m_torch INTERFACE USE_DISTRIBUTED USE_C10D_GLOO) # as its own configuration says

# By their paths, so that nothing is searched for. The CUDA part counts as needed though no symbol of it is used: it
# registers itself.
foreach(part IN ITEMS torch torch_cpu torch_cuda c10 c10_cuda)
    if(EXISTS "${N2M_TORCH}/lib/lib${part}.so")
        target_link_libraries(n2m_torch INTERFACE "${N2M_TORCH}/lib/lib${part}.so")
    endif()
endforeach()
target_link_options(n2m_torch INTERFACE -Wl,--no-as-needed)
