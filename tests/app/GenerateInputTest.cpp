#include "tests/app/ProgramRun.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using n2m::test::runProgram;

/// `generate` refuses bad input before it loads anything: exit 2, one line that names the mistake, no file.
/// Runs the real program, without a bundle.
class GenerateInputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named"); // a word that the line must mention
        const auto row = [](const char* name, const QStringList& arguments, const char* named) {
            QTest::newRow(name) << arguments << QByteArray(named);
        };
        row("no prompt", {}, "prompt");
        row("empty prompt", {""}, "prompt");
        row("blank prompt", {" \t\n"}, "prompt");
        row("library without its equals sign", {"piano", "--library", "/tmp/somewhere"}, "--library=");
        row("100 kB prompt", {QString(100'000, 'a')}, "prompt");
        row("100 kB negative prompt", {"piano", "--negative", QString(100'000, 'a')}, "prompt");
        row("seconds NaN", {"piano", "--seconds", "nan"}, "seconds");
        row("seconds infinite", {"piano", "--seconds", "inf"}, "seconds");
        row("seconds negative", {"piano", "--seconds", "-3"}, "seconds");
        row("seconds zero", {"piano", "--seconds", "0"}, "seconds");
        row("seconds absurd", {"piano", "--seconds", "1e9"}, "seconds");
        row("seconds a word", {"piano", "--seconds", "long"}, "seconds");
        row("seed negative", {"piano", "--seed", "-1"}, "seed");
        row("seed too large", {"piano", "--seed", "18446744073709551616"}, "seed");
        row("seed a word", {"piano", "--seed", "lucky"}, "seed");
        row("steps zero", {"piano", "--steps", "0"}, "steps");
        row("steps negative", {"piano", "--steps", "-5"}, "steps");
        row("steps of the second stage", {"piano", "--steps", ",-5"}, "steps");
        row("steps a fraction", {"piano", "--steps", "2.5"}, "steps");
        row("steps beyond int", {"piano", "--steps", "99999999999999999999"}, "steps");
        row("gamma NaN", {"piano", "--gamma", "nan"}, "gamma");
        row("temperature above 2", {"piano", "--temperature", "2.1"}, "temperature");
        row("gamma negative", {"piano", "--gamma", "-0.5"}, "gamma");
        row("guidance NaN", {"piano", "--guidance", "nan"}, "guidance");
        row("guidance a word", {"piano", "--guidance", "much"}, "guidance");
        row("sampler", {"piano", "--sampler", "euler"}, "euler");
        row("schedule", {"piano", "--schedule", "sideways"}, "sideways");
        row("route", {"piano", "--route", "scenic"}, "scenic");
        row("tempo NaN", {"piano", "--bpm", "nan"}, "tempo");
        row("tempo negative", {"piano", "--bpm", "-90"}, "tempo");
        row("key", {"piano", "--key", "H sharp"}, "H sharp");
        row("chords", {"piano", "--chords", "Am Xyz"}, "Xyz");
        row("variations zero", {"piano", "--variations", "0"}, "variations");
        row("variations negative", {"piano", "--variations", "-2"}, "variations");
        row("option without value", {"piano", "--seed"}, "seed");
        row("unknown option", {"piano", "--loudness", "11"}, "loudness");
        row("range without a sound", {"piano", "--from", "3"}, "--repaint");
        row("sound without a range", {"piano", "--repaint", "a.flac"}, "--from");
        row("repaint and extend", {"piano", "--repaint", "a.flac", "--extend", "b.flac"}, "--extend");
        row("missing bundle", {"piano", "--bundle", "no/such/bundle"}, "no/such/bundle");
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        const QTemporaryDir folder;
        const auto run = runProgram(QStringList{"generate"} + arguments, {folder.path()});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.isOneErrorLine(), run.err.left(1000).constData());
        QVERIFY2(run.err.contains(named), run.err.constData());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void promptThatIsNotUtf8() {
        // QProcess would encode it, so the shell makes it.
        QProcess shell;
        shell.start("sh", {"-c", "exec '" N2M_BINARY_DIR "/bin/noise2music' generate \"$(printf 'piano \\377')\""});
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.exitCode(), 2);
        const QByteArray err = shell.readAllStandardError();
        QVERIFY2(err.startsWith("noise2music: ") && err.count('\n') == 1 && err.contains("UTF-8"), err.constData());
    }
};

QTEST_GUILESS_MAIN(GenerateInputTest)
#include "GenerateInputTest.moc"
