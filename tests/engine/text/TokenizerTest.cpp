// Also the test that SentencePiece, with its protobuf, and LibTorch, with another one, live in one program.

#include "engine/text/Tokenizer.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Utf8.h"

#include <torch/nn/modules/embedding.h>

#include <QtTest/QtTest>

#include <thread>

using namespace n2m::text;
using n2m::base::readTextFile;
using n2m::base::writeTextFile;

namespace {

std::vector<std::string> captions() {
    std::vector<std::string> lines;
    for (const char* mood : {"sad", "happy", "calm", "dark", "bright", "tender", "restless"}) {
        for (const char* lead : {"piano", "violin", "guitar", "flute", "saxophone", "strings", "synthesizer"}) {
            for (const char* genre : {"ballad", "techno track", "waltz", "blues", "film score"}) {
                lines.push_back(std::string("a ") + mood + " " + genre + " with a soft " + lead + " melody");
                lines.push_back(std::string(lead) + ", " + genre + ", " + mood + ", 96 bpm");
            }
        }
    }
    return lines;
}

template <typename Error, typename Action> QString messageOf(Action action) {
    try {
        action();
        return {};
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
}

} // namespace

class TokenizerTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    std::unique_ptr<Tokenizer> m_tokenizer;

private Q_SLOTS:
    void initTestCase() {
        trainTokenizer(captions(), 300, path("spiece.model"));
        m_tokenizer = std::make_unique<Tokenizer>(path("spiece.model"));
    }

    void hasTheLayoutOfT5() {
        QCOMPARE(m_tokenizer->vocabularySize(), 300);
        QCOMPARE(m_tokenizer->padId(), 0);
        QCOMPARE(m_tokenizer->eosId(), 1);
        QCOMPARE(m_tokenizer->unkId(), 2);
        QCOMPARE(m_tokenizer->encode(""), std::vector<int>{1});
    }

    void comesBack() {
        const std::vector<int> ids = m_tokenizer->encode("a  sad techno track\twith a soft flute melody ");
        QCOMPARE(ids.back(), 1);
        QVERIFY2(ids.size() < 40, "some pieces are longer than one of the 44 letters");
        // SentencePiece's normalisation: NFKC, and one blank between words.
        QCOMPARE(m_tokenizer->decode(ids), std::string("a sad techno track with a soft flute melody"));
        QCOMPARE(m_tokenizer->decode(m_tokenizer->encode("ﬁlm Ａ")), std::string("film A"));
    }

    void takesAnyText() {
        const std::string emoji = "🎹🎻 música ジャズ";
        const std::vector<int> ids = m_tokenizer->encode(emoji);
        QVERIFY(std::find(ids.begin(), ids.end(), 2) == ids.end()); // bytes instead of unknown
        QCOMPARE(m_tokenizer->decode(ids), emoji);
        const std::string longText(100'000, 'z');
        QVERIFY(m_tokenizer->encode(longText).size() > 1000);
        std::string words;
        while (words.size() < 100'000)
            words += "sad piano ";
        QCOMPARE(m_tokenizer->encode(words).size(), m_tokenizer->encode("sad piano").size() * 10'000 - 9'999);
        QVERIFY(m_tokenizer->encode(std::string("a\0b\1\x7f", 5)).size() > 1);
        for (int id = 0; id < 300; ++id)
            m_tokenizer->decode({id});
    }

    void refusesWhatIsNotUtf8() {
        for (const std::string bad :
             {"\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xe2\x28\xa1"}) {
            QVERIFY(!n2m::base::isUtf8(bad));
            QCOMPARE(messageOf<std::invalid_argument>([&] { m_tokenizer->encode(bad); }),
                     "the text is not valid UTF-8");
        }
        QVERIFY(n2m::base::isUtf8("\xf4\x8f\xbf\xbf") && n2m::base::isUtf8("\xee\x80\x80") &&
                n2m::base::isUtf8("\xed\x9f\xbf") && n2m::base::isUtf8("\xe0\xa0\x80"));
        QVERIFY(messageOf<std::invalid_argument>([&] { m_tokenizer->decode({300}); }).contains("no token 300"));
        QVERIFY(messageOf<std::invalid_argument>([&] { m_tokenizer->decode({-1}); }).contains("no token -1"));
    }

    void trainsTheSameTwice() {
        trainTokenizer(captions(), 300, path("again.model"));
        QVERIFY(readTextFile(path("again.model"), 1 << 24) == readTextFile(path("spiece.model"), 1 << 24));
    }

    void refusesToTrainOnNothing() {
        const auto refused = [&](std::vector<std::string> lines, int size) {
            return messageOf<std::invalid_argument>([&] { trainTokenizer(lines, size, path("bad.model")); });
        };
        QVERIFY(refused({}, 300).contains("no captions"));
        QVERIFY(refused({"", ""}, 300).contains("no captions"));
        QVERIFY(refused({"a\xff"}, 300).contains("caption 1 is not valid UTF-8"));
        QVERIFY(refused(captions(), 100).contains("is not possible"));
        const QString tooMany = refused({"one two"}, 30000);
        QVERIFY2(tooMany.contains("cannot be trained: Vocabulary size too high") && !tooMany.contains('\n'),
                 qPrintable(tooMany));
        QVERIFY(!std::filesystem::exists(path("bad.model")));
    }

    void refusesFilesThatAreNoModels() {
        const auto refused = [](const std::filesystem::path& file) {
            return messageOf<std::runtime_error>([&] { Tokenizer{file}; });
        };
        QVERIFY(refused(path("missing.model")).contains("missing.model: cannot be read: No such file"));
        QVERIFY(refused(path("")).contains("is a folder"));
        writeTextFile(path("empty.model"), "");
        QVERIFY2(refused(path("empty.model")).contains("empty.model: "), qPrintable(refused(path("empty.model"))));
        writeTextFile(path("text.model"), "this is not a model");
        QVERIFY(refused(path("text.model")).contains("text.model: is not a SentencePiece model"));
    }

    void livesBesideTorchInOneProgram() {
        std::vector<std::int64_t> ids;
        for (const int id : m_tokenizer->encode("a calm waltz"))
            ids.push_back(id);
        const torch::Tensor tokens = torch::tensor(ids).unsqueeze(0);
        torch::nn::Embedding table(300, 8);
        const torch::Tensor sum = table->forward(tokens).sum();
        sum.backward();
        QCOMPARE(table->weight.grad().sum().item<float>(), 8.0f * static_cast<float>(ids.size()));
        // Exceptions of both sides, and the module used after torch.
        QVERIFY_EXCEPTION_THROWN(torch::ones({2}) + torch::ones({3}), c10::Error);
        QVERIFY_EXCEPTION_THROWN(m_tokenizer->encode("\xff"), std::invalid_argument);
        QCOMPARE(m_tokenizer->decode(m_tokenizer->encode("a calm waltz")), std::string("a calm waltz"));
    }

    void encodesFromSeveralThreads() {
        const std::vector<int> expected = m_tokenizer->encode("a dark blues with a soft guitar melody");
        std::atomic<int> same = 0;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int round = 0; round < 200; ++round) {
                    same += m_tokenizer->encode("a dark blues with a soft guitar melody") == expected;
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(same.load(), 800);
    }
};

QTEST_GUILESS_MAIN(TokenizerTest)
#include "TokenizerTest.moc"
