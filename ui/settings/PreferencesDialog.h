#pragma once

#include "engine/audio/SoundDevice.h"
#include "ui/settings/Preferences.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;

namespace n2m::ui {

/// Look, computing, library and sound. It changes nothing itself: preferences() is what the user chose.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    /// `library` is the folder that is open now.
    PreferencesDialog(const Preferences& preferences, const std::vector<audio::SoundDevice>& devices,
                      const QString& library, QWidget* parent = nullptr);

    Preferences preferences() const;

Q_SIGNALS:
    void shortcutsRequested();

private:
    QWidget* makeProgram(const QString& library);
    QWidget* makeSound(const std::vector<audio::SoundDevice>& devices);
    QWidget* folderField(QLineEdit* edit, const QString& title);

    Preferences m_preferences;
    QComboBox *m_theme, *m_language, *m_device, *m_sound, *m_rate, *m_buffer;
    QLineEdit *m_bundle, *m_library;
};

} // namespace n2m::ui
