#pragma once

#include "engine/audio/Clip.h"
#include "storage/Take.h"
#include "storage/TakeQuery.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace n2m::storage {

class Connection;

/// The result of TakeStore::import().
struct ImportResult {
    Take take;
    bool isNew = true; ///< false: the library had the same sound file already; `take` is the take of that file
};

/// The takes of a library: saves, imports and finds them. MarkStore has what the user writes on them, TakeFiles the
/// trash and the check of their files. Part of a Library, and on its thread.
///
/// Every change is made whole or not at all. All throw LibraryError. Unknown ids are passed over where several are
/// given.
class TakeStore {
public:
    explicit TakeStore(Connection& connection);

    /// Saves a clip: FLAC with 24 bit, or WAV with 32 bit float where samples exceed ±1. The file is written under a
    /// temporary name, flushed to the disk and renamed; then one row is written. `facts` gives everything but id, file,
    /// seconds, sampleRate and channels; created 0 = now. Empty fields are filled from the recipe (prompt, seed, bpm,
    /// key, chords, plan, bundle). Returns the take as saved. Takes tens of milliseconds for 30 s of sound: call it on
    /// the thread that made the clip, through a Library of its own, rather than on the GUI thread. Throws
    /// std::invalid_argument for a clip that is empty or not finite.
    Take add(const audio::Clip& clip, Take facts);

    /// Copies a sound file into the library, unchanged; its recipe gives prompt, seed and plan. A file that is already
    /// in the library's folder is not copied, nor is one whose content the library has outside its trash.
    /// Throws std::runtime_error, one line, where it is not a sound file.
    ImportResult import(const std::filesystem::path& file);

    std::optional<Take> find(std::int64_t id) const;
    /// The take of a file, given absolutely or relative to the library's folder.
    std::optional<Take> findFile(const std::filesystem::path& file) const;
    /// Absolute. Throws a LibraryError if the row names a file outside the library.
    std::filesystem::path pathOf(const Take& take) const;

    /// The takes that a query finds, in its order. Fast enough for every change of the search text.
    std::vector<std::int64_t> ids(const TakeQuery& query = {}) const;
    /// Rows for a list, in the order of `ids`; ids that are gone are left out. Without request, recipe and plan.
    std::vector<Take> page(const std::vector<std::int64_t>& ids) const;
    std::size_t count() const; ///< of takes that are not in the trash
    std::size_t trashCount() const;
    std::vector<std::int64_t> trashedIds() const { return ids(TakeQuery::parse("is:trashed")); }
    /// The seed of the newest take that was generated here and is not in the trash.
    std::optional<std::uint64_t> lastSeed() const;

private:
    /// The take that has this very content, in a file that is there, outside the trash.
    std::optional<Take> findSame(const std::filesystem::path& file) const;

    Connection& m_connection;
};

} // namespace n2m::storage
