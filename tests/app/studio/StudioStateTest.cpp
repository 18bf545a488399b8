#include "tests/app/studio/StudioFixture.h"

#include "ui/history/FactsPanel.h"
#include "ui/player/PlayerBar.h"
#include "ui/widgets/ActionLine.h"

#include <QCheckBox>
#include <QSplitter>
#include <QTabWidget>

using namespace n2m;
using test::longEnough;

/// The state that a new start of the program restores.
class StudioStateTest : public test::PlanningStudioFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void promptAndSettingsComeBack() {
        prompt()->setPlainText("half a thought");
        child<QPlainTextEdit>("negativePrompt")->setPlainText("drums");
        child<QLineEdit>("seed")->setText("12");
        child<QSpinBox>("variations")->setValue(3);
        child<QDoubleSpinBox>("bpm")->setValue(90.0);
        child<QLineEdit>("chords")->setText("Am F");
        child<QCheckBox>("plan")->setChecked(false);
        restart();
        QCOMPARE(prompt()->toPlainText(), QString("half a thought"));
        QCOMPARE(child<QPlainTextEdit>("negativePrompt")->toPlainText(), QString("drums"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("12"));
        QCOMPARE(child<QSpinBox>("variations")->value(), 3);
        QVERIFY(!child<QCheckBox>("plan")->isChecked());
    }

    void theLastSeedComesBack() {
        QVERIFY(!child<QToolButton>("seedRecycle")->isEnabled());
        makeClip("a song", "7");
        makeClip("another", "8");
        storage::Take imported; // not made by the program
        imported.origin = storage::Origin::Imported;
        imported.seed = 9;
        library().takes().add(test::tone(1.0), imported);
        restart();
        child<QLineEdit>("seed")->clear();
        QVERIFY(child<QToolButton>("seedRecycle")->isEnabled());
        child<QToolButton>("seedRecycle")->click();
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("8"));
    }

    /// The settings file is read while the program runs: a killed program cannot save any more.
    void whatIsWrittenSurvivesACrash() {
        prompt()->setPlainText("half a thought");
        child<QDoubleSpinBox>("bpm")->setValue(90.0);
        const auto kept = [this](const char* key) {
            return QSettings(m_folder->filePath("settings.ini"), QSettings::IniFormat).value(key).toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(kept("session/prompt"), QString("half a thought"), longEnough);
        QVERIFY(kept("session/settings").contains("\"bpm\":90"));
    }

    /// Saving the session does not finish a number that is still being typed.
    void keepingLeavesTheTypingAlone() {
        auto* seconds = child<QDoubleSpinBox>("seconds");
        prompt()->setPlainText("to be seen when it is kept");
        seconds->setFocus(Qt::TabFocusReason);
        QTest::keyClicks(seconds, "0");
        QTRY_COMPARE_WITH_TIMEOUT(
            QSettings(m_folder->filePath("settings.ini"), QSettings::IniFormat).value("session/prompt").toString(),
            QString("to be seen when it is kept"), longEnough);
        QVERIFY2(seconds->text().startsWith("0"), qPrintable(seconds->text()));
    }

    void theClipComesBack() {
        for (const char* prompt : {"first", "second", "third"})
            generate(prompt);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        const auto before = view().clip();
        choose(1);
        const QString chosen = title();
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != before, longEnough);
        restart();
        QCOMPARE(title(), chosen);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        // The user did not choose it: the next new clip replaces it.
        generate("fourth");
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("fourth"), longEnough);
    }

    void elseTheNewestClipIsShown() {
        generate("first");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        generate("second");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        choose(1);
        QCOMPARE(title(), QString("first"));
        library().files().trash({library().takes().ids().back()});
        restart();
        QCOMPARE(title(), QString("second"));
    }

    void theArrangementComesBack() {
        auto* order = child<QComboBox>("historySort");
        auto* scope = child<QComboBox>("historyScope");
        auto* bar = m_studio->window().findChild<ui::PlayerBar*>();
        order->setCurrentIndex(order->findText("Oldest"));
        Q_EMIT order->activated(order->currentIndex());
        scope->setCurrentIndex(scope->findText("Starred"));
        Q_EMIT scope->activated(scope->currentIndex());
        bar->setVolume(0.5);
        const double volume = bar->volume();
        view().setSplit(0.6);
        m_studio->window().findChild<QTabWidget*>()->setCurrentIndex(1);
        restart();
        QCOMPARE(child<QComboBox>("historySort")->currentText(), QString("Oldest"));
        QCOMPARE(child<QComboBox>("historyScope")->currentText(), QString("Starred"));
        QCOMPARE(m_studio->window().findChild<ui::PlayerBar*>()->volume(), volume);
        QCOMPARE(view().split(), 0.6);
        QCOMPARE(m_studio->window().findChild<QTabWidget*>()->currentIndex(), 1);
    }

    /// 1280 × 800 pixels at scale 2, with every line that can be visible.
    void theWindowFitsASmallScreen() {
        m_engine->wait = true;
        generate("a song");
        QTRY_VERIFY_WITH_TIMEOUT(child<QFrame>("making")->isVisible(), longEnough);
        action("queue.pause")->trigger();
        generate("waits");
        QVERIFY(child<QWidget>("paused")->isVisible());
        child<ui::ActionLine>("keptMusic")->say("of another clip");
        m_studio->window().notice().showResult("something to say");
        ui::MainWindow& window = m_studio->window();
        const QSize small(640, 400);
        window.resize(small);
        QCOMPARE(window.size(), small);
        // Every widget has its minimum size.
        QTRY_VERIFY2(window.layout()->minimumSize().width() <= 640 && window.layout()->minimumSize().height() <= 400,
                     qPrintable(QString("%1 × %2")
                                    .arg(window.layout()->minimumSize().width())
                                    .arg(window.layout()->minimumSize().height())));
        const auto inside = [&](const QWidget* widget) {
            const QRect place(widget->mapTo(&window, QPoint()), widget->size());
            return widget->isVisible() && window.rect().contains(place);
        };
        QVERIFY(inside(child<QPushButton>("generate")));
        QVERIFY(inside(window.findChild<ui::PlayerBar*>()));
        QVERIFY(inside(child<QPushButton>("listen")));
        QVERIFY(inside(child<QWidget>("paused")) && inside(child<QWidget>("keptMusic")));
        m_engine->wait = false;
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        QVERIFY(inside(&view()));
        QCOMPARE(window.size(), small);
    }

    /// A layout saved in a large window leaves the clip its usual height in a small one.
    void theRowsOfAHighWindowAreNotForALowOne() {
        makeClip("a song", "7");
        ui::MainWindow& window = m_studio->window();
        auto* rows = qobject_cast<QSplitter*>(child<QTabWidget>("lower")->parentWidget());
        window.resize(780, 760);
        rows->setSizes({200, 400});
        Q_EMIT rows->splitterMoved(200, 1); // as by the mouse
        const QList<int> chosen = rows->sizes();
        QSettings kept(m_folder->filePath("kept.ini"), QSettings::IniFormat);
        window.save(kept);
        kept.remove("window/geometry"); // the screen has no room for that
        window.resize(640, 400);
        QTRY_COMPARE(window.size(), QSize(640, 400));
        const int usual = view().height();
        window.restore(kept);
        QCoreApplication::processEvents();
        QVERIFY2(view().height() >= usual, qPrintable(QString::number(view().height())));
        // A large window gets the saved rows again.
        window.resize(780, 760);
        QTRY_COMPARE(rows->sizes(), chosen);
    }

    void theFactsGetTheRoomTheyNeed() {
        storage::Take facts;
        facts.prompt = "a song";
        facts.recipe = R"({"format": "noise2music recipe 1", "stages": [{"stage": "vocoder", "steps": 1},
                          {"stage": "spectrogram-generator", "steps": 24}]})";
        const auto take = library().takes().add(test::tone(2.0), facts);
        m_studio->window().resize(780, 760);
        m_studio->open({QString::fromStdString(library().takes().pathOf(take).string())});
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        auto* rows = qobject_cast<QSplitter*>(child<QTabWidget>("lower")->parentWidget());
        rows->setSizes({1000, 1});
        const auto* notes = child<QPlainTextEdit>("notes");
        const auto* panel = m_studio->window().findChild<ui::FactsPanel*>();
        const auto allSeen = [&] {
            return notes->isVisible() &&
                   panel->viewport()->rect().contains(QRect(notes->mapTo(panel->viewport(), QPoint()), notes->size()));
        };
        QVERIFY(!allSeen());
        action("clip.facts")->trigger();
        QTRY_VERIFY(allSeen());
        QVERIFY(view().height() > 100);
        const QString stages = child<QLabel>("factStages")->text();
        QVERIFY2(stages.contains(": 1 step\n") && stages.endsWith(": 24 steps"), qPrintable(stages));
    }

    void aClipWhoseFileIsGoneIsNoErrorOfTheStart() {
        makeClip("a song", "7");
        makeClip("another", "8");
        m_studio->window().close();
        const auto shown = *library().takes().find(library().takes().ids().front());
        QVERIFY(QFile::remove(QString::fromStdString(library().takes().pathOf(shown).string())));
        restart();
        QTRY_VERIFY_WITH_TIMEOUT(view().hint().startsWith("This clip could not be read.\n"), longEnough);
        QVERIFY(view().hint().contains(QString::fromStdString(shown.file.filename().string())));
        QCOMPARE(title(), QString("another"));
        QCOMPARE(notice(), QString());
        // If the user chooses it, it is an error.
        choose(1);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        choose(0);
        QTRY_VERIFY_WITH_TIMEOUT(!notice().isEmpty(), longEnough);
    }

    void aTextThatIsTooLongIsReadFromItsBegin() {
        auto* bpm = child<QAbstractSpinBox>("bpm");
        auto* field = bpm->findChild<QLineEdit*>();
        QCOMPARE(field->cursorPosition(), 0);
        bpm->setFocus(Qt::TabFocusReason);
        QTest::keyClick(bpm, Qt::Key_End);
        prompt()->setFocus();
        QCOMPARE(field->cursorPosition(), 0);
    }

    void theNextStartKnowsHowLongClipsTake() {
        const auto summary = [this] { return child<QLabel>("queueSummary")->text(); };
        m_engine->wait = true;
        generate("nobody knows");
        generate("how long");
        QTRY_COMPARE_WITH_TIMEOUT(summary(), QString("1 running, 1 waiting"), longEnough);
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        restart();
        m_engine->wait = true;
        generate("as before");
        generate("and again");
        QTRY_VERIFY_WITH_TIMEOUT(summary().startsWith("1 running, 1 waiting, about "), longEnough);
    }
};

QTEST_MAIN(StudioStateTest)
#include "StudioStateTest.moc"
