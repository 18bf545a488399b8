#pragma once

#include "storage/Take.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace n2m::storage {

/// Fills the empty fields of a take from its recipe (JSON, see engine/cascade/Recipe.h): prompt, negative prompt, seed,
/// bpm, key, chords, plan, bundle. A recipe that cannot be read changes nothing.
void takeFromRecipe(Take& take, std::string_view recipe);

/// A take from its sound file: length, rate, recipe, title, date. Without id and file. Throws std::runtime_error, one
/// line, for a file that is not sound.
Take takeFromFile(const std::filesystem::path& file);

/// Size, time and digest of a file, to find out later whether it has changed.
struct FileState {
    std::int64_t bytes = 0, modified = 0; ///< modified: nanoseconds since 1970
    std::string digest;                   ///< XXH3, 128 bit, in hexadecimal digits
};

/// Throws std::runtime_error, one line, where the file cannot be read.
FileState fileState(const std::filesystem::path& file);
/// The same without reading the file: the digest is empty. False if there is no such file.
bool statFile(const std::filesystem::path& file, FileState& state);

/// The facts about a take that its sound file does not hold, as JSON text for its row in pending_files, and back.
std::string factsToJson(const Take& take);
void takeFromFacts(Take& take, std::string_view facts);

const char* toString(Origin origin);
Origin originFrom(std::string_view text); ///< Imported, where it is unknown

} // namespace n2m::storage
