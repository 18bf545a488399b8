#include "storage/SoundFacts.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "storage/FileNames.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <vector>

#include <sys/stat.h>

namespace n2m::storage {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

// JSON may come from anywhere: a field of an unexpected type counts as absent.
std::string textAt(const Json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto at = object.find(name);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

double numberAt(const Json& object, const char* name) {
    if (!object.is_object()) return 0.0;
    const auto at = object.find(name);
    const double value = at != object.end() && at->is_number() ? at->get<double>() : 0.0;
    return std::isfinite(value) ? value : 0.0;
}

std::int64_t integerAt(const Json& object, const char* name) {
    if (!object.is_object()) return 0;
    const auto at = object.find(name);
    return at != object.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0;
}

const Json& memberOf(const Json& object, const char* name) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto at = object.find(name);
    return at != object.end() ? *at : none;
}

/// The chords of a plan as a line: each once while it lasts, and a repeating progression once.
std::string chordsOf(const Json& plan) {
    std::vector<std::string> chords;
    for (const Json& span : memberOf(plan, "chords")) {
        const std::string symbol = textAt(span, "symbol");
        if (!symbol.empty() && symbol != "N.C." && (chords.empty() || chords.back() != symbol))
            chords.push_back(symbol);
    }
    std::size_t period = 1;
    const auto repeats = [&] {
        for (std::size_t i = period; i < chords.size(); ++i)
            if (chords[i] != chords[i - period]) return false;
        return true;
    };
    while (period < chords.size() && !repeats())
        ++period;
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>({period, chords.size(), 32}); ++i)
        text += (i ? " " : "") + chords[i];
    return text;
}

void fill(std::string& field, const std::string& value) {
    if (field.empty()) field = value;
}

} // namespace

void takeFromRecipe(Take& take, std::string_view text) {
    const Json recipe = Json::parse(text, nullptr, false);
    if (!recipe.is_object()) return;
    fill(take.prompt, textAt(recipe, "prompt"));
    fill(take.negativePrompt, textAt(recipe, "negativePrompt"));
    if (const Json& seed = memberOf(recipe, "seed"); take.seed == 0 && seed.is_number_integer())
        take.seed = seed.get<std::uint64_t>();
    fill(take.bundle, textAt(memberOf(recipe, "bundle"), "hash"));
    const Json& wishes = memberOf(recipe, "wishes");
    const Json& plan = memberOf(recipe, "plan");
    if (take.bpm == 0.0) take.bpm = numberAt(plan.is_object() ? plan : wishes, "bpm");
    fill(take.key, textAt(plan.is_object() ? plan : wishes, "key"));
    fill(take.chords, textAt(wishes, "chords"));
    if (plan.is_object()) {
        fill(take.chords, chordsOf(plan));
        fill(take.plan, plan.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
}

Take takeFromFile(const fs::path& file) {
    const audio::SoundFileInfo info = audio::soundFileInfo(file);
    if (info.frames == 0) throw base::Failure("{}: has no sound in it", base::printable(file.string()));
    const audio::Metadata metadata = audio::readMetadata(file);
    Take take;
    take.seconds = info.seconds();
    take.sampleRate = info.sampleRate;
    take.channels = info.channels;
    take.recipe = metadata.recipe;
    take.origin = Json::parse(metadata.recipe, nullptr, false).is_object() ? Origin::Generated : Origin::Imported;
    takeFromRecipe(take, metadata.recipe);
    // A generated file without a title from the user has its prompt as title.
    if (metadata.title != take.prompt) take.title = metadata.title;
    if (take.origin == Origin::Imported) take.notes = metadata.comment;
    // The date inside the file comes first: copying changes the time of a file.
    FileState state;
    if (const auto written = timeFrom(metadata.date))
        take.created = *written;
    else if (statFile(file, state))
        take.created = state.modified / 1'000'000;
    return take;
}

bool statFile(const fs::path& file, FileState& state) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
    state.bytes = status.st_size;
    state.modified = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
    return true;
}

FileState fileState(const fs::path& file) {
    FileState state;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || !statFile(file, state)) throw base::Failure("{}: cannot be read", base::printable(file.string()));
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash(XXH3_createState(), &XXH3_freeState);
    if (!hash) throw std::bad_alloc();
    XXH3_128bits_reset(hash.get());
    std::vector<char> block(std::size_t{1} << 18);
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)
        XXH3_128bits_update(hash.get(), block.data(), static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) throw base::Failure("{}: cannot be read", base::printable(file.string()));
    const XXH128_hash_t value = XXH3_128bits_digest(hash.get());
    state.digest = fmt::format("{:016x}{:016x}", value.high64, value.low64);
    return state;
}

std::string factsToJson(const Take& take) {
    return Json{{"created", take.created}, {"prompt", take.prompt}, {"negativePrompt", take.negativePrompt},
                {"title", take.title},     {"seed", take.seed},     {"bpm", take.bpm},
                {"key", take.key},         {"chords", take.chords}, {"request", take.request},
                {"plan", take.plan},       {"bundle", take.bundle}, {"origin", toString(take.origin)},
                {"starred", take.starred}, {"rating", take.rating}, {"notes", take.notes},
                {"tags", take.tags}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

void takeFromFacts(Take& take, std::string_view text) {
    const Json facts = Json::parse(text, nullptr, false);
    if (!facts.is_object()) return;
    const auto set = [&](std::string& field, const char* name) {
        if (facts.contains(name)) field = textAt(facts, name);
    };
    set(take.prompt, "prompt");
    set(take.negativePrompt, "negativePrompt");
    set(take.title, "title");
    set(take.key, "key");
    set(take.chords, "chords");
    set(take.request, "request");
    set(take.plan, "plan");
    set(take.bundle, "bundle");
    set(take.notes, "notes");
    if (const Json& seed = memberOf(facts, "seed"); seed.is_number_integer()) take.seed = seed.get<std::uint64_t>();
    take.created = integerAt(facts, "created");
    take.bpm = numberAt(facts, "bpm");
    take.rating = static_cast<int>(std::clamp<std::int64_t>(integerAt(facts, "rating"), 0, 5));
    take.origin = originFrom(textAt(facts, "origin"));
    if (const Json& starred = memberOf(facts, "starred"); starred.is_boolean()) take.starred = starred.get<bool>();
    take.tags.clear();
    for (const Json& tag : memberOf(facts, "tags"))
        if (tag.is_string()) take.tags.push_back(tag.get<std::string>());
}

const char* toString(Origin origin) {
    switch (origin) {
    case Origin::Generated:
        return "generated";
    case Origin::CommandLine:
        return "command line";
    case Origin::Imported:
        break;
    }
    return "imported";
}

Origin originFrom(std::string_view text) {
    for (const Origin origin : {Origin::Generated, Origin::CommandLine})
        if (text == toString(origin)) return origin;
    return Origin::Imported;
}

} // namespace n2m::storage
