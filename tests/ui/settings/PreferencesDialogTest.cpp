#include "ui/settings/PreferencesDialog.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace n2m;
using namespace n2m::ui;

class PreferencesDialogTest : public QObject {
    Q_OBJECT

    static Preferences everythingElse() {
        Preferences preferences;
        preferences.theme = Theme::Light;
        preferences.language = "de";
        preferences.device = "cuda";
        preferences.bundle = "/a/bundle";
        preferences.library = "/a/library";
        preferences.notify = false;
        preferences.soundHost = "ALSA";
        preferences.soundDevice = "Headphones";
        preferences.soundRate = 48000;
        preferences.soundBuffer = 512;
        return preferences;
    }
    static audio::SoundDevice device(const char* name) { return {"ALSA", name, 2, 48000.0, 0.01, 0.05, false}; }

    template <typename Widget> static Widget* child(const QDialog& dialog, const char* name) {
        return dialog.findChild<Widget*>(name);
    }
    static QString noteOf(const QDialog& dialog) { return child<QLabel>(dialog, "soundNote")->text(); }

private Q_SLOTS:
    void whatIsSavedIsLoaded() {
        QTemporaryDir folder;
        {
            QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
            everythingElse().save(settings);
        }
        QCOMPARE(Preferences::load(QSettings(folder.filePath("settings.ini"), QSettings::IniFormat)), everythingElse());
        QCOMPARE(Preferences::load(QSettings(folder.filePath("none.ini"), QSettings::IniFormat)), Preferences());
    }

    void whatIsShownIsWhatItWasGiven() {
        for (const Preferences& preferences : {Preferences(), everythingElse()}) {
            PreferencesDialog dialog(preferences, "/the/open/library", false);
            QCOMPARE(dialog.preferences(), preferences);
            dialog.showDevices({device("Loudspeakers")}, false);
            QCOMPARE(dialog.preferences(), preferences); // a device that is not connected stays chosen
        }
    }

    void whatIsChosenIsSaid() {
        PreferencesDialog dialog(Preferences(), "/the/open/library", false);
        dialog.showDevices({device("Loudspeakers"), device("Headphones")}, false);
        auto* theme = child<QComboBox>(dialog, "theme");
        theme->setCurrentIndex(theme->findData(static_cast<int>(Theme::Light)));
        child<QComboBox>(dialog, "soundDevice")->setCurrentIndex(2);
        child<QLineEdit>(dialog, "library")->setText("  /with blanks  ");
        QVERIFY(dialog.preferences().theme == Theme::Light);
        QCOMPARE(dialog.preferences().soundDevice, QString("Headphones"));
        QCOMPARE(dialog.preferences().soundHost, QString("ALSA"));
        QCOMPARE(dialog.preferences().library, QString("/with blanks"));
        QCOMPARE(child<QLineEdit>(dialog, "library")->placeholderText(), QString("/the/open/library"));
    }

    void devicesComeWhenTheyAreFound() {
        Preferences preferences;
        preferences.soundHost = "ALSA";
        preferences.soundDevice = "Headphones";
        PreferencesDialog dialog(preferences, "/the/open/library", false);
        auto* sound = child<QComboBox>(dialog, "soundDevice");
        dialog.showDevices({}, true);
        QVERIFY(noteOf(dialog).startsWith("Looking"));
        QCOMPARE(sound->currentText(), QString("Headphones")); // not "not connected": that is not known yet
        dialog.showDevices({}, false);
        QVERIFY(noteOf(dialog).startsWith("No playback device"));
        QCOMPARE(sound->currentText(), QString("Headphones (not connected)"));
        QCOMPARE(dialog.preferences().soundDevice, QString("Headphones"));
        dialog.showDevices({device("Loudspeakers"), device("Headphones")}, false);
        QVERIFY(noteOf(dialog).isEmpty());
        QCOMPARE(sound->count(), 3);
        QCOMPARE(sound->currentText(), QString("ALSA: Headphones"));

        // A choice made while devices are looked for stays, too: the system's default, then another one.
        sound->setCurrentIndex(0);
        dialog.showDevices({device("Headphones"), device("Loudspeakers")}, false);
        QCOMPARE(dialog.preferences().soundDevice, QString());
        sound->setCurrentIndex(2);
        dialog.showDevices({device("Television"), device("Headphones"), device("Loudspeakers")}, false);
        QCOMPARE(dialog.preferences().soundDevice, QString("Loudspeakers"));
    }

    void theEnvironmentsLibraryIsSaid() {
        const auto saysSo = [](const QDialog& dialog) {
            const auto labels = dialog.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel* label) { return label->text().contains("N2M_LIBRARY"); });
        };
        QVERIFY(saysSo(PreferencesDialog(Preferences(), "/the/open/library", true)));
        QVERIFY(!saysSo(PreferencesDialog(Preferences(), "/the/open/library", false)));
    }

    /// Each field has a name for screen readers: its own, or that of the label whose key leads to it.
    void everyFieldHasAName() {
        PreferencesDialog dialog(everythingElse(), "/the/open/library", false);
        QWidgetList named;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            if (label->buddy() && label->text().contains('&')) {
                named << label->buddy();
                if (label->buddy()->focusProxy()) named << label->buddy()->focusProxy();
            }
        QWidgetList fields;
        for (auto* field : dialog.findChildren<QComboBox*>())
            fields << field;
        for (auto* field : dialog.findChildren<QLineEdit*>())
            fields << field;
        QVERIFY(fields.size() >= 8);
        for (QWidget* field : fields) {
            QVERIFY2(named.contains(field) || !field->accessibleName().isEmpty(), qPrintable(field->objectName()));
            QVERIFY(field->focusPolicy() & Qt::TabFocus);
        }
        for (const auto* button : dialog.findChildren<QAbstractButton*>())
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty() ||
                    qobject_cast<QLineEdit*>(button->parent())); // the one that clears a line is Qt's
    }
};

QTEST_MAIN(PreferencesDialogTest)
#include "PreferencesDialogTest.moc"
