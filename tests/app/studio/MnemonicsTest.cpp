#include "tests/app/studio/StudioFixture.h"

#include <QAbstractButton>
#include <QMenu>
#include <QMenuBar>
#include <QTranslator>

using namespace n2m;

/// What Alt and a letter lead to: each letter to one thing, in every language.
class MnemonicsTest : public test::StudioFixture {
    Q_OBJECT

    QString m_clash; ///< empty: each letter stands once

    studio::Studio::Setup setup() const override {
        studio::Studio::Setup setup = StudioFixture::setup();
        setup.model = planningModel();
        return setup;
    }

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

    /// Of an open menu, where the letter alone does; and of those inside.
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

    void eachLetterStandsOnce_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QString();
        QTest::newRow("German") << QStringLiteral("de");
    }
    void eachLetterStandsOnce() {
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
                 language.isEmpty() ? QString("&File") : QString("&Datei")); // it is the language that is spoken
    }
};

QTEST_MAIN(MnemonicsTest)
#include "MnemonicsTest.moc"
