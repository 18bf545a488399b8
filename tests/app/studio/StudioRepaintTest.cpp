#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QToolButton>

using namespace n2m;
using test::longEnough;

/// Repaint and extend: from the selection of the shown clip to the engine's request.
class StudioRepaintTest : public test::PlanningStudioFixture {
    Q_OBJECT

    /// Makes a clip of 8 s and waits until it is shown.
    storage::Take madeClip() {
        const int before = m_engine->made;
        generate("a piano ballad", "7");
        [&] { QTRY_COMPARE_WITH_TIMEOUT(m_engine->made.load(), before + 1, longEnough); }();
        [&] { QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough); }();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(action("clip.extend")->isEnabled(), longEnough); }();
        return library().takes().page(library().takes().ids()).front();
    }

    void select(double from, double to) {
        const double rate = 24000.0;
        view().timeline().setSelection({std::llround(from * rate), std::llround(to * rate)});
    }

    /// Generates; returns the range that the engine repaints.
    std::optional<Repaint> generated() {
        const int before = rows();
        action("generate")->trigger();
        [&] { QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough); }();
        return m_engine->repainted;
    }

    bool repaints() { return child<QWidget>("repaint")->isVisible(); }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void theSelectionIsRepainted() {
        QVERIFY(!action("clip.repaint")->isEnabled() && !action("clip.extend")->isEnabled());
        const storage::Take take = madeClip();
        QVERIFY(!action("clip.repaint")->isEnabled()); // nothing is selected
        QVERIFY(!repaints());
        select(2.0, 5.5);
        QVERIFY(action("clip.repaint")->isEnabled());
        view().setFocus();
        QTest::keyClick(&view(), Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(repaints());
        QVERIFY(!child<QDoubleSpinBox>("seconds")->isEnabled()); // the length of a repainted clip is fixed
        QCOMPARE(child<QLineEdit>("seed")->text(), QString());   // the same seed would be the same music
        QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("a piano ballad"));

        const auto repaint = generated();
        QVERIFY(repaint.has_value());
        QCOMPARE(QString::fromStdString(repaint->file), QString::fromStdString(take.file.string()));
        QVERIFY(repaint->folder == library().folder());
        QCOMPARE(repaint->from, 2.0);
        QCOMPARE(repaint->to, 5.5);
        // The facts show the repainted range and its clip.
        QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>("factSound")->text().contains("0:02.0"), longEnough);
        QVERIFY(child<QLabel>("factSound")->text().contains(QString::fromStdString(take.file.stem().string())));
        QVERIFY(!repaints() && child<QDoubleSpinBox>("seconds")->isEnabled()); // the next clip is a whole one
        QVERIFY(!generated().has_value());
    }

    // The panel with the range is shown if it was hidden, and the button has the name of the command.
    void itIsSeenWhatGenerateDoes() {
        const auto verb = [this] { return child<QPushButton>("generate")->text(); };
        madeClip();
        QCOMPARE(verb(), QString("Generate"));
        select(2.0, 5.5);
        const auto press = [this](Qt::Key key) {
            action("panel.parameters")->setChecked(false);
            QVERIFY(!child<QDoubleSpinBox>("seconds")->isVisible());
            view().setFocus();
            QTest::keyClick(&view(), key, Qt::ShiftModifier);
            QVERIFY(repaints());
        };
        press(Qt::Key_R);
        QCOMPARE(verb(), QString("Repaint"));
        QVERIFY(notice().contains("Repaint")); // until the repaint is queued or abandoned
        child<QToolButton>("dropRepaint")->click();
        QCOMPARE(verb(), QString("Generate"));
        QVERIFY(!notice().contains("Repaint"));
        press(Qt::Key_E);
        QCOMPARE(verb(), QString("Extend"));
        QVERIFY(notice().contains("Extend"));
        generated();
        QVERIFY(!notice().contains("Extend"));
        QVERIFY(!repaints());
        QCOMPARE(verb(), QString("Generate"));
    }

    void theClipGoesOn() {
        const storage::Take take = madeClip();
        action("clip.extend")->trigger();
        QVERIFY(repaints());
        auto* seconds = child<QDoubleSpinBox>("seconds");
        QCOMPARE(seconds->value(), 23.0);
        seconds->setValue(12.0);
        const auto repaint = generated();
        QVERIFY(repaint.has_value());
        QCOMPARE(repaint->from, 8.0 - Repaint::overlap);
        QCOMPARE(repaint->to, 12.0); // the end of the chosen length
    }

    void whatWasBeingWrittenComesBack_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<bool>("made");
        QTest::newRow("repaint, given up") << "clip.repaint" << false;
        QTest::newRow("repaint") << "clip.repaint" << true;
        QTest::newRow("extend, given up") << "clip.extend" << false;
        QTest::newRow("extend") << "clip.extend" << true;
    }
    void whatWasBeingWrittenComesBack() {
        QFETCH(const QString, command);
        QFETCH(const bool, made);
        madeClip();
        child<QPlainTextEdit>("prompt")->setPlainText("what comes next");
        child<QLineEdit>("seed")->setText("42");
        child<QLineEdit>("chords")->setText("Dm Gm");
        const double seconds = child<QDoubleSpinBox>("seconds")->value();
        select(1.0, 2.0);
        action(command.toLatin1())->trigger();
        QVERIFY(repaints());
        QVERIFY(child<QPlainTextEdit>("prompt")->toPlainText() != "what comes next");
        child<QPlainTextEdit>("prompt")->setPlainText("fast drums");
        if (made)
            QVERIFY(generated().has_value());
        else
            child<QToolButton>("dropRepaint")->click();
        QVERIFY(!repaints());
        QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("what comes next"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("42"));
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Dm Gm"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), seconds);
    }

    // Without the repaint, the plan of the clip is dropped, too: a whole clip is planned again.
    void withoutTheRangeThereIsNoPlanEither() {
        madeClip();
        action("clip.extend")->trigger();
        child<QPlainTextEdit>("prompt")->setPlainText("fast drums");
        QVERIFY(!child<QWidget>("keptMusic")->isVisible()); // an extended clip keeps its music
        child<QToolButton>("dropRepaint")->click();
        QVERIFY(!child<QWidget>("keptMusic")->isVisible());
        action("queue.pause")->trigger();
        action("generate")->trigger();
        const Request request = requestFromJson(library().jobs().find(library().jobs().list().front().id)->request);
        QVERIFY(!request.repaint && !request.givenPlan);
    }

    // A preset changes settings, not the repaint.
    void presetsKeepIt() {
        madeClip();
        select(1.0, 2.0);
        action("clip.repaint")->trigger();
        auto* presets = child<QComboBox>("presets");
        presets->setCurrentIndex(0);
        Q_EMIT presets->activated(0);
        QVERIFY(repaints());
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 8.0);
        const auto repaint = generated();
        QVERIFY(repaint && repaint->from == 1.0 && repaint->to == 2.0);
    }

    // A repaint ends with the session.
    void aRestartEndsIt() {
        madeClip();
        select(1.0, 2.0);
        action("clip.repaint")->trigger();
        restart();
        QVERIFY(!repaints());
        QCOMPARE(child<QPushButton>("generate")->text(), QString("Generate"));
        QVERIFY(!generated().has_value());
    }

    // "Use all" of a repainted clip repaints again; its original is found in the trash, too.
    void usedAgain() {
        const storage::Take take = madeClip();
        select(1.0, 2.0);
        action("clip.repaint")->trigger();
        QVERIFY(generated().has_value());
        QTRY_VERIFY_WITH_TIMEOUT(action("clip.useAll")->isEnabled(), longEnough);
        action("clip.useAll")->trigger();
        QVERIFY(repaints());
        library().files().trash({take.id});
        const int before = m_engine->made;
        action("generate")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->made.load(), before + 1, longEnough);
        QVERIFY(m_engine->repainted && m_engine->repainted->file.starts_with("trash/"));
        QVERIFY(std::filesystem::exists(m_engine->repainted->folder / m_engine->repainted->file));
    }

    // An imported sound has no settings; the panels keep theirs.
    void importedSounds() {
        const QString file = m_folder->filePath("own.wav");
        audio::writeSoundFile(file.toStdString(), test::tone(6.0, 440.0), audio::SampleFormat::Pcm16);
        m_studio->open({file});
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(action("clip.extend")->isEnabled(), longEnough);
        auto* prompt = child<QPlainTextEdit>("prompt");
        prompt->setPlainText("a drum solo");
        select(3.0, 4.0);
        action("clip.repaint")->trigger();
        QCOMPARE(prompt->toPlainText(), QString("a drum solo"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 6.0);
        const auto repaint = generated();
        QVERIFY(repaint && repaint->from == 3.0 && repaint->to == 4.0);
    }
};

QTEST_MAIN(StudioRepaintTest)
#include "StudioRepaintTest.moc"
