#pragma once

#include "engine/audio/SoundDevice.h"
#include "ui/settings/Preferences.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace n2m::ui {

/// Edits look, device, library and sound. It changes nothing itself: preferences() gives the user's choice. GUI thread.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    /// `library` is the folder that is open now; `libraryIsFixed`: the environment variable names it.
    PreferencesDialog(const Preferences& preferences, const QString& library, bool libraryIsFixed,
                      QWidget* parent = nullptr);

    /// Offers sound devices; `looking`: more may follow. The choice stays.
    void showDevices(const std::vector<audio::SoundDevice>& devices, bool looking);

    Preferences preferences() const;

Q_SIGNALS:
    void shortcutsRequested();

private:
    QWidget* makeProgram(const QString& library, bool libraryIsFixed);
    QWidget* makeSound();
    void addDevice(const QString& text, const QString& host, const QString& name);
    QWidget* folderField(QLineEdit* edit, const QString& title);

    Preferences m_preferences;
    QComboBox *m_theme, *m_language, *m_device, *m_sound, *m_rate, *m_buffer;
    QLineEdit *m_bundle, *m_library;
    QCheckBox *m_notify, *m_complete;
    QLabel* m_soundNote;
};

} // namespace n2m::ui
