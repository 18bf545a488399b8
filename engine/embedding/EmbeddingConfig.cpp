#include "engine/embedding/EmbeddingConfig.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/ObjectReader.h"

#include <nlohmann/json.hpp>

#include <string>

namespace n2m::embedding {

namespace {

constexpr const char* formatName = "noise2music embedding 1";

} // namespace

nlohmann::json toJson(const EmbeddingConfig& config) {
    return {
        {"format", formatName},           {"dimensions", config.dimensions},    {"buckets", config.buckets},
        {"word_width", config.wordWidth}, {"text_width", config.textWidth},     {"text_layers", config.textLayers},
        {"text_heads", config.textHeads}, {"text_hidden", config.textHidden},   {"maximum_words", config.maximumWords},
        {"band_width", config.bandWidth}, {"rhythm_width", config.rhythmWidth}, {"audio_hidden", config.audioHidden},
        {"channels", config.channels}};
}

EmbeddingConfig embeddingConfigFromJson(const nlohmann::json& object) {
    EmbeddingConfig config;
    base::ObjectReader reader(object, "");
    std::string format;
    reader.text("format", format);
    if (format != formatName) reader.fail("format", base::Message("\"{}\" was expected", formatName));
    reader.number("dimensions", config.dimensions, 2, 4096);
    reader.number("buckets", config.buckets, 16, 10'000'000);
    reader.number("word_width", config.wordWidth, 1, 4096);
    reader.number("text_width", config.textWidth, 1, 4096);
    reader.number("text_layers", config.textLayers, 0, 48);
    reader.number("text_heads", config.textHeads, 1, 128);
    reader.number("text_hidden", config.textHidden, 1, 16384);
    reader.number("maximum_words", config.maximumWords, 1, 1024);
    reader.number("band_width", config.bandWidth, 1, 4096);
    reader.number("rhythm_width", config.rhythmWidth, 1, 4096);
    reader.number("audio_hidden", config.audioHidden, 1, 16384);
    reader.numbers("channels", config.channels, 1, 4096);
    reader.finish();
    if (config.channels.size() != 4) reader.fail("channels", base::Message("four numbers were expected"));
    if (config.textWidth % config.textHeads != 0) reader.fail("text_heads", base::Message("must divide text_width"));
    return config;
}

EmbeddingConfig readEmbeddingConfig(const std::filesystem::path& file) {
    const std::string text = base::readTextFile(file, 1 << 20);
    try {
        return embeddingConfigFromJson(base::parseJson(text));
    } catch (const std::runtime_error& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
}

} // namespace n2m::embedding
