// The fixtures in tests/data/t5 were made with Hugging Face's transformers by make.py there.

#include "engine/text/T5Encoder.h"
#include "engine/base/AtomicFile.h"
#include "engine/model/Safetensors.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

using namespace n2m::text;
using n2m::base::writeTextFile;
using n2m::model::SafetensorsFile;

namespace {

const std::filesystem::path fixtures = N2M_SOURCE_DIR "/tests/data/t5";

template <typename Action> QString messageOf(Action action) {
    try {
        action();
        return {};
    } catch (const std::runtime_error& error) {
        return QString::fromUtf8(error.what());
    }
}

T5Config tiny() {
    T5Config config;
    config.vocabularySize = 50, config.width = 32, config.headWidth = 8, config.hiddenWidth = 64, config.layers = 2;
    config.heads = 4;
    config.feedForward = FeedForwardKind::GatedGelu;
    return config;
}

} // namespace

class T5EncoderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }

private Q_SLOTS:
    void agreesWithTransformers_data() {
        QTest::addColumn<QString>("version");
        QTest::newRow("1.0: ReLU, a whole encoder-decoder") << "v1_0";
        QTest::newRow("1.1: gated GELU, an encoder alone") << "v1_1";
    }

    void agreesWithTransformers() {
        QFETCH(QString, version);
        const auto folder = fixtures / version.toStdString();
        const auto encoder = T5Encoder::load(folder);
        const SafetensorsFile golden(folder / "golden.safetensors");
        const auto mask = golden.tensor("mask").to(torch::kBool);
        const auto embeddings = encoder->forward(golden.tensor("tokens"), mask);
        QCOMPARE(embeddings.sizes(), golden.tensor("embeddings").sizes());
        const auto difference = (embeddings - golden.tensor("embeddings")).abs().index({mask}).max().item<double>();
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
        QVERIFY(golden.tensor("embeddings").abs().mean().item<double>() > 0.1);
    }

    void paddingDoesNotMatter() {
        const auto encoder = T5Encoder::load(fixtures / "v1_1");
        const auto tokens = torch::tensor({{5, 9, 12, 77, 1, 0, 0, 0}});
        auto mask = torch::ones({1, 8}, torch::kBool);
        mask.slice(1, 5).fill_(false);
        const auto padded = encoder->forward(tokens, mask).slice(1, 0, 5);
        const auto alone = encoder->forward(tokens.slice(1, 0, 5), mask.slice(1, 0, 5));
        QVERIFY(torch::allclose(padded, alone, 1e-4, 1e-5));
        QVERIFY(torch::isfinite(encoder->forward(tokens, torch::zeros({1, 8}, torch::kBool))).all().item<bool>());
    }

    // With 32 buckets and 128: 16 for each direction, 0 to 7 for one distance each, and bucket 8 + k from 8 × 16^(k/8)
    // on.
    void bucketsGrowLogarithmically() {
        const auto bucketOf = [](std::int64_t distance) {
            return relativePositionBuckets(torch::tensor({distance}), 32, 128).item<std::int64_t>();
        };
        for (std::int64_t distance = 0; distance < 8; ++distance)
            QCOMPARE(bucketOf(-distance), distance);
        for (std::int64_t distance = 8; distance < 300; ++distance) {
            std::int64_t expected = 8;
            while (expected < 15 &&
                   static_cast<double>(distance) >= 8 * std::exp2(static_cast<double>(expected - 7) / 2)) {
                ++expected;
            }
            QCOMPARE(bucketOf(-distance), expected);
            QCOMPARE(bucketOf(distance), expected + 16);
        }
        QCOMPARE(bucketOf(1), 17);
    }

    void startsWithTheScalesOfT5AndLearns() {
        torch::manual_seed(3);
        T5Encoder encoder(tiny());
        const auto parameters = n2m::model::parametersOf(encoder);
        const auto deviation = [&](const char* name) { return parameters.at(name).std().item<double>(); };
        QVERIFY(std::abs(deviation("shared.weight") - 1.0) < 0.06);
        QVERIFY(std::abs(deviation("encoder.block.1.layer.0.SelfAttention.q.weight") * std::sqrt(32.0 * 8.0) - 1) <
                0.1);
        QVERIFY(std::abs(deviation("encoder.block.1.layer.0.SelfAttention.k.weight") * std::sqrt(32.0) - 1) < 0.1);
        QVERIFY(std::abs(deviation("encoder.block.1.layer.1.DenseReluDense.wo.weight") * std::sqrt(64.0) - 1) < 0.1);
        QVERIFY(!parameters.contains("encoder.block.1.layer.0.SelfAttention.relative_attention_bias.weight"));
        encoder.forward(torch::randint(50, {2, 12}), torch::ones({2, 12}, torch::kBool)).square().sum().backward();
        for (const auto& item : encoder.named_parameters()) {
            QVERIFY2(item.value().grad().defined() && item.value().grad().abs().sum().item<float>() > 0,
                     item.key().c_str());
        }
    }

    void comesBackFromItsFolder() {
        T5Encoder encoder(tiny());
        encoder.eval();
        const auto tokens = torch::randint(50, {2, 12}), mask = torch::ones({2, 12}, torch::kBool);
        encoder.save(path("saved"));
        const auto loaded = T5Encoder::load(path("saved"));
        QVERIFY(loaded->config() == encoder.config());
        QVERIFY(torch::equal(loaded->forward(tokens, mask), encoder.forward(tokens, mask)));
        encoder.save(path("half"), torch::kHalf);
        const auto half = T5Encoder::load(path("half"));
        QVERIFY(half->parameters().front().scalar_type() == torch::kFloat);
        QVERIFY(torch::allclose(half->forward(tokens, mask), encoder.forward(tokens, mask), 0.03, 0.03));
        QVERIFY(std::filesystem::file_size(path("half") / "model.safetensors") <
                std::filesystem::file_size(path("saved") / "model.safetensors") * 6 / 10);
        // Loaded weights can be trained further, and the file stays as it was.
        loaded->train();
        loaded->forward(tokens, mask).sum().backward();
        for (auto& parameter : loaded->parameters())
            parameter.data().sub_(parameter.grad());
        QVERIFY(torch::equal(T5Encoder::load(path("saved"))->forward(tokens, mask), encoder.forward(tokens, mask)));
    }

    void readsTheFormsOfTheConfiguration() {
        const auto read = [](const char* text) { return t5ConfigFromJson(nlohmann::json::parse(text)); };
        QVERIFY(read("{}") == T5Config{}); // the defaults are those of transformers' T5Config
        QVERIFY(read(R"({"feed_forward_proj":"gated-gelu"})").feedForward == FeedForwardKind::GatedGelu);
        QVERIFY(t5ConfigFromJson(toJson(tiny())) == tiny());
        const auto refused = [&](const char* text) { return messageOf([&] { read(text); }); };
        QVERIFY(refused("[]").contains("object"));
        QVERIFY(refused(R"({"model_type":"bert"})").contains("model_type: \"bert\" is not a T5"));
        QVERIFY(refused(R"({"feed_forward_proj":"swish"})").contains("feed_forward_proj"));
        QVERIFY(refused(R"({"feed_forward_proj":"gated-gelu","is_gated_act":false})").contains("is_gated_act"));
        QVERIFY(refused(R"({"dense_act_fn":"silu"})").contains("dense_act_fn"));
        QVERIFY(refused(R"({"d_model":-1})").contains("d_model"));
        QVERIFY(refused(R"({"d_model":1e99})").contains("d_model"));
        QVERIFY(refused(R"({"num_heads":"8"})").contains("num_heads"));
        QVERIFY(refused(R"({"relative_attention_num_buckets":7})").contains("even"));
        QVERIFY(refused(R"({"relative_attention_max_distance":8})").contains("relative_attention_max_distance"));
    }

    void refusesFoldersThatDoNotFit() {
        const auto refused = [](const std::filesystem::path& folder) {
            return messageOf([&] { T5Encoder::load(folder); });
        };
        QVERIFY(refused(path("none")).contains("none/config.json: cannot be read: No such file"));
        T5Encoder(tiny()).save(path("bad"));
        auto config = tiny();
        config.hiddenWidth = 65;
        writeTextFile(path("bad/config.json"), toJson(config).dump());
        QVERIFY(refused(path("bad"))
                    .contains("model.safetensors: tensor \"encoder.block.0.layer.1.DenseReluDense.wi_0.weight\": "
                              "has shape [64, 32], the network wants [65, 32]"));
        config = tiny();
        config.layers = 3;
        writeTextFile(path("bad/config.json"), toJson(config).dump());
        QVERIFY(refused(path("bad")).contains("\"encoder.block.2.layer.0.SelfAttention.k.weight\" is missing"));
        // A network that would not fit into any memory: refused for the file's sake, not allocated.
        config.layers = 2, config.vocabularySize = 10'000'000, config.width = 65536, config.hiddenWidth = 1'000'000;
        writeTextFile(path("bad/config.json"), toJson(config).dump());
        const QString huge = refused(path("bad"));
        QVERIFY2(huge.contains("bad/") && !huge.contains('\n'), qPrintable(huge));
        writeTextFile(path("bad/config.json"), "{");
        QVERIFY(refused(path("bad")).endsWith("bad/config.json: is not valid JSON"));
    }
};

QTEST_GUILESS_MAIN(T5EncoderTest)
#include "T5EncoderTest.moc"
