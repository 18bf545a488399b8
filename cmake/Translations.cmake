# n2m_add_translations(TARGET LANGUAGES FILE… SOURCES FOLDER…): puts the texts of the languages into the program, under
# ":/translations". SOURCES have texts in tr(); the formats of base::Message come from N2M_MESSAGE_SOURCES. After a change
# of texts: cmake --build --preset release --target update_translations, then translate the "unfinished" ones. For texts
# that were only reworded: packaging/move-translations.py. The target leaves files alone that are up to date.
#
# Not qt_add_translations(): its lupdate reads a project and refuses folders outside of it, and quotes more than it must.
# The sources whose messages the window can show. The engine's other rooms work for the command line alone.
set(N2M_MESSAGE_SOURCES engine/Pipeline.cpp storage ui app/studio app/BundlePath.cpp)
foreach(room IN ITEMS audio base cascade composer device diffusion embedding midi model network plan prompt
        request sampling text)
    list(APPEND N2M_MESSAGE_SOURCES engine/${room})
endforeach()
list(TRANSFORM N2M_MESSAGE_SOURCES PREPEND "${CMAKE_SOURCE_DIR}/")

function(n2m_add_translations target)
    cmake_parse_arguments(arg "" "" "LANGUAGES;SOURCES" ${ARGN})
    qt_add_lrelease(${target} TS_FILES ${arg_LANGUAGES} QM_FILES_OUTPUT_VARIABLE compiled)
    foreach(file IN LISTS compiled)
        get_filename_component(name "${file}" NAME)
        set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "${name}")
    endforeach()
    qt_add_resources(${target} translations PREFIX "/translations" FILES ${compiled})
    set(messages "${CMAKE_CURRENT_BINARY_DIR}/messages.cpp")
    add_custom_target(update_translations
        COMMAND "${CMAKE_COMMAND}" -D "SOURCES=${N2M_MESSAGE_SOURCES}" -D "OUTPUT=${messages}"
            -P "${CMAKE_SOURCE_DIR}/cmake/CollectMessages.cmake"
        # -I: or it misses the namespaces
        COMMAND Qt6::lupdate ${arg_SOURCES} "${messages}" -I . -no-obsolete -locations none -ts ${arg_LANGUAGES}
        COMMAND sed -i -e "s/&apos;/'/g" -e "s/&quot;/\"/g" ${arg_LANGUAGES}
        WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
        COMMENT "Looking for new texts"
        VERBATIM)
endfunction()
