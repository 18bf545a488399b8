#include "tests/app/studio/RefusedWrites.h"
#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "ui/making/EstimatePicture.h"
#include "ui/queue/QueueModel.h"

#include <QProgressBar>
#include <QToolButton>

using namespace n2m;
using storage::JobState;
using test::longEnough;

/// From the prompt over the queue to the clip: jobs that wait, run, fail, are cancelled or interrupted.
class StudioGenerationTest : public test::StudioFixture {
    Q_OBJECT

    JobState firstState() { return library().jobs().list().at(0).state; }

    /// Chooses the first job of the queue and presses one of its buttons.
    void pressOnFirstJob(const QString& what) {
        auto* queue = queueList();
        queue->setCurrentIndex(queue->model()->index(0, 0));
        for (auto* button : m_studio->window().findChildren<QToolButton*>())
            if (button->toolTip() == what) return QTest::mouseClick(button, Qt::LeftButton);
        qFatal("there is no “%s”", qPrintable(what));
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void promptBecomesAClip() {
        generate("slow piano", "7");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        const auto take = library().takes().page(library().takes().ids()).at(0);
        QCOMPARE(take.prompt, std::string("slow piano"));
        QCOMPARE(take.seed, 7u);
        // The file has the engine's clip, to the 24 bits of FLAC.
        const audio::Clip made = test::tone(2.0, 107.0);
        const audio::Clip kept = audio::readSoundFile(library().takes().pathOf(take));
        QCOMPARE(kept.samples.size(), made.samples.size());
        for (std::size_t i = 0; i < kept.samples.size(); ++i)
            QVERIFY(std::abs(kept.samples[i] - made.samples[i]) < 2e-7f);
        // The heading and the view show it.
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() != nullptr, longEnough);
        QCOMPARE(view->clip()->samples.size(), made.samples.size());
        QCOMPARE(title(), QString("slow piano"));
    }

    void emptyPromptIsAskedFor() {
        generate("");
        QVERIFY(child<QLabel>("promptProblem")->isVisible());
        QCOMPARE(library().jobs().list().size(), 0u);
    }

    void variationsHaveSeedsInARow() {
        child<QSpinBox>("variations")->setValue(3);
        generate("jazz", "41");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, longEnough);
        std::vector<std::uint64_t> seeds;
        for (const auto& take : library().takes().page(library().takes().ids()))
            seeds.push_back(take.seed);
        std::sort(seeds.begin(), seeds.end());
        QCOMPARE(seeds, (std::vector<std::uint64_t>{41, 42, 43}));
    }

    void progressIsShownAndCancelStops() {
        m_engine->wait = true;
        generate("endless");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        QTRY_VERIFY(child<QLabel>("progressText")->text().contains("Spectrogram"));
        QVERIFY(m_studio->window().findChild<QProgressBar*>()->isVisible());
        action("queue.cancelRunning")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(library().jobs().list().at(0).state == JobState::Cancelled, longEnough);
        QTRY_VERIFY(!m_studio->window().findChild<QProgressBar*>()->isVisible());
        QCOMPARE(rows(), 0);
        m_engine->wait = false;
        generate("the next one works");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
    }

    void aCancelledJobIsMadeAfterAll() {
        m_engine->wait = true;
        generate("on second thought");
        auto* progress = m_studio->window().findChild<QProgressBar*>();
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running && progress->isVisible(), longEnough);
        pressOnFirstJob("Cancel the selected jobs");
        QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), longEnough);
        m_engine->wait = false;
        pressOnFirstJob("Retry the selected jobs");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QVERIFY(firstState() == JobState::Done);
    }

    void aCancelledJobIsMadeAfterAllThoughItHasNotStoppedYet() {
        m_engine->deaf = true;
        generate("at once on second thought");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        pressOnFirstJob("Cancel the selected jobs");
        QVERIFY(firstState() == JobState::Cancelled);
        pressOnFirstJob("Retry the selected jobs");
        QVERIFY(firstState() == JobState::Waiting);
        m_engine->deaf = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(firstState() == JobState::Done, longEnough);
        QCOMPARE(m_engine->made.load(), 1); // the cancelled one was not finished
    }

    void theWindowKnowsWhatTheLibraryTakesNoNoteOf() {
        auto* progress = m_studio->window().findChild<QProgressBar*>();
        const auto tryAgain = [this] {
            QTest::mouseClick(m_studio->window().notice().findChild<QPushButton*>(), Qt::LeftButton);
        };
        auto refused = std::make_unique<test::RefusedWrites>(library().folder(), "UPDATE ON jobs WHEN "
                                                                                 "new.state = 'done'");
        generate("made all the same");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("refused"), longEnough);
        QVERIFY(!progress->isVisible());
        QVERIFY(firstState() == JobState::Running);
        refused.reset();
        tryAgain();
        QTRY_VERIFY_WITH_TIMEOUT(firstState() == JobState::Done, longEnough);
        QCOMPARE(m_engine->made.load(), 1);

        refused = std::make_unique<test::RefusedWrites>(library().folder(), "UPDATE ON jobs WHEN "
                                                                            "new.state = 'cancelled'");
        m_engine->wait = true;
        generate("stopped all the same");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running && progress->isVisible(), longEnough);
        action("queue.cancelRunning")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("refused"), longEnough);
        QVERIFY(firstState() == JobState::Running);
        refused.reset();
        tryAgain();
        QTRY_VERIFY_WITH_TIMEOUT(firstState() == JobState::Cancelled, longEnough);
    }

    void theRunningClipIsSeenAndHeard() {
        m_engine->wait = true;
        QVERIFY(!child<QFrame>("making")->isVisible());
        generate("a tone in the making", "340");
        QTRY_VERIFY_WITH_TIMEOUT(action("queue.listen")->isEnabled(), longEnough);
        QVERIFY(child<QFrame>("making")->isVisible());
        const auto* picture = m_studio->window().findChild<ui::EstimatePicture*>();
        QCOMPARE(picture->spectrogram().size(), QSize(200, 80)); // 2 s of 100 frames each
        // 440 Hz is the brightest line, well below the middle of the mel axis; above it, it is dark.
        int brightest = 0;
        for (int row = 0; row < 80; ++row)
            if (qGray(picture->spectrogram().pixel(100, row)) > qGray(picture->spectrogram().pixel(100, brightest)))
                brightest = row;
        QVERIFY2(brightest > 55 && brightest < 79, qPrintable(QString::number(brightest)));
        QVERIFY(qGray(picture->spectrogram().pixel(100, 10)) < 30);
        QVERIFY(picture->high()[100] > 0.3f && picture->low()[100] < -0.3f);
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        QVERIFY(!view->clip());
        QCOMPARE(child<QLabel>("makingPlan")->text(), QString("120 bpm, A minor"));

        QTest::mouseClick(child<QPushButton>("listen"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() != nullptr, longEnough);
        QVERIFY(m_engine->running); // while it is being made
        QVERIFY(view->plan() && view->plan()->bpm == 120.0);
        QCOMPARE(title(), QString("a tone in the making"));
        const auto preview = view->clip();
        QCOMPARE(preview->sampleRate, 24000);
        QCOMPARE(preview->samples.size(), 48000u);
        // It sounds like the finished clip: 440 Hz, by its zero crossings.
        int crossings = 0;
        for (std::size_t i = 12001; i < 36000; ++i)
            crossings += preview->samples[i - 1] < 0.0f && preview->samples[i] >= 0.0f;
        QVERIFY2(std::abs(crossings - 440) < 20, qPrintable(QString::number(crossings)));
        QVERIFY(!action("clip.trash")->isEnabled()); // it is not in the library

        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() && view->clip() != preview, longEnough); // the clip takes its place
        QVERIFY(action("clip.trash")->isEnabled());
        QVERIFY(!child<QFrame>("making")->isVisible());
        QVERIFY(!action("queue.listen")->isEnabled());
    }

    void whatWasHeardOfACancelledClipGoes() {
        generate("finished before", "7");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() != nullptr, longEnough);
        m_engine->wait = true;
        generate("never finished");
        QTRY_VERIFY_WITH_TIMEOUT(action("queue.listen")->isEnabled(), longEnough);
        action("queue.listen")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("never finished"), longEnough);
        action("queue.cancelRunning")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!view->clip(), longEnough);
        QVERIFY(!child<QFrame>("making")->isVisible());
        // A click on the clip from before shows that again.
        choose(0);
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("finished before"), longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() != nullptr, longEnough);
    }

    void failureIsSaidAndTheNextOneWorks() {
        m_engine->error = "the model fell over\nat line 7";
        generate("bad luck");
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("the model fell over"), longEnough);
        QVERIFY(!notice().contains("line 7"));
        QVERIFY(library().jobs().list().at(0).state == JobState::Failed);
        m_engine->error.clear();
        generate("good luck");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
    }

    void whatCannotBeSavedIsKeptAndSavedLater() {
        // A file where the clips' folder should be: nothing can be written there, whoever runs the test.
        const QString folder = m_folder->filePath("library/clips");
        QVERIFY(!QFile::exists(folder) || QDir(folder).removeRecursively());
        const auto block = [&] {
            QFile file(folder);
            return file.open(QIODevice::WriteOnly);
        };
        QVERIFY(block());
        generate("do not lose me", "21");
        auto& notice = m_studio->window().notice();
        QTRY_VERIFY_WITH_TIMEOUT(notice.text().contains("could not be saved"), longEnough);
        QCOMPARE(m_engine->made.load(), 1);
        QVERIFY(library().jobs().list().at(0).state == JobState::Running);
        auto* queue = queueList();
        QVERIFY(queue->model()->index(0, 0).data(ui::QueueModel::UnsavedRole).toBool());
        generate("waits meanwhile", "22");
        // The second answer comes after all that the engine's thread had been woken for before.
        for (int answer = 0; answer < 2; ++answer) {
            QTest::mouseClick(notice.findChild<QPushButton*>(), Qt::LeftButton);
            QVERIFY(notice.text().isEmpty());
            QTRY_VERIFY_WITH_TIMEOUT(notice.text().contains("could not be saved"), longEnough);
        }
        QCOMPARE(m_engine->made.load(), 1); // it could not be saved either

        QVERIFY(QFile::remove(folder));
        queue->setCurrentIndex(queue->model()->index(0, 0));
        QToolButton* again = nullptr;
        for (auto* button : m_studio->window().findChildren<QToolButton*>())
            if (button->toolTip() == "Save the clip again") again = button;
        QVERIFY(again && again->isEnabled());
        again->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        QCOMPARE(m_engine->made.load(), 2); // it was not made a second time
        for (const auto& take : library().takes().page(library().takes().ids()))
            QVERIFY(std::filesystem::exists(library().takes().pathOf(take)));

        // Given up: it is gone, and the next one is made.
        QVERIFY(QDir(folder).removeRecursively());
        QVERIFY(block());
        generate("lose me", "23");
        QTRY_VERIFY_WITH_TIMEOUT(queue->model()->index(0, 0).data(ui::QueueModel::UnsavedRole).toBool(), longEnough);
        action("queue.cancelRunning")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(library().jobs().list().at(0).state == JobState::Cancelled, longEnough);
        QVERIFY(QFile::remove(folder));
    }

    void pausedQueueWaits() {
        makeClip("now", "1");
        action("queue.pause")->trigger();
        generate("later");
        action("clip.verify")->trigger(); // the engine's thread comes to it after the queue
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Identical"), longEnough);
        QCOMPARE(library().jobs().waiting(), 1);
        QCOMPARE(m_engine->made.load(), 2); // with the verification
        QVERIFY(child<QWidget>("queue")->parentWidget()->findChild<QLabel*>()->text().contains("paused"));
        action("queue.pause")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
    }

    // A line near Generate shows that the queue is paused, also when it was paused days ago.
    void aPausedQueueIsSeenBesideGenerate() {
        action("queue.pause")->trigger();
        QVERIFY(!child<QWidget>("paused")->isVisible()); // no job waits
        restart();
        generate("later");
        auto* line = child<QWidget>("paused");
        QVERIFY(line->isVisible());
        QTest::mouseClick(line->findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(!line->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QVERIFY(!library().jobs().paused());
    }

    void waitingJobIsEdited() {
        action("queue.pause")->trigger();
        generate("first idea", "5");
        auto* queue = queueList();
        queue->setCurrentIndex(queue->model()->index(0, 0));
        QTRY_VERIFY(!queue->visualRect(queue->currentIndex()).isEmpty());
        child<QPlainTextEdit>("prompt")->clear();
        const QPoint row = queue->visualRect(queue->currentIndex()).center();
        QTest::mouseClick(queue->viewport(), Qt::LeftButton, {}, row);
        QTest::mouseDClick(queue->viewport(), Qt::LeftButton, {}, row);
        QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("first idea"));
        generate("second thought", "6");
        const auto jobs = library().jobs().list();
        QCOMPARE(jobs.size(), 1u);
        QCOMPARE(jobs[0].prompt, std::string("second thought"));
        QCOMPARE(jobs[0].seed, 6u);
    }

    void interruptedJobIsOfferedAgain() {
        m_engine->wait = true;
        generate("caught in the middle", "3");
        generate("waiting behind", "4");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        m_studio.reset(); // the program ends
        m_engine->wait = false;
        m_engine->running = false;
        open();
        // The waiting job is made; the interrupted one is offered again.
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        auto* button = child<QFrame>("notice")->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        QCOMPARE(library().takes().find(library().takes().ids().front())->seed, 3u);
    }
};

QTEST_MAIN(StudioGenerationTest)
#include "StudioGenerationTest.moc"
