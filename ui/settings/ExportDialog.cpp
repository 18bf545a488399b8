#include "ui/settings/ExportDialog.h"

#include "ui/widgets/Label.h"

#include <QDialogButtonBox>
#include <QSettings>
#include <QStandardItemModel>

namespace n2m::ui {
namespace {

constexpr int extensionRole = Qt::UserRole, formatRole = Qt::UserRole + 1;

} // namespace

ExportDialog::ExportDialog(int clips, std::optional<audio::FrameRange> selection, QWidget* parent)
    : QDialog(parent)
    , m_selection(selection)
    , m_format(new QComboBox)
    , m_rate(new QComboBox)
    , m_normalise(new QComboBox)
    , m_part(new QComboBox) {
    setWindowTitle(clips == 1 ? tr("Export the clip") : tr("Export %1 clips").arg(clips));
    setMinimumWidth(420);
    using audio::SampleFormat;
    const auto addFormat = [this](const QString& text, const char* extension, SampleFormat format) {
        m_format->addItem(text);
        m_format->setItemData(m_format->count() - 1, QString::fromLatin1(extension), extensionRole);
        m_format->setItemData(m_format->count() - 1, static_cast<int>(format), formatRole);
    };
    m_format->setObjectName("exportFormat");
    addFormat(tr("WAV, 24 bit"), "wav", SampleFormat::Pcm24);
    addFormat(tr("WAV, 16 bit"), "wav", SampleFormat::Pcm16);
    addFormat(tr("WAV, 32 bit float"), "wav", SampleFormat::Float32);
    addFormat(tr("FLAC, 24 bit"), "flac", SampleFormat::Pcm24);
    addFormat(tr("FLAC, 16 bit"), "flac", SampleFormat::Pcm16);
    addFormat(tr("Ogg Vorbis"), "ogg", SampleFormat::Pcm16);
    addFormat(tr("Opus"), "opus", SampleFormat::Pcm16);
    addFormat(tr("MP3"), "mp3", SampleFormat::Pcm16);
    m_rate->setObjectName("exportRate");
    m_rate->addItem(tr("Same as the clip"), 0);
    for (const int rate : {24000, 44100, 48000})
        m_rate->addItem(tr("%1 Hz").arg(rate), rate);
    m_normalise->setObjectName("exportNormalise");
    m_normalise->addItem(tr("Unchanged"), static_cast<int>(audio::Normalise::No));
    m_normalise->addItem(tr("To −14 LUFS, as streaming services do"), static_cast<int>(audio::Normalise::Loudness));
    m_normalise->addItem(tr("Peaks to −1 dB"), static_cast<int>(audio::Normalise::Peak));
    m_part->setObjectName("exportPart");
    m_part->addItem(clips == 1 ? tr("The whole clip") : tr("Whole clips"));
    if (m_selection) m_part->addItem(tr("The selection"));
    m_part->setEnabled(m_part->count() > 1);

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(12);
    form->addRow(tr("&Format"), m_format);
    form->addRow(tr("&Rate"), m_rate);
    form->addRow(tr("&Loudness"), m_normalise);
    form->addRow(tr("&Part"), m_part);
    auto* note = dimmedLabel(tr("The file contains prompt, seed and all settings."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(clips == 1 ? tr("Export…") : tr("Choose a folder…"), QDialogButtonBox::AcceptRole)
        ->setProperty("primary", true);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(note);
    layout->addStretch();
    layout->addWidget(buttons);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::offerRates);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ExportDialog::offerRates() {
    const bool has = extension() != QLatin1String("opus"); // Opus does not have 44.1 kHz
    const int index = m_rate->findData(44100);
    if (auto* items = qobject_cast<QStandardItemModel*>(m_rate->model())) items->item(index)->setEnabled(has);
    if (!has && m_rate->currentIndex() == index) m_rate->setCurrentIndex(m_rate->findData(48000));
}

audio::ExportSettings ExportDialog::exportSettings() const {
    audio::ExportSettings settings;
    settings.format = static_cast<audio::SampleFormat>(m_format->currentData(formatRole).toInt());
    settings.sampleRate = m_rate->currentData().toInt();
    settings.normalise = static_cast<audio::Normalise>(m_normalise->currentData().toInt());
    if (m_part->currentIndex() == 1) settings.range = m_selection;
    return settings;
}

QString ExportDialog::extension() const {
    return m_format->currentData(extensionRole).toString();
}

void ExportDialog::load(const QSettings& settings) {
    const auto choose = [&](QComboBox* box, const char* name) {
        const int index = settings.value(name, 0).toInt();
        if (index >= 0 && index < box->count()) box->setCurrentIndex(index);
    };
    choose(m_format, "export/format");
    choose(m_rate, "export/rate");
    choose(m_normalise, "export/normalise");
    offerRates();
    m_part->setCurrentIndex(m_part->count() - 1); // a selection is meant to be exported
}

void ExportDialog::save(QSettings& settings) const {
    settings.setValue("export/format", m_format->currentIndex());
    settings.setValue("export/rate", m_rate->currentIndex());
    settings.setValue("export/normalise", m_normalise->currentIndex());
}

} // namespace n2m::ui
