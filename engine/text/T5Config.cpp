#include "engine/text/T5Config.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <nlohmann/json.hpp>

namespace n2m::text {

using nlohmann::json;

namespace {

[[noreturn]] void fail(const char* field, const base::Message& reason) {
    throw base::Failure("{}: {}", field, reason);
}

const json* find(const json& object, const char* name) {
    const auto field = object.find(name);
    return field == object.end() || field->is_null() ? nullptr : &*field;
}

void readNumber(const json& object, const char* name, int& value, int least, int most) {
    const json* field = find(object, name);
    if (!field) return;
    if (!field->is_number_integer() || field->get<double>() < least || field->get<double>() > most) {
        fail(name, base::Message("a whole number from {} to {} was expected", least, most));
    }
    value = field->get<int>();
}

void readNumber(const json& object, const char* name, double& value, double least, double most) {
    const json* field = find(object, name);
    if (!field) return;
    if (!field->is_number() || !(field->get<double>() >= least && field->get<double>() <= most)) {
        fail(name, base::Message("a number from {} to {} was expected", least, most));
    }
    value = field->get<double>();
}

std::string readText(const json& object, const char* name, const std::string& otherwise) {
    const json* field = find(object, name);
    if (!field) return otherwise;
    if (!field->is_string()) fail(name, base::Message("a text was expected"));
    return field->get<std::string>();
}

FeedForwardKind readFeedForward(const json& object) {
    const std::string name = readText(object, "feed_forward_proj", "relu");
    if (name != "relu" && name != "gated-gelu") {
        fail("feed_forward_proj", base::Message("\"{}\" is not one of relu, gated-gelu", base::printable(name)));
    }
    const bool gated = name == "gated-gelu";
    // Newer files repeat it in other fields, which must agree.
    if (const json* flag = find(object, "is_gated_act"); flag && *flag != gated) {
        fail("is_gated_act", base::Message("contradicts feed_forward_proj \"{}\"", name));
    }
    const std::string function = gated ? "gelu_new" : "relu";
    if (const std::string said = readText(object, "dense_act_fn", function); said != function) {
        fail("dense_act_fn", base::Message("\"{}\" was expected with feed_forward_proj \"{}\"", function, name));
    }
    return gated ? FeedForwardKind::GatedGelu : FeedForwardKind::Relu;
}

} // namespace

T5Config t5ConfigFromJson(const json& object) {
    if (!object.is_object()) throw base::Failure("an object was expected");
    if (const std::string type = readText(object, "model_type", "t5"); type != "t5" && type != "mt5") {
        fail("model_type", base::Message("\"{}\" is not a T5", base::printable(type)));
    }
    T5Config config;
    readNumber(object, "vocab_size", config.vocabularySize, 1, 10'000'000);
    readNumber(object, "d_model", config.width, 1, 65536);
    readNumber(object, "d_kv", config.headWidth, 1, 65536);
    readNumber(object, "d_ff", config.hiddenWidth, 1, 1'000'000);
    readNumber(object, "num_layers", config.layers, 1, 1000);
    readNumber(object, "num_heads", config.heads, 1, 1024);
    readNumber(object, "relative_attention_num_buckets", config.buckets, 4, 65536);
    readNumber(object, "relative_attention_max_distance", config.maxDistance, 1, 1'000'000);
    readNumber(object, "dropout_rate", config.dropout, 0.0, 0.99);
    readNumber(object, "layer_norm_epsilon", config.epsilon, 1e-12, 1.0);
    config.feedForward = readFeedForward(object);
    // Each direction has half of the buckets, and half of those are for one distance each.
    if (config.buckets % 2 != 0) fail("relative_attention_num_buckets", base::Message("an even number was expected"));
    if (config.maxDistance <= config.buckets / 4) {
        fail("relative_attention_max_distance",
             base::Message("must be more than a quarter of relative_attention_num_buckets"));
    }
    return config;
}

T5Config readT5Config(const std::filesystem::path& file) {
    const std::string text = base::readTextFile(file, 1 << 20);
    try {
        return t5ConfigFromJson(json::parse(text));
    } catch (const json::exception&) {
        throw base::Failure("{}: is not valid JSON", base::printable(file.string()));
    } catch (const std::runtime_error& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
}

json toJson(const T5Config& config) {
    const bool gated = config.feedForward == FeedForwardKind::GatedGelu;
    return {{"architectures", {"T5EncoderModel"}},
            {"model_type", "t5"},
            {"is_encoder_decoder", true}, // as transformers itself writes it for an encoder alone
            {"vocab_size", config.vocabularySize},
            {"d_model", config.width},
            {"d_kv", config.headWidth},
            {"d_ff", config.hiddenWidth},
            {"num_layers", config.layers},
            {"num_decoder_layers", config.layers},
            {"num_heads", config.heads},
            {"relative_attention_num_buckets", config.buckets},
            {"relative_attention_max_distance", config.maxDistance},
            {"dropout_rate", config.dropout},
            {"layer_norm_epsilon", config.epsilon},
            {"feed_forward_proj", gated ? "gated-gelu" : "relu"},
            {"is_gated_act", gated},
            {"dense_act_fn", gated ? "gelu_new" : "relu"},
            {"pad_token_id", 0},
            {"eos_token_id", 1}};
}

} // namespace n2m::text
