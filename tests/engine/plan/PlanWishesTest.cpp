#include "engine/plan/PlanWishes.h"

#include <QtTest/QtTest>

using namespace n2m::plan;

class PlanWishesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prompts_data() {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<double>("bpm"); // 0 = none
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("metre");
        const auto row = [](const char* prompt, double bpm, const char* key, int metre) {
            QTest::newRow(prompt) << QString::fromUtf8(prompt) << bpm << key << metre;
        };
        row("a slow, sad piano ballad with soft strings", 0, "", 0);
        row("techno at 128 bpm in F# minor.", 128, "F# minor", 0);
        row("128bpm house", 128, "", 0);
        row("A 92.5-BPM groove", 92.5, "", 0);
        row("Rock, 140 beats per minute, in the key of B flat major", 140, "Bb major", 0);
        row("a waltz in 3/4, E-flat minor", 0, "Eb minor", 3);
        row("a ballad in a minor key", 0, "", 0);
        row("A minor-key ballad", 0, "", 0);
        row("A major hit", 0, "", 0);
        row("in the key of a minor, slow", 0, "A minor", 0);
        row("a ballad in A minor with strings", 0, "A minor", 0);
        row("jazz in a minor", 0, "A minor", 0);
        row("A minor", 0, "A minor", 0);
        row("c major scale exercise in 4/4", 0, "C major", 4);
        row("5000 bpm madness, then 100 bpm, then 120 bpm", 100, "", 0);
        row("1980s synthwave, 808 drums", 0, "", 0);
        row("B♭ minor 🎹", 0, "Bb minor", 0);
        row("nan bpm inf bpm -90 bpm 1e2 bpm", 0, "", 0);
        row("", 0, "", 0);
        row("... ,,, !!!", 0, "", 0);
    }
    void prompts() {
        QFETCH(QString, prompt);
        QFETCH(double, bpm);
        QFETCH(QString, key);
        QFETCH(int, metre);
        const PlanWishes wishes = wishesIn(prompt.toStdString());
        QCOMPARE(wishes.bpm.value_or(0.0), bpm);
        QCOMPARE(wishes.key ? toString(*wishes.key) : std::string(), key.toStdString());
        QCOMPARE(wishes.beatsPerBar.value_or(0), metre);
        QVERIFY(wishes.chords.empty());
    }

    void anything() {
        std::string bytes;
        for (int n = 0; n < 100000; ++n)
            bytes += static_cast<char>(n * 7919 % 256);
        wishesIn(bytes);
        wishesIn(std::string(100000, 'A'));
        bytes.assign(100000, '9'); // not operator+, about which GCC 12 warns wrongly
        bytes += " bpm";
        wishesIn(bytes);
    }
};

QTEST_GUILESS_MAIN(PlanWishesTest)
#include "PlanWishesTest.moc"
