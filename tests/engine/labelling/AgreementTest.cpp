#include "tests/engine/labelling/ToyEmbedder.h"

#include "engine/base/Error.h"
#include "engine/labelling/Agreement.h"
#include "engine/labelling/DefaultCaptions.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m::labelling;
using n2m::test::toyEmbedder;
using n2m::test::writeTone;

/// The count of right pseudo-labels, with embeddings that know the genre, and with ones that know nothing.
class AgreementTest : public QObject {
    Q_OBJECT

    static constexpr int ranges = 8;

    static void writeSet(const QTemporaryDir& folder, const std::vector<std::string>& genres) {
        QFile list(folder.filePath("clips.jsonl"));
        QVERIFY(list.open(QIODevice::WriteOnly));
        for (int n = 0; n < 24; ++n) {
            const std::string name = fmt::format("{}.wav", n);
            writeTone(folder.filePath(QString::fromStdString(name)).toStdString(), n % ranges, 1.0);
            const nlohmann::json line = {{"audio", name},
                                         {"split", n < 16 ? "heldout" : "train"},
                                         {"attributes",
                                          {{"genre", genres.at(static_cast<std::size_t>(n % ranges))},
                                           {"lead", "none of them"},
                                           {"tempo", "fast"},
                                           {"mood", "sad"}}}};
            list.write(QByteArray::fromStdString(line.dump() + "\n"));
        }
    }

private Q_SLOTS:
    void countsRightLabels() {
        std::map<std::string, std::map<std::string, std::string>> known;
        std::vector<std::string> genres;
        for (const CaptionKind kind : {CaptionKind::Long, CaptionKind::Short}) {
            for (const FactualCaption& caption : defaultCaptions(kind, 1000)) {
                known[caption.text] = caption.facts;
                const auto genre = caption.facts.find("genre");
                if (genre != caption.facts.end() && genres.size() < ranges &&
                    std::find(genres.begin(), genres.end(), genre->second) == genres.end())
                    genres.push_back(genre->second);
            }
        }
        const QTemporaryDir folder;
        writeSet(folder, genres);
        AgreementOptions options;
        options.data = folder.path().toStdString();
        options.longDefaults = options.shortDefaults = 1000;

        Embedder knowing = toyEmbedder();
        knowing.texts = [&](std::span<const std::string> texts) {
            std::vector<std::vector<float>> vectors;
            for (const std::string& text : texts) {
                std::vector<float> vector(ranges, 0.0F);
                const auto genre = known.at(text).find("genre");
                for (std::size_t n = 0; n < genres.size(); ++n)
                    vector[n] = genre != known.at(text).end() && genre->second == genres[n] ? 1.0F : 0.0F;
                vectors.push_back(vector);
            }
            return vectors;
        };
        const AgreementReport report = measureAgreement(options, knowing);
        QCOMPARE(report.clips, std::size_t{16});
        QCOMPARE(report.rows.size(), std::size_t{8});
        for (const Agreement& row : report.rows) {
            if (row.attribute == "genre") {
                QCOMPARE(row.said, std::size_t{48});
                QCOMPARE(row.precision, 1.0);
                QCOMPARE(row.nearest, 1.0);
                QVERIFY(std::abs(row.chance - 1.0 / ranges) < 1e-9);
            }
            if (row.attribute == "lead") {
                QCOMPARE(row.precision, 0.0);
                QCOMPARE(row.chance, 0.0);
            }
            // All clips are fast and sad: what the captions say by chance is right as often as what they say.
            if (row.attribute == "tempo" || row.attribute == "mood") {
                QVERIFY(std::abs(row.precision - row.chance) < 1e-9);
                QVERIFY(row.low <= row.precision && row.precision <= row.high);
            }
        }
    }

    void refusesSetsWithoutTruth() {
        const QTemporaryDir folder;
        AgreementOptions options;
        options.data = folder.path().toStdString();
        QVERIFY_EXCEPTION_THROWN(measureAgreement(options, toyEmbedder()), n2m::base::Failure);
        QFile list(folder.filePath("clips.jsonl"));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.write("{\"audio\": \"a.wav\", \"split\": \"train\"}\n");
        list.flush();
        QVERIFY_EXCEPTION_THROWN(measureAgreement(options, toyEmbedder()), n2m::base::InvalidInput);
        list.write("{\"audio\": \"a.wav\", \"split\": \"heldout\", \"attributes\": {\"genre\": 7}}\n");
        list.flush();
        QVERIFY_EXCEPTION_THROWN(measureAgreement(options, toyEmbedder()), n2m::base::Failure);
    }
};

QTEST_GUILESS_MAIN(AgreementTest)
#include "AgreementTest.moc"
