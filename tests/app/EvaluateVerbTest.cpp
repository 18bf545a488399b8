#include "tests/app/ProgramRun.h"
#include "tests/engine/evaluation/ToyClips.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

using n2m::test::runProgram;

/// The `evaluate` verb from files to figures, with a bundle of random weights and clips of six seconds.
/// tests/engine/evaluation tests the measures themselves.
class EvaluateVerbTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        n2m::test::makeTinyBundle(path() / "bundle");
        n2m::test::makeTinyEmbedding(path() / "joint");
        writeToyClips(path() / "data", 16);
        writeToyClips(path() / "sounds", 1);
    }

    void measuresEverything() {
        const QStringList arguments{"evaluate",  "--bundle", at("bundle"),    "--data",  at("data"), "--clips",
                                    "2",         "--sheet",  at("sheet.png"), "--keep",  at("kept"), "--pairs",
                                    "1",         "--plans",  "own,none",      "--steps", "1",        "--reconstruct",
                                    at("sounds")};
        auto run = runProgram(arguments + QStringList{"--json"});
        QVERIFY2(run.exitCode == 0, run.err);
        const auto json = nlohmann::json::parse(run.out.toStdString());
        QCOMPARE(json["evaluation"]["rows"].size(), std::size_t(3 + 2 * 2));
        QCOMPARE(json["evaluation"]["rows"][3]["name"].get<std::string>(), std::string("generated, own plan"));
        QCOMPARE(json["evaluation"]["rows"][3]["genre"]["count"].get<int>(), 2);
        QVERIFY(json["attributePairs"]["count"].get<int>() > 8);
        // The values of one file and the means: Griffin-Lim, vocoder, Fourier, super-resolution.
        QCOMPARE(json["reconstruction"].size(), std::size_t(2 * 4));
        QVERIFY(json["detectors"]["heldOutClips"].get<int>() > 100);
        QVERIFY(std::filesystem::file_size(path() / "sheet.png") > 1000);

        run = runProgram(arguments); // kept results are not computed again
        QVERIFY2(run.exitCode == 0, run.err);
        for (const char* word : {"real, shuffled pairs", "generated, no plan", "Griffin-Lim, 64", "super-resolution"})
            QVERIFY2(run.out.contains(word), run.out);
        QVERIFY(run.err.isEmpty()); // no progress without a terminal
    }

    void measuresTheJointEmbedding() {
        const QStringList arguments{"evaluate", "--embedding", at("joint"), "--data", at("data")};
        auto run = runProgram(arguments + QStringList{"--json"});
        QVERIFY2(run.exitCode == 0, run.err);
        const auto json = nlohmann::json::parse(run.out.toStdString());
        QCOMPARE(json["clips"].get<int>(), 3); // every fifth of 16
        QCOMPARE(json["textToSound"]["at5"].get<double>(), 1.0);
        run = runProgram(arguments);
        QVERIFY2(run.exitCode == 0 && run.out.contains("text to sound"), run.err);
        QVERIFY2(run.err.isEmpty(), run.err);
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("nothing to do") << QStringList{} << 2 << QByteArray("--data");
        QTest::newRow("no data") << QStringList{"--data", "/no/such/data"} << 1 << QByteArray("/no/such/data");
        QTest::newRow("one clip") << QStringList{"--data", at("data"), "--clips", "1"} << 2 << QByteArray("two clips");
        QTest::newRow("plans") << QStringList{"--data", at("data"), "--plans", "mine"} << 2 << QByteArray("--plans");
        QTest::newRow("no sound") << QStringList{"--reconstruct", at("bundle")} << 2 << QByteArray("sound files");
        QTest::newRow("no embedding") << QStringList{"--data", at("data"), "--embedding"} << 1
                                      << QByteArray("embedding");
        QTest::newRow("embedding of nothing") << QStringList{"--embedding"} << 2 << QByteArray("--data");
        QTest::newRow("teacher alone") << QStringList{"--data", at("data"), "--teacher", "t"} << 2
                                       << QByteArray("--embedding");
        QTest::newRow("detectors") << QStringList{"--data", at("data"), "--detectors", at("data/clips.jsonl")} << 1
                                   << QByteArray("clips.jsonl");
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, named);
        const auto run = runProgram(QStringList{"evaluate", "--bundle", at("bundle")} + arguments);
        QVERIFY2(run.exitCode == exitCode, run.err);
        QVERIFY2(run.isOneErrorLine(), run.err + run.out);
        QVERIFY2(run.err.contains(named), run.err);
    }

private:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    QString at(const char* name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(EvaluateVerbTest)
#include "EvaluateVerbTest.moc"
