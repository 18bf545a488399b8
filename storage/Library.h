#pragma once

#include "storage/JobStore.h"
#include "storage/LibraryError.h"
#include "storage/MarkStore.h"
#include "storage/PromptStore.h"
#include "storage/SettingsStore.h"
#include "storage/TakeFiles.h"
#include "storage/TakeStore.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace n2m::storage {

/// A library: a folder that the user can see, with sound files and a database about them.
///   library.db                              takes, queue, prompts, settings (SQLite, with its -wal and -shm files)
///   library.lock                            locks of the running programs, see JobStore
///   clips/2026-11/slow-sad-piano-7.flac     a folder per month; the names come from prompt and seed
///   trash/2026-11/…                         deleted clips that can be restored
///   excerpts/…                              excerpts of clips for other programs, see Excerpt.h
///
/// Owns one connection to the database. A Library and its stores belong to one thread; other threads, and other
/// programs, open the same folder with a Library of their own. Hides SQLite.
class Library {
public:
    /// $N2M_LIBRARY, else the folder chosen with setDefaultFolder(), else Noise2Music in the user's music folder
    /// ($XDG_MUSIC_DIR, user-dirs.dirs, ~/Music).
    static std::filesystem::path defaultFolder();
    /// Chooses the default folder for all programs of the user, in Noise2Music/library of the configuration
    /// ($XDG_CONFIG_HOME, ~/.config); empty: forgets the choice. Throws std::runtime_error, one line.
    static void setDefaultFolder(const std::filesystem::path& folder);

    /// Opens the library in `folder`, which is made if need be. Unfinished work of an interrupted program is finished
    /// or removed. A folder or database that cannot be written to is opened for reading. Throws LibraryError.
    explicit Library(const std::filesystem::path& folder);
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// Makes a new database from the files and the readable rows of the old one, which is kept as
    /// library-damaged-DATE.db. For a library that does not open (LibraryError::Kind::Damaged); no program may have it
    /// open. Throws LibraryError; the old database is still in its place then.
    static RebuildReport rebuild(const std::filesystem::path& folder, const TakeFiles::Watch& watch = {});

    TakeStore& takes();
    MarkStore& marks();
    TakeFiles& files();
    JobStore& jobs();
    PromptStore& prompts();
    SettingsStore& settings();

    const std::filesystem::path& folder() const; ///< absolute
    /// Whether a folder is inside the library's clips or trash, where a written file may replace a clip.
    bool keepsClipsIn(const std::filesystem::path& place) const;
    bool readOnly() const;
    /// Whether another connection changed the database since the last call. Cheap; meant to be asked every second.
    bool changedElsewhere();
    /// Problems found on opening, a line each: files added or removed, the reason why it is read-only.
    const std::vector<base::Message>& problems() const;
    /// One of the problems: the database is new, but there were sound files. TakeFiles::rebuild() adds them.
    bool wantsRebuild() const;
    /// Reads the whole database and lists its errors, a line each; empty = sound. Seconds for a large library.
    std::vector<std::string> check() const;

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace n2m::storage
