#include "tests/app/studio/StudioFixture.h"

#include "tests/support/SoundRecorder.h"

using namespace n2m;
using test::longEnough;

/// Which key reaches what, in the real window.
class StudioKeysTest : public test::StudioFixture {
    Q_OBJECT

    std::optional<QTemporaryDir> m_soundFolder;
    std::optional<test::SoundRecorder> m_recorder;

    /// Where the keyboard goes.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    QPlainTextEdit* prompt() { return child<QPlainTextEdit>("prompt"); }

private Q_SLOTS:
    void init() {
        m_soundFolder.emplace();
        m_recorder.emplace(m_soundFolder->path());
        begin();
    }
    void cleanup() { end(); }

    void spacePlaysWhatWasGenerated_data() {
        QTest::addColumn<bool>("clicked");
        QTest::newRow("by a click") << true;
        QTest::newRow("by Ctrl+Return") << false;
    }
    void spacePlaysWhatWasGenerated() {
        QFETCH(const bool, clicked);
        prompt()->setFocus();
        QTest::keyClicks(prompt(), "slow piano");
        if (clicked)
            QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        else
            press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        press(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!m_recorder->heard().empty(), longEnough);
        QCOMPARE(library().jobs().list().size(), 1u);
        QCOMPARE(prompt()->toPlainText(), QString("slow piano"));
    }

    void whoeverGoesOnTypingIsLeftInPeace() {
        m_engine->wait = true;
        prompt()->setFocus();
        QTest::keyClicks(prompt(), "slow");
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        QTest::keyClicks(prompt(), " piano");
        m_engine->wait = false;
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        press(Qt::Key_Space);
        QCOMPARE(prompt()->toPlainText(), QString("slow piano "));
    }
};

QTEST_MAIN(StudioKeysTest)
#include "StudioKeysTest.moc"
