// The folder tests/data/t5/v1_1 and what is expected of it were made with Hugging Face's T5Tokenizer and
// T5EncoderModel, by make.py there.

#include "engine/text/TextEncoder.h"
#include "engine/model/Safetensors.h"

#include <QtTest/QtTest>

using namespace n2m::text;

namespace {

const std::filesystem::path folder = N2M_SOURCE_DIR "/tests/data/t5/v1_1";
const std::vector<std::string> texts{"a slow, sad piano ballad with soft strings", "Drum & bass, 174 bpm 🎹", ""};

} // namespace

class TextEncoderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void agreesWithTransformersFromTextToEmbedding() {
        const TextEncoder encoder = TextEncoder::load(folder);
        const n2m::model::SafetensorsFile golden(folder / "golden.safetensors");
        QCOMPARE(encoder.width(), 16);
        for (std::size_t row = 0; row < texts.size(); ++row) {
            const auto index = static_cast<std::int64_t>(row);
            const auto length = golden.tensor("mask")[index].sum().item<std::int64_t>();
            const EmbeddedText embedded = encoder.embed(texts[row], 96);
            QCOMPARE(embedded.count, static_cast<int>(length));
            QVERIFY(!embedded.cut && embedded.mask.all().item<bool>());
            QVERIFY(torch::equal(embedded.tokens[0], golden.tensor("tokens")[index].slice(0, 0, length)));
            const auto expected = golden.tensor("embeddings")[index].slice(0, 0, length);
            const auto difference = (embedded.embeddings[0] - expected).abs().max().item<double>();
            QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
            QVERIFY(!embedded.embeddings.requires_grad());
        }
    }

    void batchesTextsOfSeveralLengths() {
        const TextEncoder encoder = TextEncoder::load(folder);
        const n2m::model::SafetensorsFile golden(folder / "golden.safetensors");
        std::vector<Tokens> tokens;
        for (const std::string& text : texts)
            tokens.push_back(encoder.tokenize(text, 96));
        const auto [ids, mask] = batchOf(tokens, encoder.tokenizer().padId());
        QVERIFY(torch::equal(ids, golden.tensor("tokens")) &&
                torch::equal(mask, golden.tensor("mask").to(torch::kBool)));
        QCOMPARE(batchOf(tokens, 0, 96).first.size(1), std::int64_t(96));
    }

    void cutsLongTexts() {
        const TextEncoder encoder = TextEncoder::load(folder);
        const EmbeddedText cut = encoder.embed(texts[0], 10), whole = encoder.embed(texts[0], 26);
        QVERIFY(cut.cut && !whole.cut);
        QCOMPARE(cut.count, 26);
        QCOMPARE(cut.tokens.size(1), std::int64_t(10));
        QVERIFY(torch::equal(cut.tokens.slice(1, 0, 9), whole.tokens.slice(1, 0, 9)));
        QCOMPARE(cut.tokens[0][9].item<int>(), 1); // the end stays the end
        QVERIFY(encoder.embed(std::string(100'000, 'a'), 64).cut);
        QVERIFY_EXCEPTION_THROWN(encoder.embed("a", 0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(encoder.embed("\xff", 64), std::invalid_argument);
    }

    void refusesATokenizerOfAnotherModel() {
        T5Config config;
        config.vocabularySize = 100, config.width = 8, config.headWidth = 4, config.hiddenWidth = 8, config.layers = 1;
        const std::filesystem::path other = m_folder.path().toStdString();
        T5Encoder(config).save(other);
        const auto messageOf = [&] {
            try {
                TextEncoder::load(other);
                return QString();
            } catch (const std::runtime_error& error) {
                return QString(error.what());
            }
        };
        QVERIFY(messageOf().contains("spiece.model: cannot be read"));
        std::filesystem::copy_file(folder / "spiece.model", other / "spiece.model");
        QVERIFY(messageOf().contains("spiece.model: has 292 pieces, but config.json beside it a vocabulary of 100"));
    }
};

QTEST_GUILESS_MAIN(TextEncoderTest)
#include "TextEncoderTest.moc"
