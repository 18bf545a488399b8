#include "engine/labelling/CaptionCleaning.h"

#include <QtTest/QtTest>

using namespace n2m::labelling;

/// Captions out of what language models and people write.
class CaptionCleaningTest : public QObject {
    Q_OBJECT

    static QStringList list(const std::vector<std::string>& texts) {
        QStringList result;
        for (const std::string& text : texts)
            result << QString::fromStdString(text);
        return result;
    }

private Q_SLOTS:
    void cleansALine_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("isLong");
        QTest::addColumn<QByteArray>("caption");
        const auto sentence = [](const char* name, const QByteArray& line, const QByteArray& caption) {
            QTest::newRow(name) << line << true << caption;
        };
        const auto label = [](const char* name, const QByteArray& line, const QByteArray& caption) {
            QTest::newRow(name) << line << false << caption;
        };
        sentence("as it is", "A slow piano ballad with strings.", "A slow piano ballad with strings.");
        sentence("numbered and quoted", " 12)  \"A slow piano ballad in minor.\" ", "A slow piano ballad in minor.");
        sentence("bullet and bold", "- **Slow jazz** with a _soft_ trumpet", "Slow jazz with a _soft_ trumpet");
        sentence("typographic quotes", "“A café waltz, played by accordion.”", "A café waltz, played by accordion.");
        sentence("prefix", "Description: a fast techno track", "a fast techno track");
        sentence("control characters", QByteArray("a\x07 slow\tpiano \x1b ballad\r", 23), "a slow piano ballad");
        sentence("C1 and no-break space",
                 "a slow\xc2\x85piano\xc2\xa0\xc2\xa0"
                 "ballad",
                 "a slow piano ballad");
        sentence("a decade at the start", "1980s synth pop with drums", "1980s synth pop with drums");
        sentence("preamble", "Sure, here is a description of it:", "");
        sentence("excuse", "I'm sorry, but I do not know this song.", "");
        sentence("as an AI", "As an AI I have not heard this piece of music.", "");
        sentence("address", "A slow piano ballad, see https://example.org", "");
        sentence("markup", "<b>A slow piano ballad</b> with strings", "");
        sentence("JSON", "{\"caption\": \"a slow piano ballad\"}", "");
        sentence("too few words", "A song.", "");
        sentence("punctuation", "... --- ... *** ...", "");
        sentence("not UTF-8", "a slow piano \xff\xfe ballad with strings", "");
        sentence("too long", "A slow piano ballad at 3.5 minutes. " + QByteArray(390, 'x') + " goes on.",
                 "A slow piano ballad at 3.5 minutes.");
        sentence("one endless sentence", "A slow piano ballad and " + QByteArray(500, 'x'), "");
        label("as it is", "slow jazz waltz", "slow jazz waltz");
        label("with a full stop", "Drum and bass.", "Drum and bass");
        label("hyphens count once", "mid-tempo rock-and-roll with up-beat off-beat slap-bass lines",
              "mid-tempo rock-and-roll with up-beat off-beat slap-bass lines");
        label("short mid-tempo", "mid-tempo rock", "mid-tempo rock");
        label("too many words", "a slow jazz waltz for an accordion and a band", "");
        label("no letters", "123", "");
        label("colon", "genre: jazz", "");
    }

    void cleansALine() {
        QFETCH(QByteArray, line);
        QFETCH(bool, isLong);
        QFETCH(QByteArray, caption);
        const std::string cleaned = cleanCaption(line.toStdString(), isLong ? CaptionKind::Long : CaptionKind::Short);
        QCOMPARE(QString::fromStdString(cleaned), QString::fromUtf8(caption));
        // A cleaned caption is clean.
        QCOMPARE(cleanCaption(cleaned, isLong ? CaptionKind::Long : CaptionKind::Short), cleaned);
    }

    void splitsAReply() {
        const ChatReply reply{
            "<think>What might it be?\nJazz, with a lot of words.</think>Here are two descriptions:\n\n"
            "1. A slow jazz tune with a trumpet.\n2. Blue Window is a fine song by the Foxes.\n"
            "```\ncode that is not music at all\n```\n3. A fast polka for accordion and tuba.",
            false};
        QCOMPARE(list(captionsIn(reply, CaptionKind::Long, {"Blue Window", "The Foxes"})),
                 QStringList({"A slow jazz tune with a trumpet.", "A fast polka for accordion and tuba."}));
    }

    void leavesOutTheEndOfACutReply() {
        QCOMPARE(list(captionsIn({"A slow jazz tune. The trumpet plays over a walk", true}, CaptionKind::Long, {})),
                 QStringList("A slow jazz tune."));
        QCOMPARE(list(captionsIn({"slow jazz, trumpet mel", true}, CaptionKind::Short, {})), QStringList("slow jazz"));
        QVERIFY(captionsIn({"<think>I wonder whether this is a slow jazz tune.", true}, CaptionKind::Long, {}).empty());
    }

    void splitsLabels() {
        QCOMPARE(list(captionsIn({"Labels: slow jazz, trumpet lead;\n- warm, , bass.", false}, CaptionKind::Short, {})),
                 QStringList({"slow jazz", "trumpet lead", "warm", "bass"}));
    }

    void comparesCaptions() {
        QCOMPARE(captionKey("A slow, SAD waltz."), captionKey("a slow sad  waltz"));
        QVERIFY(captionKey("a slow waltz") != captionKey("a slow waltz in 3/4"));
        QVERIFY(captionKey("café") != captionKey("caf"));
    }
};

QTEST_GUILESS_MAIN(CaptionCleaningTest)
#include "CaptionCleaningTest.moc"
