#include "engine/labelling/CaptionWriter.h"
#include "engine/base/Error.h"
#include "engine/labelling/CaptionList.h"
#include "engine/labelling/Priming.h"
#include "tests/engine/labelling/TextFile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m::labelling;

/// The file of captions that a language model writes. The model here is a function of the question and the seed.
class CaptionWriterTest : public QObject {
    Q_OBJECT

    static ChatReply model(const std::vector<ChatTurn>& turns, std::uint64_t seed) {
        // Every third answer is useless, so that attempts count; some have two captions.
        if (seed % 3 == 0) return {"I'm sorry, I do not know this song.", false};
        const std::string last = turns.back().text;
        const std::string style = last.substr(last.find('(') + 1, last.find(')') - last.find('(') - 1);
        std::string text = fmt::format("A piece of {} number {}.", style, seed % 50);
        if (seed % 5 == 0) text += fmt::format("\nAnother piece of {}, number {}.", style, seed % 60);
        return {text, false};
    }

    static CaptionWriterOptions into(const QString& file, std::size_t count) {
        CaptionWriterOptions options;
        options.file = file.toStdString();
        options.count = count;
        options.seed = 4;
        return options;
    }

private Q_SLOTS:
    void writesWithoutRepetitions() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("captions.txt");
        const auto report = writeCaptions(into(file, 60), model);
        const QList<QByteArray> lines = contentOf(file).trimmed().split('\n');
        QVERIFY(lines.size() == 60 || lines.size() == 61);
        QCOMPARE(static_cast<qsizetype>(report.captions), lines.size());
        QCOMPARE(report.written, report.captions);
        QVERIFY(report.refused > 10);
        QCOMPARE(QSet<QByteArray>(lines.begin(), lines.end()).size(), lines.size());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void resumedIsTheSameAsWhole() {
        const QTemporaryDir folder;
        writeCaptions(into(folder.filePath("whole.txt"), 40), model);
        for (const std::size_t count : {7, 7, 21, 40})
            writeCaptions(into(folder.filePath("parts.txt"), count), model);
        QCOMPARE(contentOf(folder.filePath("parts.txt")), contentOf(folder.filePath("whole.txt")));
        CaptionWriterOptions other = into(folder.filePath("other.txt"), 40);
        other.seed = 5;
        writeCaptions(other, model);
        QVERIFY(contentOf(folder.filePath("other.txt")) != contentOf(folder.filePath("whole.txt")));
    }

    void keepsWhatIsThere() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("captions.txt");
        const QByteArray own =
            "# my own\nA song that I wrote myself, with oboe.\n\nbad\nanother one without a line end";
        write(file, own);
        writeCaptions(into(file, 5), model);
        QVERIFY(contentOf(file).startsWith(own + "\n"));
        QCOMPARE(CaptionList::read(file.toStdString(), CaptionKind::Long).size(), std::size_t{5});
        const QByteArray before = contentOf(file);
        const auto report = writeCaptions(into(file, 5), model);
        QCOMPARE(report.answers, std::size_t{0});
        QCOMPARE(contentOf(file), before);
    }

    void keepsCaptionsWhenTheModelFails() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("captions.txt");
        int asked = 0;
        const Ask failing = [&](const std::vector<ChatTurn>&, std::uint64_t) -> ChatReply {
            if (++asked > 3) throw n2m::base::Failure("the server is gone");
            return {fmt::format("A slow song with {} trumpets in it.", asked), false};
        };
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into(file, 10), failing), n2m::base::Failure);
        QCOMPARE(contentOf(file).count('\n'), 3);
    }

    void givesUpWhereNothingNewComes() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("captions.txt");
        int asked = 0;
        const Ask same = [&](const std::vector<ChatTurn>&, std::uint64_t) -> ChatReply {
            ++asked;
            return {"Always the same slow song.", false};
        };
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into(file, 10), same), n2m::base::Failure);
        QCOMPARE(asked, 21);
        QCOMPARE(contentOf(file), QByteArray("Always the same slow song.\n"));
    }

    void primesWithADozenDescriptions() {
        const Priming priming;
        QCOMPARE(priming.descriptions(), std::size_t{12});
        n2m::base::Random random(1);
        const Song song = priming.draw(random);
        QVERIFY(!song.style.empty());
        const auto turns = priming.turnsFor(song, CaptionKind::Long);
        QCOMPARE(turns.size(), std::size_t{26});
        QCOMPARE(turns.back().text, song.title + " by " + song.artist + " (" + song.style + ") :");
        // The descriptions and labels that it is primed with are captions themselves.
        for (const CaptionKind kind : {CaptionKind::Long, CaptionKind::Short}) {
            for (const ChatTurn& turn : priming.turnsFor(song, kind)) {
                if (turn.speaker != ChatTurn::Speaker::Model) continue;
                const auto captions = captionsIn({turn.text, false}, kind, {});
                QCOMPARE(captions.size(), std::size_t{kind == CaptionKind::Long ? 1U : 4U});
            }
        }
    }

    void asksAboutSongsOfAList() {
        const QTemporaryDir folder;
        write(folder.filePath("songs.txt"), "# songs\r\nStand by Me by Ben E. King\r\nUntitled\n");
        Priming priming;
        priming.takeSongs(folder.filePath("songs.txt").toStdString());
        std::set<std::string> asked;
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            n2m::base::Random random(seed);
            asked.insert(priming.turnsFor(priming.draw(random), CaptionKind::Long).back().text);
        }
        QCOMPARE(asked, std::set<std::string>({"Stand by Me by Ben E. King :", "Untitled :"}));
        write(folder.filePath("empty.txt"), "\n# nothing\n");
        QVERIFY_EXCEPTION_THROWN(priming.takeSongs(folder.filePath("empty.txt").toStdString()), n2m::base::Failure);
    }

    void refusesFilesThatAreNotText() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("captions.txt");
        write(file, QByteArray("fLaC\0\0\0\"", 8));
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into(file, 10), model), n2m::base::Failure);
        QCOMPARE(contentOf(file).size(), 8);
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into(folder.path(), 10), model), n2m::base::Failure);
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into("/proc/captions.txt", 10), model), n2m::base::Failure);
        QVERIFY_EXCEPTION_THROWN(writeCaptions(into(file, 0), model), n2m::base::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(CaptionWriterTest)
#include "CaptionWriterTest.moc"
