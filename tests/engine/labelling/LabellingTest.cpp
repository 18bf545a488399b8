#include "tests/engine/labelling/ToyEmbedder.h"

#include "engine/base/Error.h"
#include "engine/labelling/Labelling.h"
#include "engine/labelling/VectorFile.h"
#include "tests/engine/labelling/TextFile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m::labelling;
using n2m::test::toyEmbedder;
using n2m::test::writeTone;
using nlohmann::json;

/// A folder of music becomes a training set. The music is sines, the embedding knows their pitch.
class LabellingTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString at(const QString& name) const { return m_folder->filePath(name); }
    std::vector<json> lines() const {
        std::vector<json> result;
        for (const QByteArray& line : contentOf(at("set/clips.jsonl")).trimmed().split('\n'))
            result.push_back(json::parse(line.toStdString()));
        return result;
    }
    LabellingOptions options() const {
        LabellingOptions result;
        result.music = at("music").toStdString();
        result.set = at("set").toStdString();
        result.longFile = at("long.txt").toStdString();
        result.shortFile = at("short.txt").toStdString();
        return result;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath("music/more"));
        writeTone(at("music/low.flac").toStdString(), 1, 3.0);
        writeTone(at("music/more/high é.wav").toStdString(), 5, 12.0, 0.3F, 44100);
        QByteArray longs, shorts;
        for (int range = 0; range < 8; ++range) {
            for (int n = 0; n < 6; ++n)
                longs += QString("Sentence %1 about a tone %2.\n").arg(QChar('a' + n)).arg(range).toUtf8();
            shorts += QString("tone %1\n").arg(range).toUtf8();
        }
        write(at("long.txt"), longs);
        write(at("short.txt"), shorts);
    }

    void writesATrainingSet() {
        const LabellingReport report = labelMusic(options(), toyEmbedder());
        QCOMPARE(report.clips, std::size_t{2});
        QCOMPARE(report.heard, std::size_t{2});
        QCOMPARE(report.skipped, std::size_t{0});
        QCOMPARE(report.seconds, 15.0);
        QCOMPARE(report.longCaptions, std::size_t{48});
        const auto clips = lines();
        QCOMPARE(clips.size(), std::size_t{2});
        QCOMPARE(clips[0].at("audio").get<std::string>(),
                 QDir(at("music")).canonicalPath().toStdString() + "/low.flac");
        QVERIFY(QFile::exists(QString::fromStdString(clips[1].at("audio").get<std::string>())));
        for (std::size_t n = 0; n < 2; ++n) {
            QCOMPARE(clips[n].at("captions").at("long").size(), std::size_t{3});
            QCOMPARE(clips[n].at("captions").at("short").size(), std::size_t{3});
            QVERIFY(clips[n].at("attributes").at("similarities").at("long").at(0).get<double>() > 0.9);
        }
        // Six sentences are about the tone: all that are drawn from the nearest six.
        LabellingOptions strict = options();
        strict.nearest = 6;
        labelMusic(strict, toyEmbedder());
        for (const auto& text : lines()[1].at("captions").at("long"))
            QVERIFY2(text.get<std::string>().ends_with("tone 5."), text.get<std::string>().c_str());
    }

    void isTheSameAgainAndListensOnce() {
        labelMusic(options(), toyEmbedder());
        const QByteArray first = contentOf(at("set/clips.jsonl"));
        QCOMPARE(labelMusic(options(), toyEmbedder()).heard, std::size_t{0});
        QCOMPARE(contentOf(at("set/clips.jsonl")), first);
        LabellingOptions other = options();
        other.seed = 2;
        labelMusic(other, toyEmbedder());
        QVERIFY(contentOf(at("set/clips.jsonl")) != first);

        writeTone(at("music/low.flac").toStdString(), 6, 4.0); // changed
        writeTone(at("music/a.flac").toStdString(), 0, 3.0);   // new
        QVERIFY(QFile::remove(at("music/more/high é.wav")));   // gone
        const LabellingReport report = labelMusic(options(), toyEmbedder());
        QCOMPARE(report.heard, std::size_t{2});
        QCOMPARE(report.clips, std::size_t{2});
        Embedder otherWeights = toyEmbedder();
        otherWeights.identity = "other";
        QCOMPARE(labelMusic(options(), otherWeights).heard, std::size_t{2});
    }

    void goesOnAfterAnEnd() {
        labelMusic(options(), toyEmbedder());
        const QByteArray clips = contentOf(at("set/clips.jsonl")), vectors = contentOf(at("set/embeddings.jsonl"));
        // Killed while the n-th byte was written: nothing is doubled, nothing is missing.
        for (qsizetype bytes = 0; bytes < vectors.size(); bytes += 97) {
            write(at("set/embeddings.jsonl"), vectors.left(bytes));
            labelMusic(options(), toyEmbedder());
            QCOMPARE(contentOf(at("set/clips.jsonl")), clips);
            QCOMPARE(contentOf(at("set/embeddings.jsonl")), vectors);
        }
        // Stopped in the middle: the file that was heard is known.
        QVERIFY(QDir(at("set")).removeRecursively());
        struct Stop {};
        LabellingObserver observer;
        observer.progress = [](const LabellingProgress& progress) {
            if (progress.stage == "listening" && progress.done == 1) throw Stop();
        };
        QVERIFY_EXCEPTION_THROWN(labelMusic(options(), toyEmbedder(), observer), Stop);
        QVERIFY(!QFile::exists(at("set/clips.jsonl")));
        QCOMPARE(labelMusic(options(), toyEmbedder()).heard, std::size_t{1});
        QCOMPARE(contentOf(at("set/clips.jsonl")), clips);
    }

    void skipsWhatCannotBeRead() {
        write(at("music/broken.mp3"), "this is not music");
        write(at("music/empty.wav"), "");
        write(at("music/song.m4a"), QByteArray(1000, '\0'));
        write(at("music/cover.jpg"), "not music, and not named like it");
        write(at("music/._low.flac"), "what macOS leaves behind");
        writeTone(at("music/silence.wav").toStdString(), 1, 5.0, 0.0F);
        writeTone(at("music/cut.flac").toStdString(), 1, 20.0);
        QVERIFY(QFile::resize(at("music/cut.flac"), 20000));
        LabellingObserver observer;
        QStringList skipped;
        observer.skipped = [&](const std::string& line) { skipped << QString::fromStdString(line); };
        const LabellingReport report = labelMusic(options(), toyEmbedder(), observer);
        QCOMPARE(report.clips, std::size_t{2});
        QCOMPARE(report.skipped, std::size_t{5});
        QCOMPARE(skipped.size(), 5);
        for (const char* name : {"broken.mp3", "empty.wav", "song.m4a", "silence.wav", "cut.flac"})
            QVERIFY2(skipped.filter(name).size() == 1, name);
    }

    void copiesOnRequest() {
        LabellingOptions copying = options();
        copying.copy = true;
        labelMusic(copying, toyEmbedder());
        QCOMPARE(QString::fromStdString(lines()[1].at("audio").get<std::string>()), QString("audio/more/high é.wav"));
        QCOMPARE(contentOf(at("set/audio/low.flac")), contentOf(at("music/low.flac")));
        QCOMPARE(QDir(at("set/audio")).entryList(QDir::Files | QDir::Hidden), QStringList("low.flac"));
    }

    void worksInTheFolderOfTheMusicAndInside() {
        LabellingOptions same = options();
        same.set = same.music;
        labelMusic(same, toyEmbedder());
        const QByteArray list = contentOf(at("music/clips.jsonl"));
        QVERIFY2(list.contains("\"audio\":\"low.flac\""), list.constData());
        same.copy = true;
        QVERIFY_EXCEPTION_THROWN(labelMusic(same, toyEmbedder()), n2m::base::InvalidInput);
        // The copies of an earlier run are not music to label.
        LabellingOptions inside = options();
        inside.set = at("music/set").toStdString();
        inside.copy = true;
        labelMusic(inside, toyEmbedder());
        QCOMPARE(labelMusic(inside, toyEmbedder()).clips, std::size_t{2});
    }

    void keepsTheSplitWhenFilesAreAdded() {
        for (int n = 0; n < 60; ++n)
            writeTone(at(QString("music/tone %1.wav").arg(n)).toStdString(), n % 8, 0.5);
        labelMusic(options(), toyEmbedder());
        std::map<std::string, std::string> split;
        int heldOut = 0;
        for (const json& line : lines()) {
            split[line.at("audio")] = line.at("split");
            heldOut += line.at("split") == "heldout" ? 1 : 0;
        }
        QVERIFY2(heldOut >= 2 && heldOut <= 14, qPrintable(QString::number(heldOut)));
        writeTone(at("music/a.flac").toStdString(), 0, 3.0);
        labelMusic(options(), toyEmbedder());
        for (const json& line : lines()) {
            const auto known = split.find(line.at("audio"));
            if (known != split.end()) QCOMPARE(line.at("split").get<std::string>(), known->second);
        }
    }

    void refusesWhatWouldLoseSomething() {
        QVERIFY(QDir(m_folder->path()).mkpath("set"));
        write(at("set/clips.jsonl"), "{\"audio\": \"mine.wav\"}\n");
        QVERIFY_EXCEPTION_THROWN(labelMusic(options(), toyEmbedder()), n2m::base::InvalidInput);
        QCOMPARE(contentOf(at("set/clips.jsonl")), QByteArray("{\"audio\": \"mine.wav\"}\n"));
        QVERIFY(QFile::remove(at("set/clips.jsonl")));
        write(at("set/embeddings.jsonl"), "something else\n");
        QVERIFY_EXCEPTION_THROWN(labelMusic(options(), toyEmbedder()), n2m::base::InvalidInput);
        QCOMPARE(contentOf(at("set/embeddings.jsonl")), QByteArray("something else\n"));
        QVERIFY(QFile::remove(at("set/embeddings.jsonl")));
        const VectorFile other(options().set, "toy");
        QVERIFY_EXCEPTION_THROWN(labelMusic(options(), toyEmbedder()), n2m::base::InvalidInput);
    }

    void refusesOptionsAndFolders() {
        const auto change = [&](const std::function<void(LabellingOptions&)>& how) {
            LabellingOptions result = options();
            how(result);
            return result;
        };
        const auto refused = [&](const LabellingOptions& wrong) {
            try {
                labelMusic(wrong, toyEmbedder());
            } catch (const n2m::base::InvalidInput&) {
                return true;
            }
            return false;
        };
        QVERIFY(refused(change([](auto& o) { o.draw = 11; })));
        QVERIFY(refused(change([](auto& o) { o.nearest = 0; })));
        QVERIFY(refused(change([](auto& o) { o.set.clear(); })));
        QVERIFY(refused(change([&](auto& o) { o.music = at("nowhere").toStdString(); })));
        QVERIFY(QDir(m_folder->path()).mkpath("empty"));
        QVERIFY(refused(change([&](auto& o) { o.music = at("empty").toStdString(); })));
        write(at("empty.txt"), "# no captions\n\n");
        QVERIFY(refused(change([&](auto& o) { o.longFile = at("empty.txt").toStdString(); })));
        QVERIFY(!QFile::exists(at("set"))); // nothing was made
        write(at("empty/only.mp3"), "not music");
        QVERIFY_EXCEPTION_THROWN(
            labelMusic(change([&](auto& o) { o.music = at("empty").toStdString(); }), toyEmbedder()),
            n2m::base::Failure);
        QVERIFY(!QFile::exists(at("set/clips.jsonl")));
    }
};

QTEST_GUILESS_MAIN(LabellingTest)
#include "LabellingTest.moc"
