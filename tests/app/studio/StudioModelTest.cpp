#include "app/studio/EngineSource.h"
#include "app/studio/ModelOfBundle.h"
#include "app/studio/Studio.h"

#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "tests/support/SoundRecorder.h"
#include "ui/clip/ClipView.h"
#include "ui/keys/Actions.h"
#include "ui/style/Theme.h"
#include "ui/widgets/OptionalSpin.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace n2m;
using n2m::studio::Studio;

namespace {

constexpr int patience = 240'000; // milliseconds: seconds where the machine has nothing else to do
const std::filesystem::path bundle = N2M_SOURCE_DIR "/assets/bundled";

} // namespace

/// The real window with the model that comes with the program.
class StudioModelTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    test::SoundRecorder m_recorder{m_folder.path()};
    std::unique_ptr<Studio> m_studio;

    template <typename Widget> Widget* child(const char* name) { return m_studio->window().findChild<Widget*>(name); }
    std::size_t takes() { return m_studio->library().takes().count(); }

private Q_SLOTS:
    void initTestCase() {
        ui::applyTheme(*qApp, ui::Theme::Dark);
        auto engine = std::make_shared<studio::EngineSource>();
        engine->choose({bundle, "cpu"});
        Studio::Setup setup;
        setup.library = m_folder.filePath("library").toStdString();
        setup.settingsFile = m_folder.filePath("settings.ini");
        setup.model = studio::modelOfBundle(bundle);
        setup.tokens = studio::tokenCounterOfBundle(bundle);
        setup.check = [](const Request& request) { request.validate(); };
        setup.generate = [engine](const Request& request, Monitor& monitor) {
            return engine->generate(request, monitor);
        };
        m_studio = std::make_unique<Studio>(std::move(setup));
        m_studio->begin();
        QVERIFY(QTest::qWaitForWindowActive(&m_studio->window()));
    }
    void cleanupTestCase() { m_studio.reset(); }

    void tokensAreCounted() {
        auto* prompt = child<QPlainTextEdit>("prompt");
        QStringList words;
        for (int i = 0; i < 150; ++i)
            words << "piano";
        prompt->setPlainText(words.join(' '));
        QTRY_VERIFY(!prompt->extraSelections().isEmpty());
        // What is left is what the model reads: as many tokens as it takes, or as close as whole pieces come.
        const auto count = studio::tokenCounterOfBundle(bundle);
        const int cut = prompt->extraSelections().front().cursor.selectionStart();
        const ui::TokenCount kept = count(prompt->toPlainText().left(cut));
        QCOMPARE(kept.cutAt, -1);
        QVERIFY(kept.tokens <= kept.limit && kept.tokens >= kept.limit - 2);
        prompt->clear();
        QTRY_VERIFY(prompt->extraSelections().isEmpty());
    }

    void promptBecomesMusicAndTheSameAgain() {
        QTest::keyClicks(child<QPlainTextEdit>("prompt"), "a calm piano at 90 bpm in A minor");
        child<QDoubleSpinBox>("seconds")->setValue(2.0);
        child<QLineEdit>("seed")->setText("11");
        for (auto* steps : m_studio->window().findChildren<ui::OptionalSpin*>())
            if (steps->accessibleName() == "Steps, Spectrogram") steps->setValue(8); // so many that they can be seen
        QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("progressText")->text().contains("Spectrogram"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(takes(), 1u, patience);

        storage::TakeStore& store = m_studio->library().takes();
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
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() && view->clip()->samples == clip.samples, patience);
        const auto first = view->clip();
        QTRY_VERIFY(m_studio->actions()["clip.useAll"]->isEnabled());
        m_studio->actions()["clip.useAll"]->trigger();
        m_studio->actions()["generate"]->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(takes(), 2u, patience);
        const auto again = *store.find(store.ids().front());
        QVERIFY(again.id != take.id);
        QCOMPARE(again.seed, take.seed);
        const audio::Clip second = audio::readSoundFile(store.pathOf(again));
        QVERIFY(second.samples == clip.samples);

        // What is heard is the clip.
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() && view->clip() != first, patience);
        m_studio->actions()["play"]->trigger();
        std::vector<float> expected, heard;
        for (const float sample : clip.samples)
            if (sample != 0.0f) expected.insert(expected.end(), 2, sample);
        QTRY_VERIFY_WITH_TIMEOUT((heard = m_recorder.heard()).size() >= expected.size(), patience);
        QVERIFY(heard == expected);
    }
};

QTEST_MAIN(StudioModelTest)
#include "StudioModelTest.moc"
