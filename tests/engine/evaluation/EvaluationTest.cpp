#include "engine/evaluation/Evaluation.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/evaluation/AttributePairs.h"
#include "engine/evaluation/DetectorTrainer.h"
#include "engine/evaluation/KeptClips.h"
#include "tests/engine/evaluation/ToyClips.h"
#include "tests/support/TinyBundle.h"

#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace n2m::evaluation;
using n2m::Request;

/// The pipeline is replaced by makers whose worth is known: one that answers with a real clip of what was asked for,
/// and one that answers the same whatever it was asked.
class EvaluationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        torch::set_num_threads(1);
        writeToyClips(path() / "data", 50);
        DetectorTrainingOptions options;
        options.data = path() / "data";
        options.output = path();
        options.epochs = 10;
        options.batch = 8;
        trainDetectors(options);
        m_detectors = std::make_unique<Detectors>(path() / "detectors.safetensors");
        m_train = std::make_unique<RealClips>(path() / "data", n2m::training::Split::Train);
        m_held = std::make_unique<RealClips>(path() / "data", n2m::training::Split::HeldOut);
    }

    void tellsAGoodMakerFromADeafOne() {
        const EvaluationOptions options = ownPlansAndNone();
        std::map<std::string, int> asked;
        const auto good = evaluate(options, *m_detectors, *m_held, [&](const Request& request) {
            for (const char* label : {"bells", "high"})
                asked[label] += request.givenPlan && request.prompt.find(label) != std::string::npos;
            return obedient(request);
        });
        const auto deaf = evaluate(options, *m_detectors, *m_held, [&](const Request&) { return alwaysTheSame(); });
        QCOMPARE(good.rows.size(), std::size_t(3 + 2 * 2));
        QCOMPARE(good.rows[3].name, std::string("generated, own plan"));
        QCOMPARE(good.rows[3].clips, clips);
        // After the training with 23 other seeds all five were heard right each time, here and in another order below;
        // one may be wrong. (All of the held-out clips were, too.)
        for (const char* attribute : {"genre", "lead"})
            QVERIFY2(good.rows[3].attributes.at(attribute).hits >= clips - 1, good.text().c_str());
        // Whatever the detectors hear in the one clip of the deaf maker, they are right for the captions of one label.
        for (const auto& [attribute, label] : {std::pair("genre", "bells"), std::pair("lead", "high")}) {
            const int one = asked[label], hits = deaf.rows[3].attributes.at(attribute).hits;
            QVERIFY2(one >= 1 && one <= clips - 1, attribute);
            QVERIFY2(hits == one || hits == clips - one, deaf.text().c_str());
        }
        // Tempo and beats are heard without anything trained, so these figures are the same in every run: 5 of 5 tempi
        // are right, and 3 with another clip's plan; the beats agree by 0.80, and by 0.04 in another order.
        QVERIFY2(good.rows[3].tempo.rate() > 0.8, good.text().c_str());
        QVERIFY2(good.rows[4].tempo.rate() < good.rows[3].tempo.rate(), good.text().c_str());
        QVERIFY2(good.rows[1].beats.mean() < 0.5 * good.rows[0].beats.mean(), good.text().c_str());
        // In another order the genre stays.
        QVERIFY2(good.rows[1].attributes.at("genre").hits >= clips - 1, good.text().c_str());
        QVERIFY(good.rows[0].unseen.at("genre").count > 0);
        const auto json = nlohmann::json::parse(good.json());
        QCOMPARE(json["rows"][3]["genre"]["count"].get<int>(), clips);
    }

    /// A few clips have no useful distance in 32 dimensions: five real ones are at 63 to 111 from the reference, one
    /// clip repeated at 99 to 142, depending on the seed of the training. Only what follows from the formula is
    /// certain: the reference's own clips are at distance 0, and one clip repeated, which has no covariance, at |x −
    /// μ|² + tr Σ > 0.
    void measuresTheDistanceToOtherRealClips() {
        EvaluationOptions options = ownPlansAndNone();
        options.sheet = clips;
        const auto good =
            evaluate(options, *m_detectors, *m_held, [&](const Request& request) { return obedient(request); });
        std::vector<Spectrogram> reference; // half of the held-out clips give their captions, the others are compared
        for (std::size_t clip = 0; clip < m_held->size(); ++clip) {
            const Spectrogram sound = m_held->spectrogram(clip);
            if (std::none_of(good.sheet.begin(), good.sheet.end(),
                             [&](const auto& row) { return row.front().values == sound.values; }))
                reference.push_back(sound);
        }
        QCOMPARE(static_cast<int>(reference.size()), clips);
        QCOMPARE(good.frechetClips, clips);
        std::size_t next = 0;
        const auto copied = evaluate(options, *m_detectors, *m_held, [&](const Request&) {
            return GeneratedClip{reference[next++ % reference.size()], {}};
        });
        const auto deaf = evaluate(options, *m_detectors, *m_held, [&](const Request&) { return alwaysTheSame(); });
        QVERIFY(good.rows[0].frechetFeatures && good.rows[3].frechetStatistics);
        QVERIFY2(*deaf.rows[3].frechetFeatures > 0.0, deaf.text().c_str());
        QVERIFY2(*deaf.rows[3].frechetStatistics > 0.0, deaf.text().c_str());
        QVERIFY2(std::abs(*copied.rows[3].frechetFeatures) < 1e-3 * *deaf.rows[3].frechetFeatures,
                 copied.text().c_str());
        QVERIFY2(std::abs(*copied.rows[3].frechetStatistics) < 1e-3 * *deaf.rows[3].frechetStatistics,
                 copied.text().c_str());
    }

    // With random weights nothing is understood, but a clip is like itself, and the distance to itself is 0.
    void measuresInTheJointEmbedding() {
        n2m::test::makeTinyEmbedding(path() / "embedding");
        const auto joint = n2m::embedding::JointEmbedding::load(path() / "embedding");
        EvaluationOptions options = ownPlansAndNone();
        options.sheet = clips;
        const auto first = evaluate(
            options, *m_detectors, *m_held, [&](const Request&) { return alwaysTheSame(); }, {}, &joint);
        QCOMPARE(first.rows[0].toCaption.values.size(), std::size_t(clips));
        QVERIFY(first.rows[0].toSound.values.empty()); // nothing but itself
        QCOMPARE(first.rows[2].toSound.values.size(), std::size_t(clips));
        QVERIFY(*first.rows[3].frechetJoint > 0.0);
        std::size_t next = 0;
        const auto copied = evaluate(
            options, *m_detectors, *m_held,
            [&](const Request&) {
                return GeneratedClip{first.sheet[next++ % clips].front(), {}};
            },
            {}, &joint);
        QCOMPARE(copied.rows[3].toCaption.values, first.rows[0].toCaption.values);
        QVERIFY(copied.text().find("in the joint embedding") != std::string::npos);
        QVERIFY(evaluate(options, *m_detectors, *m_held, [&](const Request&) { return alwaysTheSame(); })
                    .rows[0]
                    .toCaption.values.empty());
        QVERIFY(nlohmann::json::parse(copied.json())["rows"][3].contains("similarityToCaption"));
    }

    void asksForWhatTheCaptionSays() {
        EvaluationOptions options;
        options.clips = 3;
        options.generator.steps = 5;
        std::vector<Request> asked;
        evaluate(options, *m_detectors, *m_held, [&](const Request& request) {
            request.validate();
            asked.push_back(request);
            return obedient(request);
        });
        QCOMPARE(asked.size(), std::size_t(9));
        for (const Request& request : asked) {
            QVERIFY(request.spectrogramOnly);
            QCOMPARE(request.stages.at(0).steps.value_or(0), 5);
            QVERIFY2(request.prompt.find("some ") == 0, request.prompt.c_str()); // not "music", which names nothing
        }
        QVERIFY(asked[0].givenPlan && !asked[3].givenPlan && asked[3].plan && !asked[6].plan);
        QCOMPARE(asked[0].prompt, asked[6].prompt);
    }

    void comparesPairs() {
        const std::vector<AttributePair> pairs{{"genre", "some bells, high", "some rain, high", "bells", "rain"},
                                               {"lead", "some rain, high", "some rain, low", "high", "low"},
                                               {"lead", "x", "y", "high", "unknown"}};
        const auto good =
            comparePairs(pairs, 2, 1, {}, *m_detectors, [&](const Request& request) { return obedient(request); });
        QCOMPARE(good.scores.size(), std::size_t(2));
        QCOMPARE(good.all().count, 4);
        QCOMPARE(good.all().hits, 4);
        const auto deaf = comparePairs(pairs, 2, 1, {}, *m_detectors, [&](const Request&) { return alwaysTheSame(); });
        QCOMPARE(deaf.all().hits, 0); // a tie follows nothing
    }

    void keepsClips() {
        int made = 0;
        const Maker kept = keeping(path() / "kept", "a bundle", [&](const Request& request) {
            ++made;
            return obedient(request);
        });
        Request request;
        request.prompt = "some rain, low";
        const GeneratedClip first = kept(request), again = kept(request);
        QCOMPARE(made, 1);
        QCOMPARE(first.spectrogram.values, again.spectrogram.values);
        QVERIFY(again.plan && again.plan == first.plan);
        request.seed = 2;
        kept(request);
        QCOMPARE(made, 2);
    }

    void needsClips() {
        EvaluationOptions options;
        options.clips = 1;
        QVERIFY_EXCEPTION_THROWN(evaluate(options, *m_detectors, *m_held, {}), std::invalid_argument);
    }

private:
    static constexpr int clips = 5; // of the ten that are held out

    std::filesystem::path path() const { return m_folder.path().toStdString(); }

    static EvaluationOptions ownPlansAndNone() {
        EvaluationOptions options;
        options.clips = clips;
        options.seed = 8; // one of the training clips is heard at half its tempo; here it is not among the answers
        options.sources = {PlanSource::Own, PlanSource::None};
        return options;
    }

    GeneratedClip alwaysTheSame() const { return {m_train->spectrogram(0), {}}; }

    /// A training clip of the genre and lead that the prompt names, with the tempo of the request's plan if it has one.
    GeneratedClip obedient(const Request& request) const {
        std::optional<std::size_t> found;
        for (std::size_t clip = 0; clip < m_train->size(); ++clip) {
            if (request.prompt.find(m_train->attribute(clip, "genre")) == std::string::npos ||
                request.prompt.find(m_train->attribute(clip, "lead")) == std::string::npos)
                continue;
            if (request.givenPlan && std::abs(request.givenPlan->bpm - m_train->example(clip).plan->bpm) > 1.0)
                continue;
            found = clip;
        }
        GeneratedClip made{m_train->spectrogram(found.value_or(0)), {}};
        if (request.plan) made.plan = m_train->example(found.value_or(0)).plan;
        return made;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Detectors> m_detectors;
    std::unique_ptr<RealClips> m_train, m_held;
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "EvaluationTest.moc"
