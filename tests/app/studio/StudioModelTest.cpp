#include "app/studio/EngineSource.h"
#include "app/studio/ModelOfBundle.h"
#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"
#include "tests/support/SoundRecorder.h"
#include "ui/widgets/OptionalSpin.h"

#include <QDoubleSpinBox>

#include <cmath>

using namespace n2m;

namespace {

constexpr int patience = 240'000; // milliseconds; seconds suffice on an idle machine
const std::filesystem::path bundle = N2M_SOURCE_DIR "/assets/bundled";

} // namespace

/// The real window with the model that comes with the program.
class StudioModelTest : public test::StudioFixture {
    Q_OBJECT

    test::SoundRecorder m_recorder;

    studio::Studio::Setup setup() const override {
        auto engine = std::make_shared<studio::EngineSource>();
        engine->choose({bundle, "cpu"});
        studio::Studio::Setup setup = StudioFixture::setup();
        setup.model = studio::modelOfBundle(bundle);
        setup.tokens = studio::tokenCounterOfBundle(bundle);
        setup.generate = [engine](const Request& request, Monitor& monitor) {
            return engine->generate(request, monitor);
        };
        return setup;
    }
    std::size_t takes() { return library().takes().count(); }

private Q_SLOTS:
    void initTestCase() { begin(); }
    void cleanupTestCase() { end(); }

    void tokensAreCounted() {
        auto* prompt = this->prompt();
        QStringList words;
        for (int i = 0; i < 150; ++i)
            words << "piano";
        prompt->setPlainText(words.join(' '));
        QTRY_VERIFY(!prompt->extraSelections().isEmpty());
        // The rest before the mark has as many tokens as the model reads, or up to two fewer: pieces stay whole.
        const auto count = studio::tokenCounterOfBundle(bundle);
        const int cut = prompt->extraSelections().front().cursor.selectionStart();
        const ui::TokenCount kept = count(prompt->toPlainText().left(cut));
        QCOMPARE(kept.cutAt, -1);
        QVERIFY(kept.tokens <= kept.limit && kept.tokens >= kept.limit - 2);
        prompt->clear();
        QTRY_VERIFY(prompt->extraSelections().isEmpty());
    }

    void promptBecomesMusicAndTheSameAgain() {
        QTest::keyClicks(prompt(), "a calm piano at 90 bpm in A minor");
        child<QDoubleSpinBox>("seconds")->setValue(2.0);
        child<QLineEdit>("seed")->setText("11");
        for (auto* steps : m_studio->window().findChildren<ui::OptionalSpin*>())
            if (steps->accessibleName() == "Steps, Spectrogram") steps->setValue(8); // enough steps to be seen
        QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("progressText")->text().contains("Spectrogram"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(takes(), 1u, patience);

        storage::TakeStore& store = library().takes();
        const auto take = *store.find(store.ids().front());
        QCOMPARE(take.bpm, 90.0);
        QCOMPARE(take.key, std::string("A minor"));
        QVERIFY(!take.chords.empty());
        const Request request = requestOfRecipe(take.recipe);
        QCOMPARE(request.seed, 11u);
        QVERIFY(request.stages.at(0).steps == 8);
        const audio::Clip clip = audio::readSoundFile(store.pathOf(take));
        QCOMPARE(clip.sampleRate, 24000);
        QCOMPARE(clip.frames(), 48000u);
        double power = 0.0;
        for (const float sample : clip.samples)
            power += double(sample) * sample;
        QVERIFY(std::sqrt(power / 48000.0) > 0.01); // there is something to hear

        // Use all, generate: the same clip.
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip()->samples == clip.samples, patience);
        const auto first = view().clip();
        QTRY_VERIFY(action("clip.useAll")->isEnabled());
        action("clip.useAll")->trigger();
        action("generate")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(takes(), 2u, patience);
        const auto again = *store.find(store.ids().front());
        QVERIFY(again.id != take.id);
        QCOMPARE(again.seed, take.seed);
        const audio::Clip second = audio::readSoundFile(store.pathOf(again));
        QVERIFY(second.samples == clip.samples);

        // The device gets the samples of the clip.
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip() != first, patience);
        action("play")->trigger();
        std::vector<float> expected, heard;
        for (const float sample : clip.samples)
            if (sample != 0.0f) expected.insert(expected.end(), 2, sample);
        QTRY_VERIFY_WITH_TIMEOUT((heard = m_recorder.heard()).size() >= expected.size(), patience);
        QVERIFY(heard == expected);
    }
};

QTEST_MAIN(StudioModelTest)
#include "StudioModelTest.moc"
