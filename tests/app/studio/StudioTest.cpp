#include "tests/app/studio/StudioFixture.h"

#include "app/studio/Checks.h"
#include "ui/history/HistoryPanel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QProgressBar>
#include <QToolButton>

using namespace n2m;
using test::longEnough;

/// The window as a whole: notices, verification, prompts and presets, panels.
class StudioTest : public test::StudioFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void factsSayHowTheClipWasMade() {
        generate("a song");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_COMPARE(child<QLabel>("factStages")->text(),
                     QString("Spectrogram: 24 steps, DPM++ 2M, uniform, guidance 2.5, temperature 0.7"));
    }

    void warningsAreSaidUnaskedToo() {
        using ui::Check;
        const Check good{"Model", Check::State::Good, "a model"}, bad{"Model", Check::State::Bad, "no model"};
        const Check warning{"Library", Check::State::Warning, "hardly any room"};
        QCOMPARE(studio::problemsOf({good}), QString());
        QCOMPARE(studio::problemsOf({good, warning}), QString("hardly any room"));
        QCOMPARE(studio::problemsOf({warning, bad}), QString("no model\nhardly any room"));
        // The first start without a model shows that.
        QVERIFY(notice().contains("No model was found"));
    }

    void newsOnlyCoversAnError() {
        auto& notice = m_studio->window().notice();
        notice.showError("something is wrong");
        const int news = notice.showNews("something is new");
        QCOMPARE(notice.text(), QString("something is new"));
        notice.withdraw(news);
        QCOMPARE(notice.text(), QString("something is wrong"));
        notice.withdraw(news); // gone already: the error stays
        QCOMPARE(notice.text(), QString("something is wrong"));
        bool done = false;
        notice.showNews("something is new", "Do it", [&] { done = true; });
        QTest::mouseClick(notice.findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(done);
        QCOMPARE(notice.text(), QString("something is wrong"));
        QTest::mouseClick(notice.findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(notice.text(), QString());
    }

    void anErrorThatWasReadDoesNotComeBack() {
        auto& notice = m_studio->window().notice();
        QPushButton* button = notice.findChild<QPushButton*>();
        const auto readAndCover = [&] {
            QTest::qWait(2100); // as long as it takes to read a line
            QTest::mouseClick(&m_studio->window(), Qt::LeftButton);
            notice.withdraw(notice.showNews("something is new"));
        };
        const int error = notice.showError("something is wrong");
        notice.withdraw(notice.showNews("something is new"));
        QCOMPARE(notice.text(), QString("something is wrong"));
        readAndCover();
        QCOMPARE(notice.text(), QString());
        // An error with a button comes back.
        notice.showError("something can be mended", "Mend it", [] {});
        readAndCover();
        QCOMPARE(notice.text(), QString("something can be mended"));
        QVERIFY(button->isVisible());
        notice.withdraw(error); // long gone
        QCOMPARE(notice.text(), QString("something can be mended"));
    }

    void keysInTheTextStayInTheText() {
        auto* edit = child<QPlainTextEdit>("prompt");
        edit->setFocus();
        QTest::keyClicks(edit, "a. p[5] s?");
        QCOMPARE(edit->toPlainText(), QString("a. p[5] s?"));
    }

    void settingsComeBack() {
        generate("a long lost song", "99");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        generate("something else", "1");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* history = historyList();
        focusRow(1);
        QTRY_VERIFY(action("clip.useAll")->isEnabled());
        QTest::keyClick(history, Qt::Key_A);
        QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("a long lost song"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("99"));
        QTest::keyClick(history, Qt::Key_R);
        QCOMPARE(child<QLineEdit>("seed")->text(), QString());
    }

    void verifySaysIdentical() {
        generate("again", "8");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        action("clip.verify")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Identical"), longEnough);
    }

    void verifyShowsItsOwnProgressAndIsCancelled() {
        generate("again", "8");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        m_studio.reset(); // so that nothing has run yet
        open();
        choose(0);
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        const auto* bar = m_studio->window().findChild<QProgressBar*>();
        for (int time = 0; time < 2; ++time) { // a cancelled verification does not cancel the next one
            m_engine->wait = true;
            m_engine->running = false;
            action("clip.verify")->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
            QTRY_VERIFY(child<QLabel>("progressText")->text().contains("step 2"));
            QVERIFY(bar->isVisible() && bar->maximum() > 0 && bar->value() < bar->maximum());
            action("queue.cancelRunning")->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Cancelled"), longEnough);
            QTRY_VERIFY(!bar->isVisible());
            m_engine->wait = false;
            generate("in between"); // which ends at 100 %
            QTRY_COMPARE_WITH_TIMEOUT(rows(), 2 + time, longEnough);
            choose(0);
        }
        m_engine->wait = false;
        action("clip.verify")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Identical"), longEnough);
    }

    void theSpectrogramsLookIsKept() {
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        ui::SpectrogramOptions options;
        options.colours = ui::ColourMap::Viridis;
        options.range = 60.0;
        view->setOptions(options);
        m_studio.reset();
        open();
        QVERIFY(m_studio->window().findChild<ui::ClipView*>()->options() == options);
    }

    void startingPointsComeWithTheProgram() {
        auto* menu = child<QPushButton>("startingPoints")->menu();
        QVERIFY(menu && menu->actions().size() >= 12);
        const auto names = [&] {
            QStringList list;
            for (const QAction* entry : menu->actions())
                list << entry->text();
            return list;
        };
        const QStringList before = names();
        QCOMPARE(QSet<QString>(before.begin(), before.end()).size(), before.size());
        child<QDoubleSpinBox>("seconds")->setValue(12.0);
        for (QAction* entry : menu->actions()) {
            entry->trigger();
            QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), entry->toolTip());
        }
        // The ballad sets tempo, key and chords; other settings stay.
        for (QAction* entry : menu->actions())
            if (entry->text().contains("ballad")) entry->trigger();
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Am F C G"));
        QCOMPARE(child<QComboBox>("key")->currentText(), QString("A minor"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 12.0);
        QVERIFY(library().prompts().saved().empty()); // the library does not store them
        // The menu of prompts offers them, too, and cannot remove them.
        auto* library = child<QToolButton>("promptLibrary")->menu();
        Q_EMIT library->aboutToShow();
        QVERIFY(library->actions().contains(menu->menuAction()));
        Q_EMIT library->aboutToShow();
        QCOMPARE(names(), before);
    }

    void builtInPresetsStay() {
        auto* presets = child<QComboBox>("presets");
        auto* remove = child<QToolButton>("removePreset");
        const int sketch = presets->findText("Ten-second sketch");
        QVERIFY(sketch > 0);
        const int count = presets->count();
        presets->setCurrentIndex(sketch);
        Q_EMIT presets->activated(sketch);
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 10.0);
        QVERIFY(!remove->isEnabled());
        remove->click();
        QCOMPARE(presets->count(), count);
    }

    void promptHistoryIsWalked() {
        generate("first");
        generate("second");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* edit = child<QPlainTextEdit>("prompt");
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(edit->toPlainText(), QString("first"));
        QTest::keyClick(edit, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(edit->toPlainText(), QString("second"));
    }

    void whatIsChosenCanBeReadInNarrowPanels() {
        auto* panel = m_studio->window().findChild<ui::HistoryPanel*>();
        auto *scope = child<QComboBox>("historyScope"), *sort = child<QComboBox>("historySort");
        scope->setItemText(0, "a long word for all"); // as other languages have it
        panel->setFixedWidth(400);
        QTRY_COMPARE(scope->y(), sort->y());
        panel->setFixedWidth(230);
        QTRY_VERIFY(sort->y() > scope->geometry().bottom());
        QCOMPARE(scope->width(), sort->width());
        auto* seed = child<QLineEdit>("seed");
        QVERIFY(seed->width() > seed->fontMetrics().horizontalAdvance("4294967295"));
    }

    void panelsHideWithAKeyAndStayHidden() {
        auto* history = historyList();
        QVERIFY(history->isVisible());
        QTest::keyClick(history, Qt::Key_G);
        QVERIFY(!history->isVisible());
        m_studio.reset();
        open();
        QVERIFY(!historyList()->isVisible());
    }
};

QTEST_MAIN(StudioTest)
#include "StudioTest.moc"
