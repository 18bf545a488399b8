#pragma once

#include "storage/JobStore.h"
#include "storage/LibraryError.h"
#include "storage/PromptStore.h"
#include "storage/SettingsStore.h"
#include "storage/TakeStore.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace n2m::storage {

/// A library: a folder that the user can see, with sound files and a database about them.
///   library.db                              takes, queue, prompts, settings (SQLite, with -wal and -shm beside)
///   library.lock                            who runs what, see JobStore
///   clips/2026-11/slow-sad-piano-7.flac     a folder per month; names of prompt and seed
///   trash/2026-11/…                         what was deleted and can be brought back
///   excerpts/…                              stretches of clips for other programs, see Excerpt.h
///
/// Owns one connection to the database. A Library and its stores belong to one thread; other threads, and other
/// programs, open the same folder with a Library of their own. Hides SQLite.
class Library {
public:
    /// $N2M_LIBRARY, else the one that was chosen with setDefaultFolder(), else Noise2Music in the user's music folder
    /// ($XDG_MUSIC_DIR, user-dirs.dirs, ~/Music).
    static std::filesystem::path defaultFolder();
    /// For all of the user's programs, in Noise2Music/library of his configuration ($XDG_CONFIG_HOME, ~/.config);
    /// empty: none is chosen any more. Throws std::runtime_error, one line.
    static void setDefaultFolder(const std::filesystem::path& folder);

    /// Opens the library in `folder`, which is made if need be. What an interrupted program left half done is finished
    /// or cleared away. A folder or database that cannot be written to is opened for reading. Throws LibraryError.
    explicit Library(const std::filesystem::path& folder);
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    /// Makes a new database from the files, and from what can still be read of the old one, which is put aside as
    /// library-damaged-DATE.db. For a library that does not open (LibraryError::Kind::Damaged); no program may have it
    /// open. Throws LibraryError; the old database is still in its place then.
    static RebuildReport rebuild(const std::filesystem::path& folder, const TakeStore::Watch& watch = {});

    TakeStore& takes();
    JobStore& jobs();
    PromptStore& prompts();
    SettingsStore& settings();

    const std::filesystem::path& folder() const; ///< absolute
    /// Whether a folder is one of those that the library has its clips in: a file that is written there may replace one.
    bool keepsClipsIn(const std::filesystem::path& place) const;
    bool readOnly() const;
    /// Whether another connection changed the database since the last call. Cheap; meant to be asked every second.
    bool changedElsewhere();
    /// What was found when it was opened, a line each: files taken up or cleared away, why it is read-only.
    const std::vector<std::string>& problems() const;
    /// One of the problems: the database is new, but there were sound files. TakeStore::rebuild() takes them in.
    bool wantsRebuild() const;
    /// Reads the whole database and says what is wrong with it, a line each; none = sound. Seconds for a large library.
    std::vector<std::string> check() const;

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace n2m::storage
