#pragma once

#include "engine/base/Error.h"

#include <utility>

namespace n2m::storage {

/// An error of a library: one line for the user, and a kind that decides what the program offers.
class LibraryError : public base::Failure {
public:
    enum class Kind {
        Failed,   ///< anything else: a folder that cannot be made, a disk that does not answer
        Damaged,  ///< the database is no longer readable: offer Library::rebuild()
        Newer,    ///< a later version of this program wrote it; it is left alone
        ReadOnly, ///< a change to a library that can only be read
        DiskFull, ///< nothing was changed
        Busy      ///< another program has been writing for too long; try again
    };

    LibraryError(Kind kind, base::Message message)
        : base::Failure(std::move(message))
        , m_kind(kind) {}
    Kind kind() const { return m_kind; }

private:
    Kind m_kind;
};

} // namespace n2m::storage
