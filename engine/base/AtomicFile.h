#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace n2m::base {

/// A file that appears whole or not at all. It is written under a temporary name in the same folder; commit() flushes
/// it to the disk and renames it over the old one. Without commit() the destructor removes it.
/// One thread at a time; several processes may write the same file (the last commit wins).
class AtomicFile {
public:
    /// Throws base::Failure, as do write() and commit(): one line with the file's name and the system's reason.
    explicit AtomicFile(std::filesystem::path file);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(const void* data, std::size_t bytes);
    void write(std::string_view text) { write(text.data(), text.size()); }
    void commit();

private:
    [[noreturn]] void fail(int error) const;

    std::filesystem::path m_file, m_temporary;
    int m_descriptor = -1;
};

/// Writes a small file, atomically. Throws as AtomicFile does.
void writeTextFile(const std::filesystem::path& file, std::string_view text);

/// Reads a small file whole. Throws base::Failure, one line, if it is missing, a folder, unreadable or longer than
/// `mostBytes`.
std::string readTextFile(const std::filesystem::path& file, std::size_t mostBytes);

/// A name for use in a message: control characters and everything after the first 200 bytes are left out.
std::string printable(std::string_view name);

} // namespace n2m::base
