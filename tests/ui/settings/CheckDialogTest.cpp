#include "ui/settings/CheckDialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace n2m::ui;
using State = Check::State;

class CheckDialogTest : public QObject {
    Q_OBJECT

    static QStringList textsOf(const CheckDialog& dialog) {
        QStringList texts;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            texts << label->text();
        return texts;
    }
    static QStringList signsOf(const CheckDialog& dialog) {
        QStringList signs;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (!label->accessibleName().isEmpty()) signs << label->accessibleName();
        return signs;
    }
    static QString verdictOf(const CheckDialog& dialog) { return dialog.findChild<QLabel*>("verdict")->text(); }

private Q_SLOTS:
    void saysEachThingAndWhatComesOfAll() {
        CheckDialog dialog;
        dialog.showChecks({{"Model", State::Good, "a model"}, {"Sound", State::Good, "2 devices"}});
        QCOMPARE(verdictOf(dialog), QString("Everything works."));
        QCOMPARE(signsOf(dialog), (QStringList{"good", "good"}));
        for (const char* text : {"Model", "a model", "Sound", "2 devices"})
            QVERIFY2(textsOf(dialog).contains(text), text);

        dialog.showChecks({{"Model", State::Bad, "none"}, {"Sound", State::Warning, "none either"}});
        QCOMPARE(verdictOf(dialog), QString("Some things need your attention."));
        QCOMPARE(signsOf(dialog), (QStringList{"not working", "needs attention"}));
        QVERIFY(!textsOf(dialog).contains("a model")); // those before are gone
    }

    void doesNotPraiseBeforeItHasLooked() {
        CheckDialog dialog;
        dialog.showChecks({{"Model", State::Good, "a model"}, {"Sound", State::Looking, "looking"}});
        QCOMPARE(verdictOf(dialog), QString("Checking …"));
        dialog.showChecks({{"Model", State::Warning, "small"}, {"Sound", State::Looking, "looking"}});
        QCOMPARE(verdictOf(dialog), QString("Some things need your attention."));
    }

    /// Text from outside, such as a folder's name, is not read as markup; the keyboard reaches the button.
    void takesTextsAsTheyAre() {
        CheckDialog dialog;
        dialog.showChecks({{"Library", State::Good, "/home/<b>bold</b>"}});
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->text().contains("<b>")) QCOMPARE(label->textFormat(), Qt::PlainText);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }
};

QTEST_MAIN(CheckDialogTest)
#include "CheckDialogTest.moc"
