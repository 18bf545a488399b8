#include "engine/plan/ScoreSpectrogram.h"

#include "engine/audio/LogMel.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace n2m;
using namespace n2m::plan;

namespace {

constexpr int bands = NoteSpectra::bands, frames = 400;

/// Every pitch from 36 on has its own band with the same level at every age; kits ring on at half the level of the
/// start.
NoteSpectra spectra() {
    NoteSpectra::Instrument held{36, 100.0f, {}}, kit{36, 0.0f, {}};
    for (int pitch = 0; pitch < 60; ++pitch)
        for (std::size_t age = 0; age < NoteSpectra::ages.size(); ++age)
            for (int band = 0; band < bands; ++band) {
                held.levels.push_back(band == pitch ? 200 : 0);
                kit.levels.push_back(band != pitch ? 0 : age < 4 ? 200 : 100);
            }
    return NoteSpectra({{0, held}, {firstDrumKit, kit}});
}

Plan planOf(std::vector<Part> parts) {
    Plan plan;
    plan.seconds = 4.0;
    plan.parts = std::move(parts);
    return plan;
}

class Picture {
public:
    explicit Picture(const Plan& plan, int length = frames, double start = 0.0)
        : m_length(length)
        , m_values(scoreSpectrogram(plan, spectra(), length, start)) {}
    std::size_t size() const { return m_values.size(); }
    float whole(int band, int frame) const { return at(band, frame); }
    float lead(int band, int frame) const { return at(bands + band, frame); }
    /// dB of a band.
    float decibels(int band, int frame) const { return audio::MelConfig().decibels(whole(band, frame)); }

private:
    float at(int row, int frame) const {
        return m_values[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_length) +
                        static_cast<std::size_t>(frame)];
    }
    int m_length;
    std::vector<float> m_values;
};

const Part leadPart{Part::Role::Lead, 0, {{1.0, 2.0, 46, 100}}};
const Part bassPart{Part::Role::Bass, 0, {{0.0, 4.0, 40, 100}}};

} // namespace

class ScoreSpectrogramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void notesAreWhereTheyAreWritten() {
        const Picture picture(planOf({leadPart, bassPart}));
        QCOMPARE(picture.size(), std::size_t(scoreSpectrogramChannelCount) * frames);
        QCOMPARE(picture.whole(10, 90), -1.0f);
        QVERIFY(picture.whole(10, 110) > -0.5f);
        QVERIFY(picture.whole(10, 190) > -0.5f);
        QCOMPARE(picture.whole(11, 150), -1.0f);
        QVERIFY(picture.whole(4, 20) > -0.5f);
        // The lead's own channel has the lead, as loud as it is in the whole, and nothing else.
        QCOMPARE(picture.lead(10, 150), picture.whole(10, 150));
        QCOMPARE(picture.lead(4, 20), -1.0f);
        // The bass is quieter.
        const float behind = picture.decibels(10, 150) - picture.decibels(4, 150);
        QVERIFY(std::abs(behind - 6.0f) < 0.1f);
    }

    void aReleasedNoteFalls() {
        const Picture picture(planOf({leadPart, bassPart}));
        // Half a second after its end a note that falls by 100 dB/s has lost 50 dB.
        const float fallen = picture.decibels(10, 190) - picture.decibels(10, 250);
        QVERIFY(std::abs(fallen - 50.5f) < 1.0f);
        QCOMPARE(picture.whole(10, 300), -1.0f);
    }

    void drumsRingOut() {
        const Picture picture(planOf({{Part::Role::Drums, 0, {{1.0, 1.01, 50, 100}}}, bassPart}));
        const float later = picture.decibels(14, 100) - picture.decibels(14, 200);
        QVERIFY(std::abs(later - 100.0f * 90.0f / 255.0f) < 1.0f);
        QVERIFY(picture.whole(14, 290) > -1.0f); // two seconds on
    }

    void velocityIsWorth40LogTen() {
        Part quiet = leadPart;
        quiet.notes = {{0.5, 1.5, 46, 100}, {2.5, 3.5, 46, 50}};
        const Picture picture(planOf({quiet}));
        const float less = picture.decibels(10, 100) - picture.decibels(10, 300);
        QVERIFY(std::abs(less - 12.04f) < 0.1f);
    }

    void theWholePlanHasTheCorpussPower() {
        for (const int velocity : {30, 100}) {
            Plan plan = planOf({leadPart, bassPart});
            for (Part& part : plan.parts)
                part.notes.front().velocity = velocity;
            const Picture picture(plan);
            double power = 0.0;
            for (int frame = 0; frame < frames; ++frame)
                for (int band = 0; band < bands; ++band)
                    power += std::pow(10.0, picture.decibels(band, frame) / 10.0) / frames;
            QVERIFY(std::abs(10.0 * std::log10(power) + 13.0) < 0.3);
        }
    }

    void aSnippetIsPartOfTheWhole() {
        const Plan plan = planOf({leadPart, bassPart, {Part::Role::Drums, 0, {{0.9, 1.0, 50, 100}}}});
        const Picture whole(plan), part(plan, 120, 0.95);
        for (int frame = 0; frame < 120; ++frame)
            for (int band = 0; band < bands; ++band) {
                QCOMPARE(part.whole(band, frame), whole.whole(band, frame + 95));
                QCOMPARE(part.lead(band, frame), whole.lead(band, frame + 95));
            }
    }

    void silence() {
        const Plan plan = planOf({{Part::Role::Lead, 0, {{3.5, 9.0, 46, 100}, {5.0, 6.0, 47, 100}}}});
        const Picture beyond(plan, 100, 4.5), before(plan, 100, -3.0), empty(planOf({}));
        QCOMPARE(beyond.whole(11, 70), -1.0f); // begins after the plan's end
        QCOMPARE(before.whole(10, 50), -1.0f);
        for (int band = 0; band < bands; ++band)
            QCOMPARE(empty.whole(band, 7), -1.0f);
        QCOMPARE(Picture(plan, 0).size(), std::size_t(0));
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(scoreSpectrogram(planOf({}), spectra(), -1), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(scoreSpectrogram(planOf({}), spectra(), 10, std::numeric_limits<double>::infinity()),
                                 std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(ScoreSpectrogramTest)
#include "ScoreSpectrogramTest.moc"
