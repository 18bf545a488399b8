#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace n2m::storage {

class Connection;

/// How the files of a library compare with its rows. Paths are relative to the library's folder.
struct FileReport {
    std::vector<std::int64_t> missing;             ///< takes whose file is gone
    std::vector<std::int64_t> changed;             ///< takes whose file has another content than it was saved with
    std::vector<std::filesystem::path> unknown;    ///< sound files that no take has
    std::vector<std::filesystem::path> unreadable; ///< files that are named like sound but cannot be read as sound
    bool clean() const { return missing.empty() && changed.empty() && unknown.empty() && unreadable.empty(); }
};

struct RebuildReport {
    int kept = 0;         ///< takes that are as they were, or came over from a damaged database
    int found = 0;        ///< takes whose file had been moved or renamed, and was found again by its content
    int added = 0;        ///< files that had no take
    FileReport remaining; ///< differences that rebuilding could not mend
};

/// The files of takes: the trash, deletion for good, and the comparison of files with rows. Part of a Library, and on
/// its thread.
///
/// A call with several ids is one transaction, deleteTrashed() excepted; unknown ids are passed over. All throw
/// LibraryError.
class TakeFiles {
public:
    /// Called with the number of steps that are done and their total; may throw, which stops the work without harm.
    using Watch = std::function<void(std::size_t done, std::size_t of)>;

    explicit TakeFiles(Connection& connection);

    /// Moves files under trash/, where they keep their names.
    void trash(const std::vector<std::int64_t>& ids);
    /// Takes files out of the trash, to their old names if those are free.
    void restore(const std::vector<std::int64_t>& ids);
    /// Deletes files and rows for good, of those takes that are in the trash and stay in it meanwhile. Returns how
    /// many.
    std::size_t deleteTrashed(const std::vector<std::int64_t>& ids, const Watch& watch = {});
    /// Removes rows and leaves files alone: for takes whose file is gone.
    void forget(const std::vector<std::int64_t>& ids);

    /// Compares files with rows. A file whose size and time are as saved counts as unchanged, unless `readAll`.
    FileReport verify(bool readAll = false, const Watch& watch = {}) const;
    /// Brings the rows in step with the folder: moved files are found again by their content, files without a row get
    /// one from their recipe. Rows whose file is gone stay, and are reported. Stopped by the watch, it keeps what it
    /// has done.
    RebuildReport rebuild(const Watch& watch = {});

private:
    Connection& m_connection;
};

} // namespace n2m::storage
