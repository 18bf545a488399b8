#pragma once

#include "engine/labelling/SoundVector.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace n2m::labelling {

/// The vectors of the sound files of a folder, kept beside a data set (`embeddings.jsonl`), so that a run that was
/// stopped goes on where it was. A line per sound file, appended in one write: a kill leaves at most a cut last line,
/// which the next run removes. Locked as long as it is open. One thread at a time.
class VectorFile {
public:
    static constexpr const char* name = "embeddings.jsonl";

    /// Opens or makes it. Vectors of another embedding are dropped. Throws base::InvalidInput if another run has it
    /// open or it is not such a file, base::Failure if it cannot be read or written.
    VectorFile(const std::filesystem::path& folder, const std::string& identity);
    ~VectorFile();
    VectorFile(const VectorFile&) = delete;
    VectorFile& operator=(const VectorFile&) = delete;

    /// The state of a sound file by which it is known again.
    struct Stamp {
        std::uint64_t bytes = 0;
        std::int64_t modified = 0; ///< ns since an epoch of the file system's clock
        bool operator==(const Stamp&) const = default;
    };
    static Stamp stampOf(const std::filesystem::path& file);

    /// nullptr if the file is not known or has changed. `sound` is its path in UTF-8, as add() was told.
    const SoundVector* find(const std::string& sound, const Stamp& stamp) const;
    const SoundVector& add(const std::string& sound, const Stamp& stamp, SoundVector vector);

private:
    struct Entry {
        Stamp stamp;
        SoundVector vector;
    };
    void read(const std::string& identity);
    void append(const std::string& line);
    [[noreturn]] void fail() const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    std::map<std::string, Entry> m_entries;
};

} // namespace n2m::labelling
