#pragma once

#include "storage/Take.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace n2m::storage {

/// What a recipe (JSON, see engine/cascade/Recipe.h) knows about a take is filled in where the take does not say it:
/// prompt, negative prompt, seed, bpm, key, chords, plan, bundle. A recipe that cannot be read changes nothing.
void takeFromRecipe(Take& take, std::string_view recipe);

/// A take as its sound file describes it: length, rate, recipe, title, date. Without id and file. Throws
/// std::runtime_error, one line, for what is no sound.
Take takeFromFile(const std::filesystem::path& file);

/// What a file is like, to find out later whether it is still the same.
struct FileState {
    std::int64_t bytes = 0, modified = 0; ///< modified: nanoseconds since 1970
    std::string digest;                   ///< XXH3, 128 bit, in hexadecimal digits
};

/// Throws std::runtime_error, one line, where the file cannot be read.
FileState fileState(const std::filesystem::path& file);
/// The same without reading the file: the digest is empty. False if there is no such file.
bool statFile(const std::filesystem::path& file, FileState& state);

/// For the row of a file that is being written: what the file itself will not know. JSON text and back.
std::string factsToJson(const Take& take);
void takeFromFacts(Take& take, std::string_view facts);

const char* toString(Origin origin);
Origin originFrom(std::string_view text); ///< Imported, where it is unknown

} // namespace n2m::storage
