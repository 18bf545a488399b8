# The target docs: the comments of the headers as HTML in build/docs, where Doxygen is installed.
#   cmake --build --preset release --target docs
find_program(N2M_DOXYGEN doxygen)
if(N2M_DOXYGEN)
    add_custom_target(docs
        COMMAND "${CMAKE_COMMAND}" -E make_directory build/docs
        COMMAND "${N2M_DOXYGEN}" docs/Doxyfile
        WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        COMMENT "Writing build/docs/html/index.html"
        VERBATIM)
endif()
