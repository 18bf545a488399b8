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

/// Look, computing, library and sound. It changes nothing itself: preferences() is what the user chose.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    /// `library` is the folder that is open now; `libraryIsFixed`: the environment names it, and goes first.
    PreferencesDialog(const Preferences& preferences, const QString& library, bool libraryIsFixed,
                      QWidget* parent = nullptr);

    /// What there is to choose from; `looking`: as far as it is known yet. What is chosen stays chosen.
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
    QCheckBox* m_notify;
    QLabel* m_soundNote;
};

} // namespace n2m::ui
