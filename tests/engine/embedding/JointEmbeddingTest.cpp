// A joint embedding with random weights: what holds of any. That the bundled one understands something is measured by
// `noise2music evaluate --embedding`.

#include "engine/embedding/JointEmbedding.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/base/AtomicFile.h"
#include "engine/model/Bundle.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <numbers>

namespace n2m::embedding {

namespace fs = std::filesystem;

class JointEmbeddingTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    fs::path m_folder;
    std::optional<JointEmbedding> m_embedding;

    // Decaying tones, twice a second.
    static audio::Clip tones(double seconds, double hertz, int sampleRate = 16000, int channels = 1) {
        audio::Clip clip;
        clip.sampleRate = sampleRate;
        clip.channels = channels;
        const auto frames = static_cast<std::size_t>(seconds * sampleRate);
        for (std::size_t n = 0; n < frames; ++n) {
            const double t = static_cast<double>(n) / sampleRate, since = std::fmod(t, 0.5);
            const double value = 0.3 * std::exp(-6.0 * since) * std::sin(2.0 * std::numbers::pi * hertz * t);
            clip.samples.insert(clip.samples.end(), static_cast<std::size_t>(channels), static_cast<float>(value));
        }
        return clip;
    }

    static double length(const std::vector<float>& vector) { return std::sqrt(similarity(vector, vector)); }

    template <typename Action> static QString refusal(Action action) {
        try {
            action();
            return {};
        } catch (const std::exception& error) {
            return QString::fromUtf8(error.what());
        }
    }

private Q_SLOTS:
    void initTestCase() {
        m_folder = m_temporary.path().toStdString();
        test::makeTinyEmbedding(m_folder / "embedding");
        m_embedding = JointEmbedding::load(m_folder / "embedding");
    }

    void givesUnitVectors() {
        const std::vector<float> text = m_embedding->text("a slow, sad piano ballad");
        const std::vector<float> clip = m_embedding->clip(tones(12.0, 440.0));
        QCOMPARE(m_embedding->dimensions(), 16);
        QCOMPARE(text.size(), std::size_t(16));
        QCOMPARE(clip.size(), std::size_t(16));
        QVERIFY(std::abs(length(text) - 1.0) < 1e-5);
        QVERIFY(std::abs(length(clip) - 1.0) < 1e-5);
        QVERIFY(m_embedding->scale() > 1.0);
    }

    // A text's vector must not depend on those beside it, which are longer and bring padding.
    void manyTextsAreAsOneByOne() {
        std::vector<std::string> texts{"jazz", "", "an accordion on a rainy evening in a Paris café, slow and sad"};
        for (int n = 0; n < 70; ++n)
            texts.push_back("text number " + std::to_string(n));
        const auto all = m_embedding->texts(texts);
        QCOMPARE(all.size(), texts.size());
        for (std::size_t n = 0; n < texts.size(); ++n)
            QVERIFY2(similarity(all[n], m_embedding->text(texts[n])) > 0.9999, texts[n].c_str());
        QVERIFY(similarity(all[0], all[2]) < 0.999);
    }

    void readsTheOrderOfWords() {
        const auto vectors = m_embedding->texts(std::vector<std::string>{"piano, no drums", "drums, no piano"});
        // Without the places of words both would be the same but for rounding, some 1e-6.
        double difference = 0.0;
        for (std::size_t n = 0; n < vectors[0].size(); ++n)
            difference = std::max(difference, static_cast<double>(std::abs(vectors[0][n] - vectors[1][n])));
        QVERIFY2(difference > 1e-4, qPrintable(QString::number(difference)));
    }

    void aClipIsTheMeanOfItsWindows() {
        audio::Clip clip = tones(20.0, 220.0);
        const audio::Clip high = tones(10.0, 1760.0);
        std::copy(high.samples.begin(), high.samples.end(), clip.samples.begin());
        const auto windows = m_embedding->windows(clip);
        QCOMPARE(windows.size(), std::size_t(2));
        QVERIFY(windows[0] != windows[1]);
        QCOMPARE(m_embedding->clip(clip), meanOf(windows));
    }

    void countsARestOfHalfAWindow() {
        QCOMPARE(m_embedding->windows(tones(0.5, 440.0)).size(), std::size_t(1));
        QCOMPARE(m_embedding->windows(tones(7.0, 440.0)).size(), std::size_t(1));
        QCOMPARE(m_embedding->windows(tones(14.9, 440.0)).size(), std::size_t(1));
        QCOMPARE(m_embedding->windows(tones(15.1, 440.0)).size(), std::size_t(2));
        QCOMPARE(m_embedding->windows(tones(30.0, 440.0)).size(), std::size_t(3));
    }

    void loudnessRateAndChannelsDoNotMatter() {
        const auto reference = m_embedding->clip(tones(10.0, 440.0));
        audio::Clip quiet = tones(10.0, 440.0);
        for (float& sample : quiet.samples)
            sample *= 0.05f;
        QVERIFY(similarity(reference, m_embedding->clip(quiet)) > 0.999);
        QVERIFY(similarity(reference, m_embedding->clip(tones(10.0, 440.0, 44100, 2))) > 0.999);
    }

    void aSpectrogramGivesWhatItsSoundGives() {
        audio::Clip clip = tones(30.0, 330.0);
        const auto expected = m_embedding->clip(clip);
        audio::normaliseLoudness(clip);
        const auto got = m_embedding->logMel(audio::LogMel().analyse(clip.samples));
        // Its windows are cut from the whole, so that the frames at their edges hear what is beyond.
        QVERIFY(similarity(expected, got) > 0.999);
        QVERIFY(similarity(got, m_embedding->clip(tones(30.0, 2500.0))) < similarity(expected, got));
    }

    void silenceHasAVectorAndNothingHasNone() {
        audio::Clip silence;
        silence.sampleRate = 24000;
        silence.samples.assign(240000, 0.0f);
        QVERIFY(std::abs(length(m_embedding->clip(silence)) - 1.0) < 1e-5);
        QVERIFY(refusal([&] { m_embedding->clip({}); }).contains("without sound"));
        QVERIFY(refusal([&] { m_embedding->logMel({}); }).contains("multiple"));
        QVERIFY(refusal([&] { m_embedding->text("\xff\xfe"); }).contains("UTF-8"));
        QVERIFY(refusal([] { similarity(std::vector<float>(3), std::vector<float>(4)); }).contains("3 and 4"));
        QVERIFY(refusal([] { meanOf({}); }).contains("no vector"));
    }

    void identityTellsWeightsApart() {
        const fs::path other = m_folder / "other";
        fs::copy(m_folder / "embedding", other);
        QCOMPARE(JointEmbedding::load(other).identity(), m_embedding->identity());
        std::fstream file(other / "model.safetensors", std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(-1, std::ios::end);
        file.put('\x11');
        file.close();
        QVERIFY(JointEmbedding::load(other).identity() != m_embedding->identity());
    }

    void isPartOfABundle() {
        const fs::path with = m_folder / "with", without = m_folder / "without";
        test::makeTinyBundle(with, {.waveformRoute = false, .superResolution = false, .embedding = true});
        test::makeTinyBundle(without, {.waveformRoute = false, .superResolution = false});
        QCOMPARE(JointEmbedding::load(with).identity(), m_embedding->identity());
        QCOMPARE(model::Bundle(with).embeddingFolder(), with / "embedding");
        QVERIFY(model::Bundle(without).embeddingFolder().empty());
        QVERIFY(refusal([&] { JointEmbedding::load(without); }).contains("has no joint embedding"));
        // The bundle's hash covers the weights, too.
        const std::string hash = model::Bundle(with).hash();
        test::makeTinyEmbedding(with / "embedding");
        QCOMPARE(model::Bundle(with).hash(), hash);
        std::ofstream(with / "embedding" / "config.json", std::ios::app) << " ";
        QVERIFY(model::Bundle(with).hash() != hash);
        fs::remove(with / "embedding" / "model.safetensors");
        QVERIFY(refusal([&] { model::Bundle{with}; }).contains("model.safetensors"));
    }

    void refusesWhatDoesNotFit() {
        const fs::path folder = m_folder / "damaged";
        test::makeTinyEmbedding(folder);
        const std::string good = base::readTextFile(folder / "config.json", 1 << 20);
        const auto refusalWith = [&](const char* field, int value) {
            auto config = nlohmann::json::parse(good);
            config[field] = value;
            base::writeTextFile(folder / "config.json", config.dump());
            return refusal([&] { JointEmbedding::load(folder); });
        };
        QVERIFY(refusalWith("buckets", 9'000'000).contains("table of words"));
        QVERIFY(refusalWith("dimensions", 32).contains("model.safetensors"));
        QVERIFY(refusalWith("text_heads", 3).contains("text_heads"));
        QVERIFY(refusalWith("text_haeds", 4).contains("text_haeds"));
        fs::remove(folder / "config.json");
        QVERIFY(refusal([&] { JointEmbedding::load(folder); }).contains("config.json"));
    }
};

} // namespace n2m::embedding

QTEST_APPLESS_MAIN(n2m::embedding::JointEmbeddingTest)
#include "JointEmbeddingTest.moc"
