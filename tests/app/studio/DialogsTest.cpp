#include "tests/app/studio/StudioFixture.h"

#include "app/studio/Checks.h"
#include "ui/settings/CheckDialog.h"
#include "ui/settings/PreferencesDialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>

#include <functional>

using namespace n2m;
using test::longEnough;

/// The dialogs of the whole program, as the menu opens them.
class DialogsTest : public test::StudioFixture {
    Q_OBJECT

    /// Opens a dialog by its action and calls `work` with it; false: it did not open.
    template <typename Dialog> bool with(const char* id, const std::function<void(Dialog&)>& work) {
        bool came = false;
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<Dialog*>(QApplication::activeModalWidget());
            if (!dialog) return;
            came = true;
            work(*dialog);
            dialog->done(dialog->result());
        });
        action(id)->trigger();
        return came;
    }

    void chooseLibrary(const QString& folder) {
        QVERIFY(with<ui::PreferencesDialog>("preferences", [&](ui::PreferencesDialog& dialog) {
            dialog.findChild<QLineEdit*>("library")->setText(folder);
            dialog.setResult(QDialog::Accepted);
        }));
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() {
        qunsetenv("N2M_LIBRARY");
        end();
    }

    void anotherLibraryIsForTheNextStart() {
        chooseLibrary(m_folder->filePath("another"));
        QVERIFY(notice().contains("next start of the program"));
    }

    void theEnvironmentsLibraryGoesFirst() {
        qputenv("N2M_LIBRARY", m_folder->filePath("library").toUtf8());
        chooseLibrary(m_folder->filePath("another"));
        QVERIFY(notice().contains("N2M_LIBRARY"));
        QVERIFY(!notice().contains("next start"));
    }

    void theCheckEndsItsLook() {
        QVERIFY(with<ui::CheckDialog>("check", [&](ui::CheckDialog& dialog) {
            const auto looks = [&] {
                const auto labels = dialog.findChildren<QLabel*>();
                return std::any_of(labels.begin(), labels.end(),
                                   [](const QLabel* label) { return label->text().startsWith("Looking"); });
            };
            QTRY_VERIFY_WITH_TIMEOUT(!looks(), longEnough);
        }));
    }

    void thePreferencesEndTheirLook() {
        QVERIFY(with<ui::PreferencesDialog>("preferences", [&](ui::PreferencesDialog& dialog) {
            const auto* note = dialog.findChild<QLabel*>("soundNote");
            QTRY_VERIFY_WITH_TIMEOUT(!note->text().startsWith("Looking"), longEnough);
        }));
    }

    /// On 1280 × 800 pixels at scale 2, without the desktop's bars, the buttons of each dialog can be reached.
    void dialogsFitASmallScreen_data() {
        QTest::addColumn<QString>("id");
        for (const char* id : {"preferences", "shortcuts", "check", "about", "clip.tags", "clip.export", "trash.empty"})
            QTest::newRow(id) << QString(id);
    }
    void dialogsFitASmallScreen() {
        QFETCH(const QString, id);
        for (const char* file : {"one", "two", "of the trash"}) {
            storage::Take take;
            take.prompt = file;
            take.id = library().takes().add(test::tone(0.1), take).id;
            library().marks().setTags({take.id}, {"slow", "for the film"});
            if (take.prompt == "of the trash") library().files().trash({take.id});
        }
        m_studio->open({QString::fromStdString(
            library().takes().pathOf(*library().takes().find(library().takes().ids().front())).string())});
        QTRY_VERIFY(action("clip.tags")->isEnabled());
        QVERIFY(with<QDialog>(id.toUtf8().constData(), [](QDialog& dialog) {
            QTRY_VERIFY(dialog.isVisible());
            const QSize least(600, 360);
            QVERIFY2(
                dialog.minimumSizeHint().width() <= least.width() &&
                    dialog.minimumSizeHint().height() <= least.height(),
                qPrintable(
                    QString("%1 × %2").arg(dialog.minimumSizeHint().width()).arg(dialog.minimumSizeHint().height())));
            const QSize before = dialog.size();
            dialog.resize(before.boundedTo(least));
            QCOMPARE(dialog.size(), before.boundedTo(least));
            QCoreApplication::processEvents();
            const auto buttons = dialog.findChild<QDialogButtonBox*>()->findChildren<QPushButton*>();
            QVERIFY(!buttons.isEmpty());
            for (const QPushButton* button : buttons)
                QVERIFY2(dialog.rect().contains(QRect(button->mapTo(&dialog, QPoint()), button->size())),
                         qPrintable(button->text()));
        }));
    }

    void checksSayWhatIsThere() {
        ui::ModelFacts model;
        model.name = "small";
        model.stages.resize(1);
        const auto checks = studio::checkInstallation(model, library().folder(), false, 3);
        QCOMPARE(checks.size(), 4u);
        QCOMPARE(checks[0].text, QString("small"));
        QVERIFY(checks[3].state == ui::Check::State::Good && checks[3].text.startsWith("3 "));
        const auto looking = studio::checkInstallation(model, library().folder(), false, std::nullopt);
        QVERIFY(looking[3].state == ui::Check::State::Looking);
        QVERIFY(!studio::problemsOf(looking).contains("Looking"));
        const auto none = studio::checkInstallation({}, library().folder(), true, 0);
        QVERIFY(none[0].state == ui::Check::State::Bad && none[1].state == ui::Check::State::Bad);
        QVERIFY(none[3].state == ui::Check::State::Warning);
        QVERIFY(studio::problemsOf(none).contains(none[0].text));
    }
};

QTEST_MAIN(DialogsTest)
#include "DialogsTest.moc"
