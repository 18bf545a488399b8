#include "engine/training/DataSet.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace n2m::training;
using nlohmann::json;

class DataSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const char* name : {"a.wav", "b.wav"})
            std::ofstream(path() / name) << "sound";
    }

    void readsClips() {
        write({{{"audio", "a.wav"}, {"captions", captions({"waltz", "sad"}, {})}, {"split", "train"}},
               {{"audio", "b.wav"}, {"split", "heldout"}, {"attributes", {{"genre", "jazz"}}}}});
        const DataSet data(path());
        QCOMPARE(data.examples(Split::Train).size(), std::size_t(1));
        QCOMPARE(data.examples(Split::HeldOut).size(), std::size_t(1));
        QCOMPARE(data.examples(Split::Train)[0].longCaptions.front(), std::string("A sad waltz."));
        QVERIFY(!data.examples(Split::Train)[0].plan);
        QVERIFY(data.examples(Split::HeldOut)[0].attributes.find("jazz") != std::string::npos);
    }

    void drawsEachKindOfCaption() {
        write({{{"audio", "a.wav"}, {"captions", captions({"waltz", "sad"}, {"slow"})}}});
        const DataSet data(path());
        std::mt19937_64 random(1);
        std::set<std::string> drawn;
        for (int n = 0; n < 200; ++n)
            drawn.insert(data.examples(Split::Train)[0].drawCaption(random));
        QCOMPARE(drawn, (std::set<std::string>{"A sad waltz.", "waltz, sad", "sad, waltz", "slow"}));
    }

    void holdsOutATenthWhereNothingIsSaid() {
        write(std::vector<json>(20, json{{"audio", "a.wav"}}));
        QCOMPARE(DataSet(path()).examples(Split::HeldOut).size(), std::size_t(2));
    }

    void refusesBadLines_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const json& line, const char* message) {
            QTest::newRow(name) << QString::fromStdString(line.dump()) << message;
        };
        QTest::newRow("cut off") << "{\"audio\": \"a.w"
                                 << "line 1 is not valid JSON";
        row("no sound", {{"captions", json::object()}}, "line 1");
        row("missing file", {{"audio", "c.wav"}}, "c.wav is missing");
        row("split", {{"audio", "a.wav"}, {"split", "test"}}, "may be \"train\" or \"heldout\"");
        row("captions", {{"audio", "a.wav"}, {"captions", {{"long", "x"}}}}, "line 1");
    }

    void refusesBadLines() {
        QFETCH(QString, line);
        QFETCH(QString, message);
        std::ofstream(path() / "clips.jsonl") << line.toStdString() << "\n";
        try {
            const DataSet data(path());
            QFAIL("accepted");
        } catch (const std::runtime_error& error) {
            QVERIFY2(QString(error.what()).contains(message), error.what());
            QVERIFY(!QString(error.what()).contains('\n'));
        }
    }

    void refusesAFolderWithoutClips() { QVERIFY_EXCEPTION_THROWN(DataSet(path() / "nothing"), std::runtime_error); }

private:
    std::filesystem::path path() const { return m_folder->path().toStdString(); }

    static json captions(std::vector<std::string> labels, std::vector<std::string> tags) {
        return {{"long", {"A sad waltz."}}, {"short", labels}, {"tags", tags}};
    }

    void write(const std::vector<json>& lines) {
        std::ofstream stream(path() / "clips.jsonl");
        for (const json& line : lines)
            stream << line << "\n";
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(DataSetTest)
#include "DataSetTest.moc"
