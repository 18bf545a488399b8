#include "storage/Locks.h"

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace n2m::storage {

namespace {

struct flock byteOf(std::int64_t byte, short type) {
    struct flock range {};
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = byte;
    range.l_len = 1;
    return range;
}

} // namespace

Locks::Locks(const std::filesystem::path& file)
    : m_descriptor(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (m_descriptor < 0) throw std::system_error(errno, std::generic_category(), file.string());
}

Locks::~Locks() {
    if (m_descriptor >= 0) close(m_descriptor);
}

bool Locks::set(std::int64_t byte, short type) {
    if (m_descriptor < 0) return true;
    struct flock range = byteOf(byte, type);
    if (fcntl(m_descriptor, F_OFD_SETLK, &range) == 0) return true;
    return errno != EAGAIN && errno != EACCES; // anything else: the file system has no locks
}

bool Locks::tryLock(std::int64_t byte) {
    if (!set(byte, F_WRLCK)) return false;
    m_own.insert(byte);
    return true;
}

bool Locks::lock(std::int64_t byte, int milliseconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    while (!tryLock(byte)) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

bool Locks::share(std::int64_t byte) {
    return set(byte, F_RDLCK);
}

void Locks::unlock(std::int64_t byte) {
    set(byte, F_UNLCK);
    m_own.erase(byte);
}

bool Locks::isHeld(std::int64_t byte) const {
    if (m_own.contains(byte)) return true; // the kernel reports only the locks of others
    if (m_descriptor < 0) return false;
    struct flock range = byteOf(byte, F_WRLCK);
    return fcntl(m_descriptor, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}

} // namespace n2m::storage
