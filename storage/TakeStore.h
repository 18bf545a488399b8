#pragma once

#include "engine/audio/Clip.h"
#include "storage/Take.h"
#include "storage/TakeQuery.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace n2m::storage {

class Connection;

/// A collection of takes that the user made; a take may be on several.
struct Board {
    std::int64_t id = 0;
    std::string name;
    int takes = 0; ///< trashed ones left out
    bool operator==(const Board&) const = default;
};

struct TagCount {
    std::string name;
    int takes = 0; ///< trashed ones left out
    bool operator==(const TagCount&) const = default;
};

/// How the files of a library compare with its rows. Paths are relative to the library's folder.
struct FileReport {
    std::vector<std::int64_t> missing;             ///< takes whose file is gone
    std::vector<std::int64_t> changed;             ///< takes whose file has another content than it was saved with
    std::vector<std::filesystem::path> unknown;    ///< sound files that no take has
    std::vector<std::filesystem::path> unreadable; ///< files named like sound that are none
    bool clean() const { return missing.empty() && changed.empty() && unknown.empty() && unreadable.empty(); }
};

struct RebuildReport {
    int kept = 0;  ///< takes that are as they were, or came over from a damaged database
    int found = 0; ///< takes whose file had been moved or renamed, and was found again by its content
    int added = 0; ///< files that had no take
    FileReport left;
};

/// What became of a file from elsewhere.
struct Imported {
    Take take;
    bool isNew = true; ///< false: the library had the very same sound file already; this is its take
};

/// The takes of a library: their files and their rows, kept in step. Part of a Library, and on its thread.
///
/// Everything that changes something is done whole or not at all. All throw LibraryError; unknown ids are passed over
/// where several are given. A call with several ids is one transaction.
class TakeStore {
public:
    /// Called with what is done of how much; may throw, which stops the work where it is without harm.
    using Watch = std::function<void(std::size_t done, std::size_t of)>;

    explicit TakeStore(Connection& connection);

    /// Saves a clip: FLAC with 24 bit, or WAV with 32 bit float where samples lie beyond ±1. The file is written
    /// beside, brought to the disk and renamed; then comes one row. `facts` says everything but id, file, seconds,
    /// sampleRate and channels; created 0 = now. Fields left empty that the recipe knows (prompt, seed, bpm, key,
    /// chords, plan, bundle) are taken from it. Returns the take as saved. Takes tens of milliseconds for 30 s of
    /// sound: on the thread that made the clip, through a Library of its own, rather than on the GUI's. Throws
    /// std::invalid_argument for a clip that is empty or not finite.
    Take add(const audio::Clip& clip, Take facts);

    /// Copies a sound file into the library, as it is; a recipe in it tells of prompt, seed and plan. A file that is
    /// already in the library's folder is not copied, nor is one whose very content the library has outside its trash.
    /// Throws std::runtime_error, one line, where it is no sound.
    Imported import(const std::filesystem::path& file);

    std::optional<Take> find(std::int64_t id) const;
    /// The take of a file, given absolutely or relative to the library's folder.
    std::optional<Take> findFile(const std::filesystem::path& file) const;
    std::filesystem::path pathOf(const Take& take) const; ///< absolute

    /// The takes that a query finds, in its order. Meant to be called at every change of the search text.
    std::vector<std::int64_t> ids(const TakeQuery& query = {}) const;
    /// Rows for a list, in the order of `ids`; ids that are gone are left out. Without request, recipe and plan.
    std::vector<Take> page(const std::vector<std::int64_t>& ids) const;
    std::size_t count() const; ///< of takes that are not in the trash
    std::size_t trashCount() const;
    std::optional<std::uint64_t> lastSeed() const; ///< of the newest that was made here and is not in the trash

    void setStarred(const std::vector<std::int64_t>& ids, bool starred);
    void setRating(const std::vector<std::int64_t>& ids, int rating); ///< 0 … 5, or std::invalid_argument
    void setTitle(const std::vector<std::int64_t>& ids, const std::string& title);
    void setNotes(const std::vector<std::int64_t>& ids, const std::string& notes);

    /// Tags are trimmed and compared without regard to case; the first spelling stays. At most 100 bytes, not empty,
    /// without control characters, or std::invalid_argument.
    void setTags(const std::vector<std::int64_t>& ids, const std::vector<std::string>& tags);
    void changeTags(const std::vector<std::int64_t>& ids, const std::vector<std::string>& added,
                    const std::vector<std::string>& removed);
    void addTags(const std::vector<std::int64_t>& ids, const std::vector<std::string>& tags) {
        changeTags(ids, tags, {});
    }
    void removeTags(const std::vector<std::int64_t>& ids, const std::vector<std::string>& tags) {
        changeTags(ids, {}, tags);
    }
    std::vector<TagCount> tags() const;                                         ///< by name
    std::vector<TagCount> tagsOf(const std::vector<std::int64_t>& takes) const; ///< by name; how many of them have it

    /// Names as tags; a name that is taken: std::invalid_argument.
    std::int64_t createBoard(const std::string& name);
    void renameBoard(std::int64_t board, const std::string& name);
    void removeBoard(std::int64_t board); ///< the takes stay
    void addToBoard(std::int64_t board, const std::vector<std::int64_t>& ids);
    void removeFromBoard(std::int64_t board, const std::vector<std::int64_t>& ids);
    std::vector<Board> boards() const; ///< by name
    std::vector<Board> boardsOf(std::int64_t take) const;

    /// All of that at once, in the order of `takes`; and back, where boards that are gone are passed over.
    std::vector<Marks> marksOf(const std::vector<std::int64_t>& takes) const;
    void setMarks(const std::vector<Marks>& marks);

    /// The files of trashed takes lie under trash/, named as before. restore() takes them back, to their old names if
    /// those are free. deleteTrashed() deletes files and rows for good, of those that are in the trash and stay in it
    /// meanwhile, and returns how many.
    void trash(const std::vector<std::int64_t>& ids);
    void restore(const std::vector<std::int64_t>& ids);
    std::size_t deleteTrashed(const std::vector<std::int64_t>& ids, const Watch& watch = {});
    std::vector<std::int64_t> trashedIds() const { return ids(TakeQuery::parse("is:trashed")); }
    /// Removes rows and leaves files alone: for takes whose file is gone.
    void forget(const std::vector<std::int64_t>& ids);

    /// Compares files with rows. A file whose size and time are as saved counts as unchanged, unless `readAll`.
    FileReport verifyFiles(bool readAll = false, const Watch& watch = {}) const;
    /// Brings the rows in step with the folder: what was moved is found again by its content, what has no row gets one
    /// from its recipe. Rows whose file is gone stay, and are reported. Stopped by the watch, it keeps what it has
    /// done.
    RebuildReport rebuild(const Watch& watch = {});

private:
    /// The take that has this very content, in a file that is there, outside the trash.
    std::optional<Take> findSame(const std::filesystem::path& file) const;

    Connection& m_connection;
};

} // namespace n2m::storage
