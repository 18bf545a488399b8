#include "engine/labelling/NearestCaptions.h"

#include "engine/base/Random.h"
#include "engine/labelling/DefaultCaptions.h"

#include <QtTest/QtTest>

using namespace n2m::labelling;

/// The nearest captions of clips, the draw of rare ones, and the captions that come with the program.
class NearestCaptionsTest : public QObject {
    Q_OBJECT

    static std::vector<std::vector<float>> randomVectors(std::size_t count, std::uint64_t seed) {
        n2m::base::Random random(seed);
        std::vector<std::vector<float>> vectors(count, std::vector<float>(13));
        for (auto& vector : vectors) {
            for (float& value : vector)
                value = static_cast<float>(random.bell());
        }
        return vectors;
    }

private Q_SLOTS:
    void findsTheNearestInBatches() {
        const auto clips = randomVectors(9, 1), captions = randomVectors(500, 2);
        for (const std::size_t batch : {1U, 7U, 500U}) {
            NearestCaptions nearest(clips, 10);
            for (std::size_t from = 0; from < captions.size(); from += batch)
                nearest.add(std::span(captions).subspan(from, std::min<std::size_t>(batch, captions.size() - from)));
            const auto result = nearest.result();
            for (std::size_t clip = 0; clip < clips.size(); ++clip) {
                std::vector<std::pair<double, std::size_t>> all;
                for (std::size_t n = 0; n < captions.size(); ++n) {
                    double product = 0.0;
                    for (std::size_t k = 0; k < 13; ++k)
                        product += static_cast<double>(clips[clip][k]) * captions[n][k];
                    all.emplace_back(-product, n);
                }
                std::sort(all.begin(), all.end());
                QCOMPARE(result[clip].size(), std::size_t{10});
                for (std::size_t n = 0; n < 10; ++n) {
                    QCOMPARE(result[clip][n].caption, all[n].second);
                    QVERIFY(std::abs(result[clip][n].similarity + all[n].first) < 1e-5);
                }
            }
        }
    }

    void takesTheEarlierOfEqualOnes() {
        NearestCaptions nearest({{1.0F, 0.0F}}, 2);
        nearest.add(std::vector<std::vector<float>>(5, {0.5F, 0.5F}));
        const std::vector<ScoredCaption> expected{{0, 0.5F}, {1, 0.5F}};
        QCOMPARE(nearest.result().front(), expected);
        NearestCaptions few({{1.0F, 0.0F}}, 10);
        few.add(std::vector<std::vector<float>>(2, {0.5F, 0.5F}));
        QCOMPARE(few.result().front().size(), std::size_t{2});
    }

    void drawsRareOnesMoreOften() {
        // Caption 0 is near to every clip, captions 1 … are near to one each: weights 1/2000 against 1, so that the
        // first of two draws is caption 0 in 1 of 2001 cases and the second nearly never either.
        std::vector<std::vector<ScoredCaption>> nearest;
        std::vector<std::string> names;
        for (std::size_t clip = 0; clip < 2000; ++clip) {
            nearest.push_back({{0, 0.9F}, {2 * clip + 1, 0.8F}, {2 * clip + 2, 0.7F}});
            names.push_back("clip " + std::to_string(clip));
        }
        const auto drawn = drawRareCaptions(nearest, names, 1, 7);
        std::size_t frequent = 0, first = 0;
        for (std::size_t clip = 0; clip < drawn.size(); ++clip) {
            QCOMPARE(drawn[clip].size(), std::size_t{1});
            frequent += drawn[clip][0].caption == 0 ? 1 : 0;
            first += drawn[clip][0].caption == 2 * clip + 1 ? 1 : 0;
        }
        QVERIFY2(frequent <= 6, qPrintable(QString::number(frequent)));            // 0.5 expected
        QVERIFY2(first > 900 && first < 1100, qPrintable(QString::number(first))); // 1000 ± 22
    }

    void drawsInProportionToTheInverse() {
        // Two captions, near to 1000 and to 250 clips: where both are near, 1 : 4.
        std::vector<std::vector<ScoredCaption>> nearest;
        std::vector<std::string> names;
        for (std::size_t clip = 0; clip < 1000; ++clip) {
            nearest.push_back({{0, 0.9F}});
            if (clip < 250) nearest.back().push_back({1, 0.8F});
            names.push_back(std::to_string(clip));
        }
        std::size_t rare = 0;
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            const auto drawn = drawRareCaptions(nearest, names, 1, seed);
            for (std::size_t clip = 0; clip < 250; ++clip)
                rare += drawn[clip][0].caption;
        }
        QVERIFY2(std::abs(static_cast<double>(rare) / 2000.0 - 0.8) < 0.04, qPrintable(QString::number(rare)));
    }

    void drawsWithoutRepetitionAndByName() {
        const std::vector<std::vector<ScoredCaption>> nearest(3, {{0, 0.9F}, {1, 0.8F}, {2, 0.7F}, {3, 0.6F}});
        const auto drawn = drawRareCaptions(nearest, {"a", "b", "c"}, 3, 1);
        for (const auto& list : drawn) {
            std::set<std::size_t> different;
            for (const ScoredCaption& scored : list)
                different.insert(scored.caption);
            QCOMPARE(different.size(), std::size_t{3});
            QVERIFY(std::is_sorted(list.begin(), list.end(),
                                   [](const auto& a, const auto& b) { return a.similarity > b.similarity; }));
        }
        const auto moved = drawRareCaptions(nearest, {"c", "a", "b"}, 3, 1);
        QCOMPARE(moved[1], drawn[0]);
        QCOMPARE(moved[0], drawn[2]);
        QCOMPARE(drawRareCaptions(nearest, {"a", "b", "c"}, 9, 1)[0].size(), std::size_t{4});
    }

    void bringsCaptionsOfItsOwn() {
        for (const CaptionKind kind : {CaptionKind::Long, CaptionKind::Short}) {
            const auto captions = defaultCaptions(kind, 2000);
            QCOMPARE(captions.size(), std::size_t{2000});
            std::map<std::string, std::set<std::string>> values;
            std::set<std::string> texts;
            for (const FactualCaption& caption : captions) {
                texts.insert(captionKey(caption.text));
                QVERIFY2(cleanCaption(caption.text, kind) == caption.text, caption.text.c_str());
                QVERIFY2(caption.text.find("bpm") == std::string::npos, caption.text.c_str());
                for (const auto& [attribute, value] : caption.facts)
                    values[attribute].insert(value);
            }
            QCOMPARE(texts.size(), captions.size());
            QVERIFY(values["genre"].size() >= 28 && values["lead"].size() >= 30 && values["mood"].size() >= 11);
            QVERIFY(values["tempo"].size() == 5);
            QVERIFY(!values.contains("key"));
            QCOMPARE(defaultCaptions(kind, 10).back().text, captions[9].text);
        }
    }
};

QTEST_GUILESS_MAIN(NearestCaptionsTest)
#include "NearestCaptionsTest.moc"
