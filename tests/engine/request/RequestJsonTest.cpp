#include "engine/request/RequestJson.h"

#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <stdexcept>

using n2m::Request;
using n2m::StageSettings;

namespace {

n2m::plan::Plan somePlan() {
    n2m::plan::PlanSketch sketch;
    sketch.bpm = 96.3; // not a binary fraction
    sketch.key = n2m::plan::parseKey("A minor");
    sketch.progressions = {n2m::plan::parseProgression("Am F C G")};
    sketch.form = {{"verse", 4, 0.3f, 0}};
    return n2m::plan::buildPlan(sketch, 12.0);
}

/// A recipe as engine/cascade/Recipe.cpp writes it for the bundled cascade.
nlohmann::json someRecipe() {
    return {{"format", "noise2music recipe 1"},
            {"prompt", "slow piano"},
            {"negativePrompt", "drums"},
            {"seed", 18446744073709551615u},
            {"seconds", 12.0},
            {"route", "spectrogram"},
            {"vocoder", "griffin-lim"},
            {"superResolution", "fourier"},
            {"stages",
             {{{"stage", "spectrogram-generator"},
               {"sampler", "dpmpp"},
               {"steps", 24},
               {"schedule", "uniform"},
               {"guidance", 2.5},
               {"planGuidance", 2.0},
               {"clipPercentile", 0.998},
               {"clipLimit", 1.0}},
              {{"stage", "griffin-lim"}, {"steps", 32}},
              {{"stage", "fourier"}}}},
            {"wishes", {{"key", "A minor"}}},
            {"plan", n2m::plan::toJson(somePlan())},
            {"bundle", {{"name", "x"}, {"hash", "y"}}}};
}

} // namespace

class RequestJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack() {
        Request request;
        request.prompt = "„Straße\" \\ \n ♪";
        request.negativePrompt = "noise";
        request.seed = 18446744073709551615u; // does not fit a double
        request.seconds = 7.1;
        request.route = "waveform";
        StageSettings stage;
        stage.steps = 12;
        stage.sampler = "ddim";
        stage.schedule = "karras";
        stage.gamma = 0.1;
        stage.guidance = 3.3;
        stage.planGuidance = 1.7;
        stage.temperature = 0.65;
        request.stages = {StageSettings(), stage};
        request.vocoder = "griffin-lim";
        request.superResolution = "fourier";
        request.composer = "model";
        request.keep = {"lead", "drums"};
        request.bpm = 96.3;
        request.key = "A minor";
        request.chords = "Am F C G";
        const Request back = n2m::requestFromJson(n2m::toJson(request));
        QCOMPARE(QByteArray::fromStdString(back.prompt), QByteArray::fromStdString(request.prompt));
        QCOMPARE(back.negativePrompt, request.negativePrompt);
        QCOMPARE(back.seed, request.seed);
        QCOMPARE(back.seconds, request.seconds);
        QCOMPARE(back.route, request.route);
        QCOMPARE(back.stages.size(), 2u);
        QVERIFY(!back.stages[0].steps && !back.stages[0].sampler && !back.stages[0].guidance);
        QVERIFY(back.stages[1].steps == 12 && back.stages[1].sampler == "ddim" && back.stages[1].schedule == "karras");
        QVERIFY(back.stages[1].gamma == 0.1 && back.stages[1].guidance == 3.3 && back.stages[1].planGuidance == 1.7);
        QVERIFY(back.stages[1].temperature == 0.65 && !back.stages[0].temperature);
        QVERIFY(back.vocoder == "griffin-lim" && back.superResolution == "fourier");
        QVERIFY(back.composer == "model" && back.keep == request.keep);
        QVERIFY(back.plan && back.bpm == 96.3 && back.key == "A minor" && back.chords == "Am F C G");
        QVERIFY(!back.givenPlan);

        Request planned;
        planned.prompt = "x";
        planned.givenPlan = somePlan();
        QVERIFY(n2m::requestFromJson(n2m::toJson(planned)).givenPlan == planned.givenPlan);
        QVERIFY(!n2m::requestFromJson(n2m::toJson(planned)).adaptGiven);
        planned.adaptGiven = true;
        QVERIFY(n2m::requestFromJson(n2m::toJson(planned)).adaptGiven);
        Request repainted;
        repainted.prompt = "x";
        repainted.repaint = {"clips/2026-11/„song“.flac", 8.1, 16.3, "/some/library"};
        const auto repaint = n2m::requestFromJson(n2m::toJson(repainted)).repaint;
        QVERIFY(repaint && repaint->file == repainted.repaint->file && repaint->from == 8.1 && repaint->to == 16.3);
        QVERIFY(repaint->folder.empty()); // a library may be moved
        Request bare;
        bare.plan = false;
        QVERIFY(!n2m::requestFromJson(n2m::toJson(bare)).plan);
    }

    void recipeGivesTheSameClip() {
        const Request request = n2m::requestOfRecipe(someRecipe().dump());
        QCOMPARE(request.prompt, std::string("slow piano"));
        QCOMPARE(request.negativePrompt, std::string("drums"));
        QCOMPARE(request.seed, 18446744073709551615u);
        QCOMPARE(request.seconds, 12.0);
        QCOMPARE(request.stages.size(), 3u);
        QVERIFY(request.stages[0].steps == 24 && request.stages[0].guidance == 2.5);
        QVERIFY(request.stages[1].steps == 32 && !request.stages[1].sampler);
        QVERIFY(request.givenPlan == somePlan());
        QVERIFY(!request.key); // the plan has it; both would be refused
        QVERIFY(request.vocoder == "griffin-lim" && request.superResolution == "fourier");
    }

    void recipeGivesTheWishes() {
        const Request request = n2m::requestOfRecipe(someRecipe().dump(), n2m::RecipePlan::AsWished);
        QVERIFY(request.plan && !request.givenPlan && request.key == "A minor" && !request.bpm);
    }

    void recipeWithoutPlan() {
        nlohmann::json recipe = someRecipe();
        recipe["plan"] = nullptr;
        const Request request = n2m::requestOfRecipe(recipe.dump());
        QVERIFY(!request.plan && !request.givenPlan && !request.key);
    }

    void damagedTextIsRefusedInOneLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("");
        QTest::newRow("not JSON") << QByteArray("{\"prompt\": ");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("prompt is a number") << QByteArray("{\"prompt\": 3}");
        QTest::newRow("seed is negative") << QByteArray("{\"seed\": -1}");
        QTest::newRow("seed is broken") << QByteArray("{\"seed\": 1.5}");
        QTest::newRow("steps are huge") << QByteArray("{\"stages\": [{\"steps\": 1e300}]}");
        QTest::newRow("stage is a text") << QByteArray("{\"stages\": [\"x\"]}");
        QTest::newRow("plan is damaged") << QByteArray("{\"givenPlan\": {\"bpm\": \"fast\"}}");
    }
    void damagedTextIsRefusedInOneLine() {
        QFETCH(QByteArray, text);
        for (const bool recipe : {false, true}) {
            try {
                recipe ? n2m::requestOfRecipe(text.toStdString()) : n2m::requestFromJson(text.toStdString());
                QFAIL("nothing was thrown");
            } catch (const std::invalid_argument& error) {
                QVERIFY(!QByteArray(error.what()).contains('\n') && *error.what() != '\0');
            }
        }
    }
};

QTEST_GUILESS_MAIN(RequestJsonTest)
#include "RequestJsonTest.moc"
