#include "tests/app/studio/StudioFixture.h"

#include "app/studio/PromptReading.h"
#include "ui/settings/Preferences.h"

#include <QListWidget>

using namespace n2m;
using test::longEnough;

/// The line below the prompt that says how it is understood, and the completion of its words.
class StudioPromptTest : public test::PlanningStudioFixture {
    Q_OBJECT

    QString heard() { return child<QLabel>("heardAs")->text(); }
    QString doubts() { return child<QLabel>("heardDoubts")->text(); }
    void type(const QString& text) {
        prompt()->setFocus();
        QTest::keyClicks(prompt(), text);
    }
    QStringList offered() {
        QStringList texts;
        for (auto* list : m_studio->window().findChildren<QListWidget*>("completions"))
            for (int row = 0; list->isVisible() && row < list->count(); ++row)
                texts << list->item(row)->text();
        return texts;
    }

private Q_SLOTS:
    void init() {
        begin();
        action("queue.pause")->trigger();
    }
    void cleanup() { end(); }

    void itSaysWhatIsHeard() {
        QCOMPARE(heard(), QString());
        type("a slow waltz for accordion, no drums ");
        QTRY_COMPARE(heard(), QString("Heard as: slow · waltz · 3 beats a bar · accordion · no drums"));
        QCOMPARE(doubts(), QString());
    }

    void theNegativePromptIsHeard() {
        prompt()->setPlainText("slow piano");
        child<QPlainTextEdit>("negativePrompt")->setPlainText("drums");
        QTRY_COMPARE(heard(), QString("Heard as: slow · piano · no drums"));
    }

    void itSaysWhatIsNotUnderstood() {
        prompt()->setPlainText("slow piano with a zorblatt in it");
        QTRY_COMPARE(doubts(), QString("Not understood: zorblatt"));
    }

    void halfAWordIsNotYetUnknown() {
        type("slow zorb");
        QTRY_COMPARE(heard(), QString("Heard as: slow"));
        QCOMPARE(doubts(), QString());
        QTRY_COMPARE(doubts(), QString("Not understood: zorb")); // after a pause
    }

    void itSaysWhatIsContradictory() {
        prompt()->setPlainText("a slow and fast piano piece");
        QTRY_COMPARE(doubts(), QString("Contradictory: slow, fast"));
        prompt()->setPlainText("a slow piano piece");
        QTRY_COMPARE(doubts(), QString());
        child<QPlainTextEdit>("negativePrompt")->setPlainText("piano");
        QTRY_COMPARE(doubts(), QString("Contradictory: piano, no piano"));
    }

    void anArrowKeyAndReturnCompleteAWord() {
        type("slow accord");
        QVERIFY(offered().contains("accordion"));
        QTest::keyClick(prompt(), Qt::Key_Down);
        QTest::keyClick(prompt(), Qt::Key_Return);
        QVERIFY(offered().isEmpty());
        QCOMPARE(prompt()->toPlainText(), QString("slow accordion"));
    }

    void tabCompletesOnlyAChosenWord() {
        type("slow accord");
        QTest::keyClick(prompt(), Qt::Key_Tab);
        QVERIFY(!prompt()->hasFocus());
        QVERIFY(offered().isEmpty());
        QCOMPARE(prompt()->toPlainText(), QString("slow accord"));
        prompt()->setFocus();
        prompt()->selectAll();
        type("slow accord");
        QTest::keyClick(prompt(), Qt::Key_Down);
        QTest::keyClick(prompt(), Qt::Key_Tab);
        QVERIFY(prompt()->hasFocus());
        QCOMPARE(prompt()->toPlainText(), QString("slow accordion"));
    }

    void theListIsNeverInTheWay() {
        type("slow accord");
        QTest::keyClick(prompt(), Qt::Key_Return); // a new line, as no word was chosen
        QCOMPARE(prompt()->toPlainText(), QString("slow accord\n"));
        QVERIFY(offered().isEmpty());
        type("pian");
        QVERIFY(!offered().isEmpty());
        QTest::keyClick(prompt(), Qt::Key_Escape);
        QVERIFY(offered().isEmpty());
        QCOMPARE(prompt()->toPlainText(), QString("slow accord\npian"));
        type("o");
        QTest::keyClick(prompt(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(library().jobs().waiting(), 1);
    }

    void aTextThatIsSetIsNotCompleted() {
        prompt()->setFocus();
        prompt()->setPlainText("slow accord");
        QVERIFY(offered().isEmpty());
    }

    void completionCanBeTurnedOff() {
        m_studio.reset();
        QSettings(m_folder->filePath("settings.ini"), QSettings::IniFormat).setValue("complete", false);
        open();
        type("slow accord");
        QVERIFY(offered().isEmpty());
    }

    // The phrase that is furthest to the left counts: a completion of it keeps the words before the last one.
    void phrasesOfSeveralWordsAreCompleted() {
        const prompt::Lexicon lexicon;
        const ui::Completions found = studio::completePhrase(lexicon, "fast drum and b");
        QCOMPARE(found.replaced, 10);
        QVERIFY(found.phrases.contains("drum and bass"));
        QCOMPARE(studio::completePhrase(lexicon, "slow ").phrases, QStringList());
        QCOMPARE(studio::completePhrase(lexicon, "a").phrases, QStringList());
    }
};

QTEST_MAIN(StudioPromptTest)
#include "StudioPromptTest.moc"
