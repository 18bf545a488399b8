# What is installed where, and the Debian package: `cmake --build --preset release --target package`, or packaging/deb.sh.

include(GNUInstallDirs)
set(N2M_DATA "${CMAKE_INSTALL_DATADIR}/noise2music-studio") # where model::assetsFolder() looks beside the program

install(TARGETS noise2music RUNTIME)
install(DIRECTORY assets/bundled assets/captions assets/corpus assets/detectors assets/paper assets/training DESTINATION "${N2M_DATA}")
set(N2M_DOC "${CMAKE_INSTALL_DATAROOTDIR}/doc/noise2music-studio") # Debian wants the package's name, not the project's
install(FILES THIRD-PARTY.md README.md CHANGELOG.md DESTINATION "${N2M_DOC}")
install(FILES packaging/debian-copyright RENAME copyright DESTINATION "${N2M_DOC}")
configure_file(packaging/debian-changelog.in "${CMAKE_BINARY_DIR}/changelog" @ONLY)
execute_process(COMMAND gzip -9nc "${CMAKE_BINARY_DIR}/changelog" OUTPUT_FILE "${CMAKE_BINARY_DIR}/changelog.gz")
install(FILES "${CMAKE_BINARY_DIR}/changelog.gz" DESTINATION "${N2M_DOC}")
if(TARGET noise2music-studio)
    install(TARGETS noise2music-studio RUNTIME)
    install(FILES packaging/org.noise2music.Studio.desktop DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
    install(FILES packaging/org.noise2music.Studio.metainfo.xml DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
    install(FILES assets/icons/noise2music-studio.svg RENAME org.noise2music.Studio.svg
        DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME noise2music-studio)
set(CPACK_PACKAGE_VENDOR "Noise2Music Studio")
set(CPACK_PACKAGE_CONTACT "The Noise2Music Studio maintainers <maintainers@noise2music.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Text-to-music diffusion cascade and studio")
set(CPACK_PACKAGE_DESCRIPTION
    "Generates thirty-second music clips from text prompts on this computer, with a
 studio to queue, see, hear, sort and export them, and a command line to train
 the models on music of your own.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# LibTorch takes whatever BLAS is there; with another than this one its matrix products crawl.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libopenblas0-pthread)
# Only `noise2music corpus` needs the soundfont; ALSA's plugins are the way to PulseAudio and PipeWire, and the last are
# Qt's own texts in the user's language.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "musescore-general-soundfont, libasound2-plugins | pipewire-alsa, qt6-translations-l10n")
include(CPack)
