#include "engine/prompt/PlanDraw.h"

#include <QtTest/QtTest>

#include <set>

using namespace n2m;
using namespace n2m::prompt;
using Role = plan::Part::Role;

namespace {

constexpr int seeds = 6;
constexpr double seconds = 20.0;

} // namespace

/// What a prompt excludes is excluded from the score, and who plays alone plays alone.
class ScoreWishesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // "-drums": no note of that role or family; "=piano": these play, and nobody else ("piano" may have two hands).
    void exclusions_data() {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("negative");
        QTest::addColumn<QString>("wishes");
        int number = 0;
        const auto row = [&](const char* prompt, const char* wishes, const char* negative = "") {
            QTest::addRow("%02d %s / %s", ++number, prompt, negative) << prompt << negative << wishes;
        };
        row("a rock song without drums", "-drums");
        row("house without any percussion", "-drums");
        row("drumless techno", "-drums");
        row("a drum-free samba", "-drums");
        row("lo-fi with no beat", "-drums");
        row("beatless trance", "-drums");
        row("jazz, no drummer", "-drums");
        row("hip hop w/o drums", "-drums");
        row("funk minus the drums", "-drums");
        row("pop with no drums or bass", "-drums -bass");
        row("metal without bass", "-bass");
        row("reggae, but leave out the bass", "-bass");
        row("a bassline-free disco track", "-bass");
        row("country without drums, bass or guitars", "-drums -bass -guitar");
        row("soul without drums, bass and guitar", "-drums -bass -guitar");
        row("a folk tune without guitars", "-guitar");
        row("instrumental rock without guitars", "-guitar");
        row("bossa nova without a guitarist", "-guitar");
        row("a ballad without piano", "-piano");
        row("jazz with no piano and no saxophone", "-piano -saxophone");
        row("a film score without strings", "-strings");
        row("film music without brass", "-brass");
        row("funk without horns", "-brass");
        row("salsa without trumpets", "-brass");
        row("synthwave, no synth lead, no pads", "-pads");
        row("ambient without pads", "-pads");
        row("pop without synths", "-synth");
        row("celtic music without fiddle", "-violin");
        row("a waltz without accordion", "-accordion");
        row("blues without harmonica", "-harmonica");
        row("gospel without organ and without choir", "-organ -choir");
        row("epic trailer music, no choir", "-choir");
        row("ambient, no melody", "-lead");
        row("hip-hop beat without a melody", "-lead");
        row("a folk song, melody only, no accompaniment", "-accompaniment");
        row("a rock song", "-drums -bass", "drums, bass");
        row("an upbeat pop song", "-guitar", "guitar");
        row("jazz trio", "-piano", "piano");
        row("techno", "-drums", "percussion");
        row("orchestral adventure", "-strings", "strings");
        row("just a solo cello", "=cello");
        row("A sad song played by a solo pianist", "=piano");
        row("unaccompanied violin", "=violin");
        row("nothing but acoustic guitar", "=guitar");
        row("solo flute", "=flute");
        row("only drums", "=drums");
        row("a saxophonist playing alone", "=saxophone");
        row("solo trumpet ballad, no other instruments", "=trumpet");
        row("a piano and cello duo", "=piano cello");
        row("jazz for just piano, double bass and drums", "=piano bass drums");
        row("string quartet", "=strings");
        row("solo harp lullaby", "=harp");
        row("solo guitar without drums", "=guitar -drums");
        row("a lone banjo picker", "=banjo");
    }
    void exclusions() {
        QFETCH(QString, prompt);
        QFETCH(QString, negative);
        QFETCH(QString, wishes);
        for (int seed = 1; seed <= seeds; ++seed) {
            const plan::Plan plan = written(prompt.toStdString(), negative.toStdString(), seed);
            std::size_t notes = 0;
            for (const plan::Part& part : plan.parts)
                notes += part.notes.size();
            QVERIFY2(notes > 4, qPrintable(QStringLiteral("seed %1: %2 notes").arg(seed).arg(notes)));
            QStringList only;
            for (const QString& word : wishes.split(' ')) {
                if (!word.startsWith('-')) {
                    only << QString(word).remove('=');
                    continue;
                }
                for (const plan::Part& part : plan.parts)
                    QVERIFY2(!isCalled(part, word.mid(1)) || part.notes.empty(), failure(part, seed));
            }
            if (only.isEmpty()) continue;
            for (const plan::Part& part : plan.parts) {
                const bool named =
                    std::any_of(only.begin(), only.end(), [&](const QString& name) { return isCalled(part, name); });
                QVERIFY2(named || part.notes.empty(), failure(part, seed));
            }
            for (const QString& name : only) { // and all of them do
                const bool plays = std::any_of(plan.parts.begin(), plan.parts.end(), [&](const plan::Part& part) {
                    return isCalled(part, name) && !part.notes.empty();
                });
                QVERIFY2(plays, qPrintable(QStringLiteral("no %1, seed %2").arg(name).arg(seed)));
            }
        }
    }

    void inclusions_data() {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("plays");
        const auto row = [&](const char* prompt, const char* plays) { QTest::newRow(prompt) << prompt << plays; };
        row("a classical piece with drums", "drums");
        row("a baroque concerto with drums and electric guitar", "drums guitar");
        row("techno with a violinist", "violin");
        row("a folk song with bass", "bass");
        row("ambient with a drummer", "drums");
        row("a piano ballad with a cello and a choir", "piano cello choir");
        row("metal with strings", "strings");
        row("a waltz with tuba", "tuba");
        row("folk in 6/8 with drums and piano", "drums piano");
        row("lo-fi beat with ukulele", "ukulele");
        row("full orchestra", "strings");
    }
    void inclusions() {
        QFETCH(QString, prompt);
        QFETCH(QString, plays);
        for (int seed = 1; seed <= seeds; ++seed) {
            const plan::Plan plan = written(prompt.toStdString(), "", seed);
            for (const QString& name : plays.split(' ')) {
                const bool heard = std::any_of(plan.parts.begin(), plan.parts.end(), [&](const plan::Part& part) {
                    return isCalled(part, name) && part.notes.size() > 2;
                });
                QVERIFY2(heard, qPrintable(QStringLiteral("no %1, seed %2").arg(name).arg(seed)));
            }
        }
    }

    // The notes keep to the bar: a waltz has a downbeat every third beat, and the bass begins its bars there.
    void metresAreWritten() {
        for (const auto& [prompt, beats] : {std::pair("a slow waltz", 3), {"folk in 6/8", 6}, {"a tango in 4/4", 4}}) {
            for (int seed = 1; seed <= seeds; ++seed) {
                const plan::Plan plan = written(prompt, "", seed);
                QCOMPARE(plan.beatsPerBar, beats);
                for (std::size_t n = 0; n < plan.beats.size(); ++n)
                    QCOMPARE(plan.beats[n].downbeat, n % static_cast<std::size_t>(beats) == 0);
                std::set<int> begun; // bars that somebody but the lead begins
                for (const plan::Part& part : plan.parts) {
                    if (part.role == Role::Lead) continue;
                    for (const plan::Note& note : part.notes) {
                        const double bar = note.start * plan.bpm / 60.0 / beats;
                        if (std::abs(bar - std::round(bar)) * beats < 0.15)
                            begun.insert(static_cast<int>(std::round(bar)));
                    }
                }
                const double bars = plan.seconds * plan.bpm / 60.0 / beats;
                QVERIFY2(
                    static_cast<double>(begun.size()) > 0.4 * bars,
                    qPrintable(
                        QStringLiteral("%1, seed %2: %3 of %4").arg(prompt).arg(seed).arg(begun.size()).arg(bars)));
            }
        }
    }

private:
    plan::Plan written(const std::string& prompt, const std::string& negative, int seed) const {
        return writePlan(m_vocabulary, understand(m_lexicon, prompt, negative), prompt, {}, seconds,
                         static_cast<std::uint64_t>(seed));
    }

    static const char* failure(const plan::Part& part, int seed) {
        static std::string text;
        text = "role " + std::to_string(static_cast<int>(part.role)) + ", program " + std::to_string(part.program) +
               ", " + std::to_string(part.notes.size()) + " notes, seed " + std::to_string(seed);
        return text.c_str();
    }

    // By General MIDI's own families, not by the names of the composer.
    static bool isCalled(const plan::Part& part, const QString& name) {
        const int program = part.program % 1000;
        const auto between = [&](int low, int high) {
            return part.role != Role::Drums && program >= low && program <= high;
        };
        const auto among = [&](std::set<int> programs) {
            return part.role != Role::Drums && programs.contains(program);
        };
        if (name == "drums") return part.role == Role::Drums;
        if (name == "bass") return part.role == Role::Bass || between(32, 39);
        if (name == "lead") return part.role == Role::Lead;
        if (name == "accompaniment") return part.role == Role::Accompaniment;
        if (name == "guitar") return between(24, 31) && part.program != 16025 && part.program != 8024;
        if (name == "ukulele") return part.program == 8024;
        if (name == "piano") return between(0, 5);
        if (name == "saxophone") return between(64, 67);
        if (name == "strings") return between(40, 45) || between(48, 51) || among({110});
        if (name == "brass") return between(56, 63);
        if (name == "pads") return between(88, 95) || among({97, 99});
        if (name == "synth") return between(80, 95) || between(96, 99) || between(38, 39) || among({50, 51, 62, 63});
        if (name == "violin") return among({40, 110});
        if (name == "cello") return among({42});
        if (name == "accordion") return among({21, 23});
        if (name == "harmonica") return among({22});
        if (name == "organ") return between(16, 20);
        if (name == "choir") return between(52, 54);
        if (name == "flute") return between(73, 74);
        if (name == "trumpet") return among({56, 59});
        if (name == "harp") return among({46});
        if (name == "banjo") return among({105});
        if (name == "tuba") return among({58});
        return false;
    }

    composer::Vocabulary m_vocabulary;
    Lexicon m_lexicon;
};

QTEST_GUILESS_MAIN(ScoreWishesTest)
#include "ScoreWishesTest.moc"
