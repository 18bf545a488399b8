# n2m_add_translations(TARGET LANGUAGES FILE… SOURCES FOLDER…): puts the texts of the languages into the program, under
# ":/translations". After a change of texts in the folders: cmake --build --preset release --target update_translations
# It leaves files alone that are up to date.
#
# Not qt_add_translations(): its lupdate reads a project and refuses folders beside it, and quotes what needs no quoting.
function(n2m_add_translations target)
    cmake_parse_arguments(arg "" "" "LANGUAGES;SOURCES" ${ARGN})
    qt_add_lrelease(${target} TS_FILES ${arg_LANGUAGES} QM_FILES_OUTPUT_VARIABLE compiled)
    foreach(file IN LISTS compiled)
        get_filename_component(name "${file}" NAME)
        set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "${name}")
    endforeach()
    qt_add_resources(${target} translations PREFIX "/translations" FILES ${compiled})
    add_custom_target(update_translations
        # -I: or it misses the namespaces
        COMMAND Qt6::lupdate ${arg_SOURCES} -I . -no-obsolete -locations none -ts ${arg_LANGUAGES}
        COMMAND sed -i -e "s/&apos;/'/g" -e "s/&quot;/\"/g" ${arg_LANGUAGES}
        WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        COMMENT "Looking for new texts"
        VERBATIM)
endfunction()
