#pragma once

#include "storage/Take.h"

#include <cstdint>
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

/// The marks that the user puts on takes: stars, ratings, titles, notes, tags, and boards. Part of a Library, and on
/// its thread.
///
/// A call with several ids is one transaction; unknown ids are passed over. All throw LibraryError.
class MarkStore {
public:
    explicit MarkStore(Connection& connection);

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
    std::vector<TagCount> tags() const; ///< by name
    /// The tags of some takes, by name, each with the number of these takes that have it.
    std::vector<TagCount> tagsOf(const std::vector<std::int64_t>& takes) const;

    /// Names follow the rules of tags; a name that another board has: std::invalid_argument.
    std::int64_t createBoard(const std::string& name);
    void renameBoard(std::int64_t board, const std::string& name);
    void removeBoard(std::int64_t board); ///< the takes stay
    void addToBoard(std::int64_t board, const std::vector<std::int64_t>& ids);
    void removeFromBoard(std::int64_t board, const std::vector<std::int64_t>& ids);
    std::vector<Board> boards() const; ///< by name
    std::vector<Board> boardsOf(std::int64_t take) const;

    /// All marks at once, in the order of `takes`.
    std::vector<Marks> marksOf(const std::vector<std::int64_t>& takes) const;
    /// Puts the marks back; boards that are gone are passed over.
    void setMarks(const std::vector<Marks>& marks);

private:
    Connection& m_connection;
};

} // namespace n2m::storage
