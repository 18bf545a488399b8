#include "tests/app/studio/StudioFixture.h"

#include <QAbstractButton>
#include <QMenu>
#include <QMenuBar>
#include <QTranslator>

using namespace n2m;

/// The mnemonics of the window: in every language, no letter is used twice.
class MnemonicsTest : public test::PlanningStudioFixture {
    Q_OBJECT

    QString m_clash; ///< empty: no letter is used twice

    class Letters {
    public:
        explicit Letters(QString& clash)
            : m_clash(clash) {}
        void take(const QString& text) {
            const QKeySequence key = QKeySequence::mnemonic(text);
            if (key.isEmpty()) return;
            QString& owner = m_owners[key.toString()];
            if (!owner.isEmpty()) m_clash += QStringLiteral("%1: %2, %3\n").arg(key.toString(), owner, text);
            owner = text;
        }
        qsizetype count() const { return m_owners.size(); }

    private:
        QString& m_clash;
        QMap<QString, QString> m_owners;
    };

    /// Checks the entries of a menu and of its submenus.
    void lookAt(const QMenu& menu) {
        Letters letters(m_clash);
        for (const QAction* entry : menu.actions()) {
            letters.take(entry->text());
            if (const auto* inside = entry->menu<QMenu*>()) lookAt(*inside);
        }
    }

private Q_SLOTS:
    void init() { m_clash.clear(); }
    void cleanup() { end(); }

    void eachLetterIsUsedOnce_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QString();
        QTest::newRow("German") << QStringLiteral("de");
    }
    void eachLetterIsUsedOnce() {
        QFETCH(const QString, language);
        QTranslator translator;
        if (!language.isEmpty()) {
            QVERIFY(translator.load(QStringLiteral(N2M_BINARY_DIR "/app/studio/noise2music_%1.qm").arg(language)));
            QCoreApplication::installTranslator(&translator);
        }
        begin();
        const ui::MainWindow& window = m_studio->window();
        Letters letters(m_clash);
        for (const QAction* menu : window.menuBar()->actions()) {
            letters.take(menu->text());
            lookAt(*menu->menu<QMenu*>());
        }
        for (const auto* button : window.findChildren<QAbstractButton*>())
            if (button->isVisibleTo(&window)) letters.take(button->text());
        for (const auto* label : window.findChildren<QLabel*>())
            if (label->buddy() && label->isVisibleTo(&window)) letters.take(label->text());
        QVERIFY2(m_clash.isEmpty(), qPrintable(m_clash));
        QVERIFY(letters.count() >= 12); // menus and fields
        QCOMPARE(window.menuBar()->actions().at(0)->text(),
                 language.isEmpty() ? QString("&File") : QString("&Datei")); // the language of the window
    }
};

QTEST_MAIN(MnemonicsTest)
#include "MnemonicsTest.moc"
