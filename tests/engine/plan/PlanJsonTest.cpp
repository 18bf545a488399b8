#include "engine/plan/PlanJson.h"

#include "engine/base/Error.h"
#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <limits>
#include <stdexcept>

using namespace n2m::plan;
using nlohmann::json;

namespace {

Plan plan() {
    PlanSketch sketch;
    sketch.bpm = 93.7;
    sketch.beatsPerBar = 3;
    sketch.key = parseKey("F# minor");
    sketch.progressions = {parseProgression("F#m7 | D/F# N.C. | C#7b9")};
    sketch.form = {{"intro", 2, 0.3f, 0}, {"chorus", 4, 0.9f, 0}};
    return buildPlan(sketch, 29.44, 0.4);
}

} // namespace

class PlanJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The round trip through text, as in a file, loses nothing.
    void roundTrip() {
        const Plan original = plan();
        QVERIFY(original.chords.size() > 10);
        const Plan read = planFromJson(json::parse(toJson(original).dump()));
        QVERIFY(read == original);
    }

    void theScore() {
        Plan scored = plan();
        scored.parts = {{Part::Role::Lead, 73, {{0.0, 0.482, 72, 96}, {0.5, 0.7, 74, 1}}}, {Part::Role::Drums, 25, {}}};
        QVERIFY(planFromJson(json::parse(toJson(scored).dump())) == scored);
        QVERIFY(!toJson(plan()).contains("parts"));
        QCOMPARE(toJson(scored)["parts"][0]["notes"][0].dump(), std::string("[0.0,0.482,72,96]"));
    }

    void format() {
        const json object = toJson(plan());
        QCOMPARE(object["key"].get<std::string>(), "F# minor");
        QCOMPARE(object["beats"][0][1].get<int>(), 1);
        QCOMPARE(object["chords"][1]["symbol"].get<std::string>(), "D/F#");
        QCOMPARE(object["chords"][2]["symbol"].get<std::string>(), "N.C.");
        QCOMPARE(object["sections"][0]["name"].get<std::string>(), "intro");
    }

    // A user's own file may have the fewest fields, beats as objects, and further fields.
    void ownMusic() {
        const Plan read = planFromJson(json::parse(
            R"({"bpm": 90, "key": "c", "beats": [{"time": 0.5, "downbeat": true}, {"time": 1.0, "downbeat": false}], "mood": "x"})"));
        QCOMPARE(read.beatsPerBar, 4);
        QCOMPARE(read.seconds, 1.0);
        QVERIFY(read.key.minor);
        QVERIFY(read.beats[0].downbeat && !read.beats[1].downbeat);
        QVERIFY(read.chords.empty());
    }

    void refusals_data() {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* name, const char* patch, const char* field) {
            QTest::newRow(name) << patch << field;
        };
        row("bpm text", R"({"bpm": "fast"})", "bpm");
        row("bpm negative", R"({"bpm": -3})", "bpm");
        row("bpm huge", R"({"bpm": 1e999})", "bpm");
        row("metre", R"({"beatsPerBar": 0})", "beatsPerBar");
        row("metre fraction", R"({"beatsPerBar": 3.5})", "beatsPerBar");
        row("key", R"({"key": "H dur"})", "key");
        row("key number", R"({"key": 3})", "key");
        row("beats text", R"({"beats": "none"})", "beats");
        row("beat shape", R"({"beats": [[0.0]]})", "beats[0]");
        row("beats backwards", R"({"beats": [[1.0, 1], [0.5, 0]]})", "beats[1]");
        row("beat negative", R"({"beats": [[-1.0, 1]]})", "beats[0]");
        row("chord symbol", R"({"chords": [{"start": 0, "end": 1, "symbol": "Q"}]})", "chords[0]");
        row("chord reversed", R"({"chords": [{"start": 2, "end": 1, "symbol": "C"}]})", "chords[0]");
        row("chords overlap",
            R"({"chords": [{"start": 0, "end": 2, "symbol": "C"}, {"start": 1, "end": 3, "symbol": "F"}]})",
            "chords[1]");
        row("chord not an object", R"({"chords": [7]})", "chords[0]");
        row("energy", R"({"sections": [{"start": 0, "end": 1, "name": "a", "energy": 2}]})", "sections[0]");
        row("part's role", R"({"parts": [{"role": "hum", "program": 1}]})", "parts[0] role");
        row("part's program", R"({"parts": [{"role": "lead", "program": -1}]})", "parts[0] program");
        row("note's shape", R"({"parts": [{"role": "lead", "program": 1, "notes": [[0, 1, 60]]}]})",
            "parts[0] notes[0]");
        row("note reversed", R"({"parts": [{"role": "lead", "program": 1, "notes": [[1, 0, 60, 9]]}]})", "notes[0]");
        row("note's pitch", R"({"parts": [{"role": "bass", "program": 1, "notes": [[0, 1, 128, 9]]}]})", "notes[0]");
        row("note after the end", R"({"parts": [{"role": "bass", "program": 1, "notes": [[0, 99, 60, 9]]}]})",
            "seconds");
        row("after the end", R"({"seconds": 3})", "seconds");
    }
    void refusals() {
        QFETCH(QString, patch);
        QFETCH(QString, field);
        json object = toJson(plan());
        json change;
        try {
            change = json::parse(patch.toStdString());
        } catch (const json::exception&) { // a number beyond double
            change = {{"bpm", std::numeric_limits<double>::infinity()}};
        }
        object.update(change);
        try {
            planFromJson(object);
            QFAIL("accepted");
        } catch (const n2m::base::InvalidInput& error) {
            QVERIFY(error.message().format() == "plan: {}: {}");
            QVERIFY2(std::string(error.what()).find(field.toStdString()) != std::string::npos, error.what());
            QVERIFY(std::string(error.what()).find('\n') == std::string::npos);
        }
    }

    void notAPlan() {
        for (const char* text : {"null", "[]", "3", "\"plan\"", "{}"}) {
            QVERIFY_EXCEPTION_THROWN(planFromJson(json::parse(text)), std::invalid_argument);
        }
    }

    void tooMuch() {
        json object = toJson(plan());
        object["beats"] = json::array();
        for (int n = 0; n < 60000; ++n)
            object["beats"].push_back({n * 0.01, 0});
        QVERIFY_EXCEPTION_THROWN(planFromJson(object), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(PlanJsonTest)
#include "PlanJsonTest.moc"
