#pragma once

#include <stdexcept>
#include <string>

namespace n2m::storage {

/// What went wrong with a library, as one line that can be shown to the user, and as a kind that tells what to offer.
class LibraryError : public std::runtime_error {
public:
    enum class Kind {
        Failed,   ///< anything else: a folder that cannot be made, a disk that does not answer
        Damaged,  ///< the database is no longer readable: offer Library::rebuild()
        Newer,    ///< written by a later version of this program, and left alone
        ReadOnly, ///< something was to be changed in a library that can only be read
        DiskFull, ///< nothing was changed
        Busy      ///< another program has been writing for too long; try again
    };

    LibraryError(Kind kind, const std::string& line)
        : std::runtime_error(line)
        , m_kind(kind) {}
    Kind kind() const { return m_kind; }

private:
    Kind m_kind;
};

} // namespace n2m::storage
