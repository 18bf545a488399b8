#include "engine/embedding/Measures.h"

#include "engine/base/Error.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m;
using namespace n2m::embedding;

namespace {

// Unit vectors in a plane, at these angles in degrees.
Vectors atAngles(const std::vector<double>& degrees) {
    Vectors vectors;
    for (const double angle : degrees) {
        const double radians = angle * M_PI / 180.0;
        vectors.push_back({static_cast<float>(std::cos(radians)), static_cast<float>(std::sin(radians))});
    }
    return vectors;
}

} // namespace

class MeasuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recallCountsOwnAnswersAmongTheNearest() {
        // The second query is nearer to two other answers than to its own; the third to six.
        const Vectors answers = atAngles({0, 90, 170, 80, 100, 20, 30, 40});
        const Vectors queries = atAngles({1, 82, 10, 80, 100, 20, 30, 40});
        const Recall recall = recallOf(queries, answers);
        QCOMPARE(recall.among, 8);
        QCOMPARE(recall.at1, 6.0 / 8.0);
        QCOMPARE(recall.at5, 7.0 / 8.0);
        QCOMPARE(recall.at10, 1.0);
        QVERIFY_EXCEPTION_THROWN(recallOf({}, {}), base::InvalidInput);
        QVERIFY_EXCEPTION_THROWN(recallOf(queries, atAngles({1.0})), base::InvalidInput);
    }

    // Ranks with ties are 1 2.5 2.5 4 5 and 2 3 4.5 4.5 1.
    void rankCorrelationSharesTies() {
        const std::vector<double> a{1, 2, 2, 4, 5}, b{10, 20, 30, 30, 5};
        QVERIFY(std::abs(rankCorrelation(a, b) - -1.25 / 9.5) < 1e-9);
        QVERIFY(std::abs(rankCorrelation(a, a) - 1.0) < 1e-12);
        QCOMPARE(rankCorrelation(std::vector<double>{1}, std::vector<double>{2}), 0.0);
        QVERIFY_EXCEPTION_THROWN(rankCorrelation(a, std::vector<double>{1}), base::InvalidInput);
    }

    void pairSimilaritiesAreOfDifferentVectors() {
        const std::vector<double> pairs = pairSimilarities(atAngles({0, 60, 90}));
        QCOMPARE(pairs.size(), std::size_t(3));
        QVERIFY(std::abs(pairs[0] - 0.5) < 1e-6);
        QVERIFY(std::abs(pairs[1]) < 1e-6);
        QVERIFY(std::abs(pairs[2] - std::cos(M_PI / 6.0)) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(MeasuresTest)
#include "MeasuresTest.moc"
