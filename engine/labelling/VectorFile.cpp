#include "engine/labelling/VectorFile.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/ShortestDecimal.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace n2m::labelling {

using nlohmann::json;

namespace {

constexpr const char* format = "noise2music embeddings 1";

/// Reads a line of a sound file; false if it is damaged.
bool readLine(std::string_view line, std::string& sound, VectorFile::Stamp& stamp, SoundVector& vector) {
    try {
        const json parsed = json::parse(line);
        sound = parsed.at("audio").get<std::string>();
        stamp.bytes = parsed.at("bytes").get<std::uint64_t>();
        stamp.modified = parsed.at("modified").get<std::int64_t>();
        vector.seconds = parsed.at("seconds").get<double>();
        vector.windows = parsed.at("windows").get<int>();
        vector.vector = parsed.at("vector").get<std::vector<float>>();
        return !vector.vector.empty();
    } catch (const json::exception&) {
        return false;
    }
}

} // namespace

VectorFile::Stamp VectorFile::stampOf(const std::filesystem::path& file) {
    std::error_code error;
    Stamp stamp;
    stamp.bytes = std::filesystem::file_size(file, error);
    const auto time = std::filesystem::last_write_time(file, error).time_since_epoch();
    stamp.modified = std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
    return stamp;
}

VectorFile::VectorFile(const std::filesystem::path& folder, const std::string& identity)
    : m_file(folder / name) {
    m_descriptor = open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0666);
    if (m_descriptor < 0) fail();
    try {
        if (flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
            throw base::InvalidInput("{}: another run is working on this data set; wait for its end",
                                     base::printable(folder.string()));
        read(identity);
    } catch (...) {
        close(m_descriptor);
        throw;
    }
}

VectorFile::~VectorFile() {
    close(m_descriptor);
}

void VectorFile::read(const std::string& identity) {
    const std::string text = base::readTextFile(m_file, std::size_t{8} << 30);
    const json head = json::parse(text.substr(0, text.find('\n')), nullptr, false);
    const bool known = head.is_object() && head.contains("format") && head["format"] == format;
    if (!text.empty() && text.find('\n') != std::string::npos && !known)
        throw base::InvalidInput("{}: was not written by this program; choose another folder for the data set",
                                 base::printable(m_file.string()));
    std::size_t whole = 0; // bytes of the lines that are not damaged
    if (known && head.contains("embedding") && head["embedding"] == identity) {
        for (std::size_t begin = text.find('\n') + 1; begin > 0; begin = text.find('\n', begin) + 1) {
            whole = begin;
            const std::size_t end = text.find('\n', begin);
            std::string sound;
            Entry entry;
            if (end == std::string::npos ||
                !readLine(std::string_view(text).substr(begin, end - begin), sound, entry.stamp, entry.vector))
                break;
            m_entries[sound] = std::move(entry);
        }
    }
    if (whole < text.size() && ftruncate(m_descriptor, static_cast<off_t>(whole)) != 0) fail();
    if (whole == 0) append(json{{"format", format}, {"embedding", identity}}.dump());
}

void VectorFile::append(const std::string& line) {
    const std::string text = line + "\n";
    const off_t end = lseek(m_descriptor, 0, SEEK_END);
    const ssize_t written = write(m_descriptor, text.data(), text.size());
    if (written == static_cast<ssize_t>(text.size())) return;
    const int reason = written < 0 ? errno : ENOSPC;
    if (end >= 0 && ftruncate(m_descriptor, end) != 0) errno = reason;
    errno = reason;
    fail();
}

const SoundVector* VectorFile::find(const std::string& sound, const Stamp& stamp) const {
    const auto entry = m_entries.find(sound);
    return entry != m_entries.end() && entry->second.stamp == stamp ? &entry->second.vector : nullptr;
}

const SoundVector& VectorFile::add(const std::string& sound, const Stamp& stamp, SoundVector vector) {
    json line = {{"audio", sound},
                 {"bytes", stamp.bytes},
                 {"modified", stamp.modified},
                 {"seconds", vector.seconds},
                 {"windows", vector.windows},
                 {"vector", json::array()}};
    for (const float value : vector.vector)
        line["vector"].push_back(base::shortestDecimal(value));
    append(line.dump());
    Entry& entry = m_entries[sound];
    entry = {stamp, std::move(vector)};
    return entry.vector;
}

void VectorFile::fail() const {
    throw base::Failure("{}: cannot be written: {}", base::printable(m_file.string()),
                        base::Message::verbatim(std::generic_category().message(errno)));
}

} // namespace n2m::labelling
