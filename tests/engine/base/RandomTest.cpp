#include "engine/base/Random.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

using namespace n2m::base;

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// SplitMix64's published first outputs for state 1234567 (Vigna's reference, Rosetta Code "Pseudo-random
    /// numbers/Splitmix64").
    void derivedSeedsAreSplitMix64() {
        static_assert(derivedSeed(1234567, 0) == 6457827717110365317u);
        static_assert(derivedSeed(1234567, 1) == 3203168211198807973u);
        std::set<std::uint64_t> seeds;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            for (std::uint64_t purpose = 0; purpose < 10; ++purpose)
                seeds.insert(derivedSeed(seed, purpose));
        }
        QCOMPARE(seeds.size(), std::size_t(1000));
    }

    void unitUniformIsBelowOne() {
        QCOMPARE(unitUniform(0), 0.0);
        QVERIFY(unitUniform(~std::uint64_t{0}) < 1.0);
        QCOMPARE(unitUniform(std::uint64_t{1} << 63), 0.5);
    }

    /// The standard fixes the 10,000th number of a default-constructed std::mt19937_64 (seed 5489).
    void fromEngineSeedIsTheStandardEngine() {
        Random random = Random::fromEngineSeed(5489);
        double last = 0.0;
        for (int n = 0; n < 10000; ++n)
            last = random.uniform();
        QCOMPARE(last, unitUniform(9981545732273789042u));
    }

    /// A clip keeps its sound as long as these numbers stay: this program's own, of its first release.
    void numbersStayTheSame() {
        Random random(7);
        const Random melody = Random(7).stream("melody");
        QCOMPARE(random.uniform(), 0x1.af2eea21b12ddp-1);
        QCOMPARE(Random(melody).uniform(), 0x1.cf2280239cc5dp-1);
    }

    void streamsAreIndependentOfDraws() {
        Random one(3), two(3);
        two.uniform();
        QCOMPARE(one.stream("bass").uniform(), two.stream("bass").uniform());
        QVERIFY(one.stream("bass").uniform() != one.stream("drums").uniform());
    }

    /// Bounds are five standard errors: 1/√(12 n) for the mean of uniform numbers, √(p(1 − p)/n) for shares, and for
    /// the bell 1/√n for the mean and about √(2/n) for the variance. Seeds are fixed, so no run differs.
    void distributions() {
        constexpr int n = 100000;
        Random random(1);
        double uniform = 0.0, bell = 0.0, square = 0.0;
        std::vector<int> counts(4), weighted(3);
        for (int i = 0; i < n; ++i) {
            uniform += random.uniform();
            const double value = random.bell();
            bell += value;
            square += value * value;
            ++counts[static_cast<std::size_t>(random.integer(0, 3))];
            ++weighted[random.weighted(std::vector<double>{1.0, 0.0, 3.0})];
        }
        QVERIFY(std::abs(uniform / n - 0.5) < 5.0 / std::sqrt(12.0 * n));
        QVERIFY(std::abs(bell / n) < 5.0 / std::sqrt(n));
        QVERIFY(std::abs(square / n - 1.0) < 5.0 * std::sqrt(2.0 / n));
        for (const int count : counts)
            QVERIFY(std::abs(static_cast<double>(count) / n - 0.25) < 5.0 * std::sqrt(0.25 * 0.75 / n));
        QCOMPARE(weighted[1], 0);
        QVERIFY(std::abs(static_cast<double>(weighted[0]) / n - 0.25) < 5.0 * std::sqrt(0.25 * 0.75 / n));
    }

    void shuffleKeepsEveryValue() {
        Random random(5);
        std::vector<int> values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        random.shuffle(values);
        QVERIFY(!std::is_sorted(values.begin(), values.end())); // 1 in 3,628,800 orders is; the seed is fixed
        std::sort(values.begin(), values.end());
        for (int n = 0; n < 10; ++n)
            QCOMPARE(values[static_cast<std::size_t>(n)], n);
    }
};

QTEST_GUILESS_MAIN(RandomTest)
#include "RandomTest.moc"
