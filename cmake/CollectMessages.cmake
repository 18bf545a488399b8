# cmake -D SOURCES=<folder or file;…> -D OUTPUT=<file> -P CollectMessages.cmake: writes the formats of base::Message and
# of the exceptions with one (base::InvalidInput, base::Failure) as QT_TRANSLATE_NOOP("Messages", "…") lines, sorted and
# each once. lupdate and tests/ui/MessageTranslationsTest read them. The formats are literals at the place of their use.
cmake_minimum_required(VERSION 3.25)

set(files)
foreach(source IN LISTS SOURCES)
    if(IS_DIRECTORY "${source}")
        file(GLOB_RECURSE found "${source}/*.cpp" "${source}/*.h")
        list(APPEND files ${found})
    else()
        list(APPEND files "${source}")
    endif()
endforeach()

set(literal "\"([^\"\\\\\n]|\\\\.)*\"")
set(lines)
foreach(file IN LISTS files)
    file(READ "${file}" text)
    # Characters that CMake's lists would take as theirs.
    string(REPLACE "[" "<OPEN>" text "${text}")
    string(REPLACE "]" "<CLOSE>" text "${text}")
    string(REPLACE ";" "<SEMICOLON>" text "${text}")
    string(REGEX MATCHALL "(InvalidInput|Failure|Message)([ \n]+[a-z][A-Za-z]*)?[({][ \n]*${literal}([ \n]*${literal})*"
        uses "${text}")
    foreach(use IN LISTS uses)
        string(FIND "${use}" "\"" begin)
        string(SUBSTRING "${use}" ${begin} -1 format)
        string(REGEX REPLACE "([^\\\\])\"[ \n]+\"" "\\1" format "${format}") # adjacent literals are one
        list(APPEND lines "QT_TRANSLATE_NOOP(\"Messages\", ${format})")
    endforeach()
endforeach()
list(REMOVE_DUPLICATES lines)
list(SORT lines)
list(JOIN lines ",\n    " text)
string(REPLACE "<OPEN>" "[" text "${text}")
string(REPLACE "<CLOSE>" "]" text "${text}")
string(REPLACE "<SEMICOLON>" ";" text "${text}")
set(text "const char* const messages[] = {\n    ${text},\n};\n")
file(WRITE "${OUTPUT}" "${text}")
