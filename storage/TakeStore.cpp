#include "storage/TakeStore.h"

#include "engine/audio/SoundFile.h"
#include "engine/audio/SoundText.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/Connection.h"
#include "storage/FileNames.h"
#include "storage/PendingFiles.h"
#include "storage/TakeRows.h"
#include "storage/TakeSearch.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

fs::path clipsOf(std::int64_t created) {
    return fs::path(clipsFolder) / monthOf(created);
}

audio::Metadata metadataOf(const Take& take) {
    audio::Metadata metadata;
    metadata.title = take.title.empty() ? take.prompt : take.title;
    metadata.software = "Noise2Music Studio " N2M_VERSION;
    if (!take.recipe.empty()) metadata.comment = fmt::format("seed {}: {}", take.seed, take.prompt);
    metadata.date = timeOf(take.created);
    metadata.recipe = take.recipe;
    return metadata;
}

/// The name of an imported file, without control characters and leading dots.
std::string importedName(const fs::path& file) {
    std::string stem = audio::asUtf8(file.stem().string());
    for (char& c : stem)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '-';
    while (!stem.empty() && stem.front() == '.')
        stem.erase(0, 1);
    stem = audio::cutUtf8(stem, 150);
    return (stem.empty() ? "clip" : stem) + audio::asUtf8(file.extension().string());
}

void copyFile(const fs::path& from, const fs::path& to) {
    std::ifstream input(from, std::ios::binary);
    base::AtomicFile output(to);
    std::vector<char> block(std::size_t{1} << 20);
    while (input.read(block.data(), static_cast<std::streamsize>(block.size())) || input.gcount() > 0)
        output.write(block.data(), static_cast<std::size_t>(input.gcount()));
    if (!input.is_open() || input.bad()) throw base::Failure("{}: cannot be read", base::printable(from.string()));
    output.commit();
}

/// Has the file written under a free name, and writes its row.
template <class WriteFile>
Take save(Connection& connection, Take take, const fs::path& wanted, const WriteFile& writeFile) {
    FileReservation reservation(connection, wanted, take);
    take.file = reservation.file();
    const fs::path file = connection.pathOf(take.file);
    FileState state;
    try {
        fs::create_directories(file.parent_path());
        writeFile(file);
        state = fileState(file);
    } catch (const std::runtime_error& error) {
        connection.rethrowFile(error);
    }
    take.id = connection.write([&](SQLite::Database& database) {
        const std::int64_t id = insertTake(database, take, state);
        reservation.finish(database);
        return id;
    });
    return take;
}

} // namespace

TakeStore::TakeStore(Connection& connection)
    : m_connection(connection) {}

Take TakeStore::add(const audio::Clip& clip, Take take) {
    m_connection.requireWritable();
    if (take.rating < 0 || take.rating > 5) throw base::InvalidInput("a rating is a number from 0 to 5");
    take.tags = checkedTags(take.tags);
    takeFromRecipe(take, take.recipe);
    if (take.created == 0) take.created = now();
    take.trashed.reset();
    take.seconds = clip.frames() > 0 ? clip.seconds() : 0.0;
    take.sampleRate = clip.sampleRate;
    take.channels = clip.channels;
    const bool tooLoud =
        std::any_of(clip.samples.begin(), clip.samples.end(), [](float sample) { return std::abs(sample) > 1.0f; });
    const std::string name = fmt::format("{}-{}.{}", fileStem(take.title.empty() ? take.prompt : take.title), take.seed,
                                         tooLoud ? "wav" : "flac");
    return save(m_connection, take, clipsOf(take.created) / name, [&](const fs::path& file) {
        audio::writeSoundFile(file, clip, tooLoud ? audio::SampleFormat::Float32 : audio::SampleFormat::Pcm24,
                              metadataOf(take));
    });
}

std::optional<Take> TakeStore::findSame(const fs::path& file) const {
    const FileState state = fileState(file);
    const auto ids = m_connection.read([&](SQLite::Database& database) {
        std::vector<std::int64_t> same;
        SQLite::Statement rows(
            database, "SELECT id FROM takes WHERE file_digest = ? AND file_bytes = ? AND trashed IS NULL ORDER BY id");
        SQLite::bind(rows, state.digest, state.bytes);
        while (rows.executeStep())
            same.push_back(rows.getColumn(0).getInt64());
        return same;
    });
    for (const std::int64_t id : ids) {
        auto take = find(id);
        // A missing or changed file must not prevent the import of one that could replace it.
        try {
            if (take && fileState(pathOf(*take)).digest == state.digest) return take;
        } catch (const std::runtime_error&) {
        }
    }
    return {};
}

ImportResult TakeStore::import(const fs::path& file) {
    m_connection.requireWritable();
    Take take = takeFromFile(file);
    std::error_code ignored;
    const fs::path inside =
        fs::weakly_canonical(file, ignored).lexically_relative(fs::weakly_canonical(m_connection.folder(), ignored));
    if (isLibraryFile(inside) && !isTrashFile(inside)) {
        if (auto known = findFile(inside)) return {std::move(*known), false};
        take.file = inside;
        const FileState state = fileState(file);
        take.id = m_connection.write([&](SQLite::Database& database) { return insertTake(database, take, state); });
        return {std::move(take)};
    }
    if (auto known = findSame(file)) return {std::move(*known), false};
    const std::int64_t when = now();
    if (take.recipe.empty()) take.created = when;
    return {save(m_connection, take, clipsOf(when) / importedName(file),
                 [&](const fs::path& target) { copyFile(file, target); })};
}

std::optional<Take> TakeStore::find(std::int64_t id) const {
    return m_connection.read([&](SQLite::Database& database) -> std::optional<Take> {
        SQLite::Statement row(database, selectTakes + "WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) return {};
        Take take = takeFrom(row);
        readTags(database, take);
        SQLite::Statement details(database, "SELECT request, recipe, plan FROM take_details WHERE take = ?");
        details.bind(1, id);
        if (details.executeStep()) {
            take.request = details.getColumn(0).getString();
            take.recipe = details.getColumn(1).getString();
            take.plan = details.getColumn(2).getString();
        }
        return take;
    });
}

std::optional<Take> TakeStore::findFile(const fs::path& file) const {
    const fs::path inside = file.is_absolute() ? file.lexically_relative(m_connection.folder()) : file;
    const auto id = m_connection.read([&](SQLite::Database& database) -> std::int64_t {
        SQLite::Statement row(database, "SELECT id FROM takes WHERE file = ?");
        row.bind(1, inside.lexically_normal().string());
        return row.executeStep() ? row.getColumn(0).getInt64() : 0;
    });
    return id ? find(id) : std::nullopt;
}

fs::path TakeStore::pathOf(const Take& take) const {
    return m_connection.pathOf(take.file);
}

std::vector<std::int64_t> TakeStore::ids(const TakeQuery& query) const {
    return m_connection.read([&](SQLite::Database& database) { return searchTakes(database, query); });
}

std::vector<Take> TakeStore::page(const std::vector<std::int64_t>& ids) const {
    return m_connection.read([&](SQLite::Database& database) { return readTakes(database, ids); });
}

std::size_t TakeStore::count() const {
    return m_connection.read([](SQLite::Database& database) {
        return static_cast<std::size_t>(
            database.execAndGet("SELECT count(*) FROM takes WHERE trashed IS NULL").getInt64());
    });
}

std::size_t TakeStore::trashCount() const {
    return m_connection.read([](SQLite::Database& database) {
        return static_cast<std::size_t>(
            database.execAndGet("SELECT count(*) FROM takes WHERE trashed IS NOT NULL").getInt64());
    });
}

std::optional<std::uint64_t> TakeStore::lastSeed() const {
    return m_connection.read([](SQLite::Database& database) -> std::optional<std::uint64_t> {
        SQLite::Statement row(database, "SELECT seed FROM takes WHERE trashed IS NULL AND origin = 'generated' "
                                        "ORDER BY created DESC, id DESC LIMIT 1");
        if (!row.executeStep()) return std::nullopt;
        return static_cast<std::uint64_t>(row.getColumn(0).getInt64());
    });
}

} // namespace n2m::storage
