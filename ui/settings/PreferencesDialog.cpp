#include "ui/settings/PreferencesDialog.h"

#include "ui/style/Icons.h"
#include "ui/widgets/Label.h"
#include "ui/widgets/ScrolledPage.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>

namespace n2m::ui {
namespace {

constexpr int hostRole = Qt::UserRole, nameRole = Qt::UserRole + 1;

/// Labels have one width, so that the fields of both groups form one column.
QLabel* fieldLabel(const QString& text, QWidget* field) {
    auto* label = new QLabel(text);
    label->setBuddy(field);
    label->setMinimumWidth(90);
    return label;
}

/// Sets a height: a label with word wrap has none before it has a width, and the dialog would open too small.
QLabel* noteLabel(const QString& text) {
    constexpr int usualWidth = 420;
    QLabel* note = dimmedLabel(text);
    note->setWordWrap(true);
    note->ensurePolished();
    note->setMinimumHeight(note->heightForWidth(usualWidth));
    return note;
}

QString noDevice() {
    return PreferencesDialog::tr("No playback device was found. Everything but playback works without one.");
}

QFormLayout* makeForm(QWidget* widget) {
    auto* form = new QFormLayout(widget);
    form->setContentsMargins(0, 4, 0, 14);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    return form;
}

} // namespace

PreferencesDialog::PreferencesDialog(const Preferences& preferences, const QString& library, bool libraryIsFixed,
                                     QWidget* parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_theme(new QComboBox)
    , m_language(new QComboBox)
    , m_device(new QComboBox)
    , m_sound(new QComboBox)
    , m_rate(new QComboBox)
    , m_buffer(new QComboBox)
    , m_bundle(new QLineEdit)
    , m_library(new QLineEdit)
    , m_notify(new QCheckBox(tr("&Notify me when clips are done while another program is active")))
    , m_complete(new QCheckBox(tr("Complete the &words of a prompt while I type")))
    , m_soundNote(noteLabel(noDevice())) {
    setWindowTitle(tr("Preferences"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto* shortcuts = buttons->addButton(tr("&Keyboard shortcuts…"), QDialogButtonBox::ActionRole);
    auto* content = new QWidget;
    auto* groups = new QVBoxLayout(content);
    groups->setContentsMargins(0, 0, 0, 0);
    groups->addWidget(headingLabel(tr("Program")));
    groups->addWidget(makeProgram(library, libraryIsFixed));
    groups->addWidget(headingLabel(tr("Sound device")));
    groups->addWidget(makeSound());
    groups->addStretch();
    auto* page = new ScrolledPage(content);
    page->setMinimumWidth(540);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(page, 1);
    layout->addWidget(buttons);
    fitIntoScreen(*this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(shortcuts, &QPushButton::clicked, this, &PreferencesDialog::shortcutsRequested);
}

QWidget* PreferencesDialog::makeProgram(const QString& library, bool libraryIsFixed) {
    m_theme->setObjectName("theme");
    m_theme->addItem(tr("Same as the desktop"), static_cast<int>(Theme::System));
    m_theme->addItem(tr("Dark"), static_cast<int>(Theme::Dark));
    m_theme->addItem(tr("Light"), static_cast<int>(Theme::Light));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(m_preferences.theme)));
    m_language->setObjectName("language");
    m_language->addItem(tr("Same as the desktop"), QString());
    // Each language in its own words, so that its speakers find it.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_preferences.language)));
    m_device->setObjectName("device");
    m_device->addItem(tr("Processor (CPU)"), "cpu");
    m_device->addItem(tr("NVIDIA graphics card (CUDA)"), "cuda");
    m_device->setCurrentIndex(std::max(0, m_device->findData(m_preferences.device)));
    m_bundle->setObjectName("bundle");
    m_bundle->setText(m_preferences.bundle);
    m_bundle->setPlaceholderText(tr("the bundled model"));
    m_library->setObjectName("library");
    m_library->setText(m_preferences.library);
    m_library->setPlaceholderText(library);

    auto* widget = new QWidget;
    auto* form = makeForm(widget);
    form->addRow(fieldLabel(tr("&Theme"), m_theme), m_theme);
    form->addRow(fieldLabel(tr("L&anguage"), m_language), m_language);
    form->addRow(fieldLabel(tr("&Compute on"), m_device), m_device);
    form->addRow(fieldLabel(tr("&Model"), m_bundle), folderField(m_bundle, tr("Folder of a model")));
    form->addRow(fieldLabel(tr("&Library"), m_library), folderField(m_library, tr("Folder of the library")));
    if (libraryIsFixed)
        form->addRow(fieldLabel({}, nullptr),
                     noteLabel(tr("While the environment variable N2M_LIBRARY is set, its library is opened.")));
    form->addRow(fieldLabel({}, nullptr),
                 noteLabel(tr("Another language or library takes effect at the next start of the program. The clips of "
                              "this library stay where they are.")));
    m_notify->setObjectName("notify");
    m_notify->setChecked(m_preferences.notify);
    form->addRow(fieldLabel({}, nullptr), m_notify);
    m_complete->setObjectName("complete");
    m_complete->setChecked(m_preferences.complete);
    form->addRow(fieldLabel({}, nullptr), m_complete);
    return widget;
}

QWidget* PreferencesDialog::makeSound() {
    m_sound->setObjectName("soundDevice");
    m_sound->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_sound->addItem(tr("The system's default"));
    if (!m_preferences.soundDevice.isEmpty()) {
        addDevice(m_preferences.soundDevice, m_preferences.soundHost, m_preferences.soundDevice);
        m_sound->setCurrentIndex(1);
    }
    m_rate->addItem(tr("The clip's rate, if the device supports it"), 0);
    for (const int rate : {44100, 48000, 88200, 96000})
        m_rate->addItem(tr("%1 Hz").arg(rate), rate);
    m_rate->setCurrentIndex(std::max(0, m_rate->findData(m_preferences.soundRate)));
    m_buffer->addItem(tr("The device's default"), 0);
    for (const int frames : {64, 128, 256, 512, 1024, 2048, 4096})
        m_buffer->addItem(tr("%1 frames").arg(frames), frames);
    m_buffer->setCurrentIndex(std::max(0, m_buffer->findData(m_preferences.soundBuffer)));

    auto* widget = new QWidget;
    auto* form = makeForm(widget);
    form->addRow(fieldLabel(tr("&Device"), m_sound), m_sound);
    form->addRow(fieldLabel(tr("&Rate"), m_rate), m_rate);
    form->addRow(fieldLabel(tr("&Buffer"), m_buffer), m_buffer);
    form->addRow(fieldLabel({}, nullptr), m_soundNote);
    m_soundNote->setObjectName("soundNote");
    return widget;
}

void PreferencesDialog::addDevice(const QString& text, const QString& host, const QString& name) {
    m_sound->addItem(text);
    m_sound->setItemData(m_sound->count() - 1, host, hostRole);
    m_sound->setItemData(m_sound->count() - 1, name, nameRole);
}

void PreferencesDialog::showDevices(const std::vector<audio::SoundDevice>& devices, bool looking) {
    const QString chosenHost = m_sound->currentData(hostRole).toString();
    const QString chosenName = m_sound->currentData(nameRole).toString();
    while (m_sound->count() > 1)
        m_sound->removeItem(m_sound->count() - 1);
    int chosen = 0;
    for (const audio::SoundDevice& device : devices) {
        const QString host = QString::fromStdString(device.hostApi), name = QString::fromStdString(device.name);
        addDevice(tr("%1: %2", "a kind of sound system and its device").arg(host, name), host, name);
        if (host == chosenHost && name == chosenName) chosen = m_sound->count() - 1;
    }
    if (!chosenName.isEmpty() && chosen == 0) { // not connected at the moment: it stays chosen
        addDevice(looking ? chosenName : tr("%1 (not connected)").arg(chosenName), chosenHost, chosenName);
        chosen = m_sound->count() - 1;
    }
    m_sound->setCurrentIndex(chosen);
    m_soundNote->setText(looking ? tr("Looking for sound devices …") : devices.empty() ? noDevice() : QString());
}

QWidget* PreferencesDialog::folderField(QLineEdit* edit, const QString& title) {
    edit->setAccessibleName(title);
    edit->setClearButtonEnabled(true);
    auto* choose = new QToolButton;
    choose->setIcon(icon("folder"));
    choose->setAccessibleName(tr("Choose: %1").arg(title));
    choose->setToolTip(title);
    auto* field = new QWidget;
    auto* layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(edit, 1);
    layout->addWidget(choose);
    field->setFocusProxy(edit);
    connect(choose, &QToolButton::clicked, this, [this, edit, title] {
        const QString folder = QFileDialog::getExistingDirectory(
            this, title, edit->text().isEmpty() ? edit->placeholderText() : edit->text());
        if (!folder.isEmpty()) edit->setText(folder);
    });
    return field;
}

Preferences PreferencesDialog::preferences() const {
    Preferences preferences = m_preferences;
    preferences.theme = static_cast<Theme>(m_theme->currentData().toInt());
    preferences.language = m_language->currentData().toString();
    preferences.device = m_device->currentData().toString();
    preferences.bundle = m_bundle->text().trimmed();
    preferences.library = m_library->text().trimmed();
    preferences.notify = m_notify->isChecked();
    preferences.complete = m_complete->isChecked();
    preferences.soundHost = m_sound->currentData(hostRole).toString();
    preferences.soundDevice = m_sound->currentData(nameRole).toString();
    preferences.soundRate = m_rate->currentData().toInt();
    preferences.soundBuffer = m_buffer->currentData().toInt();
    return preferences;
}

} // namespace n2m::ui
