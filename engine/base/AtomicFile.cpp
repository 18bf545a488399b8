#include "engine/base/AtomicFile.h"

#include "engine/base/Error.h"

#include <fmt/format.h>

#include <atomic>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace n2m::base {

namespace {

[[noreturn]] void failOn(const std::filesystem::path& file, const Message& reason) {
    throw Failure("{}: {}", printable(file.string()), reason);
}

[[noreturn]] void failToRead(const std::filesystem::path& file, int error) {
    failOn(file, Message("cannot be read: {}", Message::verbatim(std::generic_category().message(error))));
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path file)
    : m_file(std::move(file)) {
    static std::atomic<unsigned> count = 0;
    std::error_code ignored;
    const auto status = std::filesystem::status(m_file, ignored);
    if (std::filesystem::is_directory(status)) fail(EISDIR);
    // Renaming over a device or a pipe would replace it: run as root, /dev/null would become a file.
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) fail(EINVAL);
    // The process and a counter in the name keep writers of the same file apart.
    m_temporary =
        m_file.parent_path() / fmt::format(".{}.{}-{}.part", m_file.filename().string(), getpid(), count.fetch_add(1));
    m_descriptor = open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (m_descriptor < 0) fail(errno);
}

AtomicFile::~AtomicFile() {
    if (m_descriptor < 0) return;
    close(m_descriptor);
    unlink(m_temporary.c_str());
}

void AtomicFile::write(const void* data, std::size_t bytes) {
    const char* next = static_cast<const char*>(data);
    while (bytes > 0) {
        const ssize_t written = ::write(m_descriptor, next, bytes);
        if (written < 0) {
            if (errno == EINTR) continue;
            fail(errno);
        }
        next += written;
        bytes -= static_cast<std::size_t>(written);
    }
}

void AtomicFile::commit() {
    if (fsync(m_descriptor) != 0) fail(errno);
    if (rename(m_temporary.c_str(), m_file.c_str()) != 0) fail(errno);
    const bool closed = close(m_descriptor) == 0;
    const int error = errno;
    m_descriptor = -1;
    if (!closed) fail(error);
    // The rename itself is on the disk once the folder is. Some file systems refuse this, and nothing is lost then.
    const std::filesystem::path folder = m_file.has_parent_path() ? m_file.parent_path() : ".";
    if (const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

void AtomicFile::fail(int error) const {
    failOn(m_file, Message("cannot be written: {}", Message::verbatim(std::generic_category().message(error))));
}

void writeTextFile(const std::filesystem::path& file, std::string_view text) {
    AtomicFile output(file);
    output.write(text);
    output.commit();
}

std::string readTextFile(const std::filesystem::path& file, std::size_t mostBytes) {
    // Non-blocking, or opening a named pipe would wait for its writer.
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) failToRead(file, errno);
    struct Closer {
        int descriptor;
        ~Closer() { close(descriptor); }
    } closer{descriptor};
    struct stat status {};
    if (fstat(descriptor, &status) != 0) failToRead(file, errno);
    if (S_ISDIR(status.st_mode)) failOn(file, Message("is a folder, a file was expected"));
    if (!S_ISREG(status.st_mode)) failOn(file, Message("is not a regular file, a file was expected"));
    if (static_cast<std::size_t>(status.st_size) > mostBytes)
        failOn(file, Message("has {} bytes, at most {} were expected", status.st_size, mostBytes));
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t got = read(descriptor, text.data() + done, text.size() - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) failToRead(file, errno);
        if (got == 0) break; // it became shorter meanwhile
        done += static_cast<std::size_t>(got);
    }
    text.resize(done);
    return text;
}

std::string printable(std::string_view name) {
    std::string line;
    for (const char character : name.substr(0, 200)) {
        if (static_cast<unsigned char>(character) >= 0x20 && character != 0x7f) line.push_back(character);
    }
    if (name.size() > 200) line += "...";
    return line;
}

} // namespace n2m::base
