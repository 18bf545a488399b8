#pragma once

#include "engine/labelling/CaptionCleaning.h"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace n2m::labelling {

/// Captions without repetitions, in the order in which they came: a text file with a caption per line. Empty lines and
/// those that begin with # are comments. One thread at a time.
class CaptionList {
public:
    /// Reads a file; lines that cannot be captions are left out, and counted. Throws base::Failure, one line, for a
    /// file that cannot be read, is longer than 1 GiB, or is not text.
    static CaptionList read(const std::filesystem::path& file, CaptionKind kind);

    /// False if the list has it already; captions that differ in capitals or punctuation only are the same.
    bool add(const std::string& caption);

    const std::vector<std::string>& captions() const { return m_captions; }
    std::size_t size() const { return m_captions.size(); }
    std::size_t repeated() const { return m_repeated; } ///< captions that were there already
    std::size_t refused() const { return m_refused; }   ///< lines of the file that cannot be captions

private:
    std::vector<std::string> m_captions;
    std::set<std::string> m_keys;
    std::size_t m_repeated = 0, m_refused = 0;
};

} // namespace n2m::labelling
