#pragma once

#include <cstdint>
#include <filesystem>
#include <set>

namespace n2m::storage {

/// Locks that the kernel releases when their owner is gone, also after kill -9: open file description locks on single
/// bytes of the library's lock file. They tell one program whether another still works on a job or file that the
/// database shows as running. The file stays empty. On a file system without such locks, all are granted.
class Locks {
public:
    Locks() = default;                                 ///< for a read-only library: locks nothing
    explicit Locks(const std::filesystem::path& file); ///< throws std::system_error
    ~Locks();
    Locks(const Locks&) = delete;
    Locks& operator=(const Locks&) = delete;

    // The meaning of the bytes.
    static constexpr std::int64_t opening = 0;  ///< held while a program opens, makes or rebuilds the database
    static constexpr std::int64_t presence = 1; ///< shared by all that have the library open
    static constexpr std::int64_t job(std::int64_t id) { return (std::int64_t{1} << 32) + id; }
    static constexpr std::int64_t files(std::int64_t batch) { return (std::int64_t{1} << 48) + batch; }

    bool tryLock(std::int64_t byte);
    bool lock(std::int64_t byte, int milliseconds); ///< false: it was not free in that time
    bool share(std::int64_t byte);
    void unlock(std::int64_t byte);
    bool isHeld(std::int64_t byte) const; ///< by this object or any other

private:
    bool set(std::int64_t byte, short type);

    int m_descriptor = -1;
    std::set<std::int64_t> m_own;
};

} // namespace n2m::storage
