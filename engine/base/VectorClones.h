#pragma once

/// \file
/// Attributes for loops that GCC turns into vector code; for the .cpp files of kernels.

/// Compiles a function for several instruction sets; the loader chooses one. Empty under the sanitizers, which cannot
/// instrument the choice.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define N2M_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define N2M_CLONES
#endif

/// Makes a helper part of the clone that calls it.
#define N2M_INLINE [[gnu::always_inline]] inline
