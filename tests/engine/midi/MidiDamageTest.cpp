#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/composer/Composer.h"
#include "engine/midi/MidiReader.h"
#include "engine/midi/MidiWriter.h"
#include "engine/plan/PlanJson.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

using namespace n2m;
using namespace n2m::midi;

namespace {

const plan::Plan& composed() {
    static const plan::Plan plan = [] {
        const composer::Vocabulary vocabulary;
        return composer::compose(vocabulary, composer::drawSketch(vocabulary, 11, 10.0), 10.0).plan;
    }();
    return plan;
}

enum class Outcome { Read, Refused };

// Reads bytes: the result is a plan that is valid, or one line. Anything else ends the test.
Outcome outcomeOf(const std::string& bytes, bool check) {
    try {
        const ReadScore score = readMidi(bytes);
        if (check) plan::planFromJson(plan::toJson(score.plan));
        return Outcome::Read;
    } catch (const base::InvalidInput& error) {
        const std::string line = error.what();
        if (line.empty() || line.find('\n') != std::string::npos || line.starts_with("plan:"))
            throw std::logic_error(line);
        return Outcome::Refused;
    }
}

} // namespace

/// Reads damaged files: none crashes the reader, or keeps it busy, or gives a plan that others refuse.
class MidiDamageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutOffAtEveryByte() {
        const std::string file = writeMidi(composed());
        std::size_t read = 0;
        for (std::size_t size = 0; size < file.size(); ++size)
            if (outcomeOf(file.substr(0, size), size % 16 == 0) == Outcome::Read) ++read;
        // The conductor's track comes before the first notes; from those on, everything is read.
        QVERIFY2(read > file.size() / 2, fmt::format("{} of {}", read, file.size()).c_str());
        QCOMPARE(outcomeOf(file, true), Outcome::Read);
    }

    void withBytesChanged() {
        const std::string file = writeMidi(composed());
        base::Random random(20261201);
        std::size_t read = 0;
        for (int n = 0; n < 3000; ++n) {
            std::string damaged = file;
            const int changes = random.integer(1, 12);
            for (int change = 0; change < changes; ++change)
                damaged[static_cast<std::size_t>(random.integer(0, static_cast<int>(file.size()) - 1))] =
                    static_cast<char>(random.integer(0, 255));
            if (outcomeOf(damaged, true) == Outcome::Read) ++read;
        }
        QVERIFY2(read > 2500, fmt::format("{}", read).c_str());
    }

    // Damage where it hurts most: in the header, the tempo map and the lengths.
    void withItsBeginningChanged() {
        const std::string file = writeMidi(composed());
        base::Random random(7);
        for (int n = 0; n < 3000; ++n) {
            std::string damaged = file;
            for (int change = random.integer(1, 4); change > 0; --change)
                damaged[static_cast<std::size_t>(random.integer(8, 120))] = static_cast<char>(random.integer(0, 255));
            outcomeOf(damaged, true);
        }
    }

    void ofRandomBytes() {
        base::Random random(99);
        for (int n = 0; n < 2000; ++n) {
            std::string bytes = writeMidi(composed()).substr(0, 14) + "MTrk";
            bytes += std::string("\0\0\x08\0", 4);
            for (int byte = 0; byte < 2048; ++byte)
                bytes += static_cast<char>(random.integer(0, random.chance(0.5) ? 127 : 255));
            outcomeOf(bytes, true);
        }
    }
};

QTEST_GUILESS_MAIN(MidiDamageTest)
#include "MidiDamageTest.moc"
