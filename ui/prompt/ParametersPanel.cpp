#include "ui/prompt/ParametersPanel.h"

#include "engine/base/Error.h"
#include "ui/prompt/MusicBox.h"
#include "ui/prompt/RepaintBox.h"
#include "ui/prompt/SeedField.h"
#include "ui/prompt/StageBox.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Fold.h"
#include "ui/widgets/Form.h"

#include <QCheckBox>
#include <QInputDialog>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>
#include <limits>

namespace n2m::ui {
ParametersPanel::ParametersPanel(QWidget* parent)
    : QScrollArea(parent)
    , m_builtIn(builtInPresets())
    , m_presets(new QComboBox)
    , m_removePreset(new QToolButton)
    , m_seconds(new QDoubleSpinBox)
    , m_variations(new QSpinBox)
    , m_seed(new SeedField)
    , m_music(new MusicBox)
    , m_repaint(new RepaintBox)
    , m_advanced(nullptr)
    , m_stages(nullptr) {
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setMinimumWidth(230);

    m_seconds->setObjectName("seconds");
    m_seconds->setSuffix(tr(" s", "seconds"));
    m_seconds->setDecimals(1);
    m_seconds->setSingleStep(5.0);
    m_seconds->setRange(1.0, 120.0);
    m_seconds->setValue(30.0);
    m_seconds->setAccessibleName(tr("Length"));
    m_variations->setObjectName("variations");
    m_variations->setRange(1, 100);
    m_variations->setAccessibleName(tr("Variations"));
    m_variations->setToolTip(tr("How many clips to make; each one's seed is the last one's plus 1."));

    auto* content = new QFrame;
    content->setProperty("panel", true);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(makePresets());
    layout->addWidget(m_repaint);
    auto* form = makeForm();
    form->setRowWrapPolicy(QFormLayout::WrapLongRows); // in a narrow panel a seed does not fit next to its label
    form->addRow(fieldLabel(tr("&Length"), m_seconds), m_seconds);
    form->addRow(fieldLabel(tr("V&ariations"), m_variations), m_variations);
    form->addRow(fieldLabel(tr("See&d"), m_seed), m_seed);
    layout->addLayout(form);
    layout->addWidget(m_music);
    connect(m_repaint, &RepaintBox::changed, this, [this] {
        m_seconds->setEnabled(!m_repaint->fixesLength());
        if (m_repaint->isActive()) verticalScrollBar()->setValue(0); // where it is
        reportGivenPlan();
        Q_EMIT purposeChanged(m_repaint->verb());
    });
    connect(m_repaint, &RepaintBox::dropped, this, &ParametersPanel::dropGivenPlan); // it belongs to the repainted clip
    connect(m_repaint, &RepaintBox::dropped, this, &ParametersPanel::repaintEnded);
    connect(m_music, &MusicBox::givenPlanChanged, this, &ParametersPanel::reportGivenPlan);
    m_stages = new QWidget;
    new QVBoxLayout(m_stages);
    m_stages->layout()->setContentsMargins(0, 0, 0, 0);
    m_advanced = new Fold(tr("Advanced"), m_stages);
    layout->addWidget(m_advanced);
    layout->addStretch();
    setWidget(content);
    showPresets({});
}

QWidget* ParametersPanel::makePresets() {
    m_presets->setObjectName("presets");
    m_presets->setAccessibleName(tr("Presets"));
    m_presets->setPlaceholderText(tr("Presets"));
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* save = new QToolButton;
    save->setIcon(icon("add"));
    save->setObjectName("savePreset");
    save->setAccessibleName(tr("Save these settings as a preset"));
    save->setToolTip(save->accessibleName());
    m_removePreset->setObjectName("removePreset");
    m_removePreset->setIcon(icon("trash"));
    m_removePreset->setAccessibleName(tr("Remove the selected preset"));
    m_removePreset->setToolTip(m_removePreset->accessibleName());

    auto* presets = new QWidget;
    auto* layout = new QHBoxLayout(presets);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_presets, 1);
    layout->addWidget(save);
    layout->addWidget(m_removePreset);
    connect(m_presets, &QComboBox::activated, this, &ParametersPanel::choosePreset);
    connect(save, &QToolButton::clicked, this, &ParametersPanel::savePreset);
    connect(m_removePreset, &QToolButton::clicked, this, &ParametersPanel::removePreset);
    return presets;
}

void ParametersPanel::setModel(const ModelFacts& model) {
    const auto chosen = [this] {
        std::vector<StageSettings> settings;
        for (const StageBox* box : m_stageBoxes)
            settings.push_back(box->settings());
        return settings;
    }();
    m_model = model;
    m_seconds->setRange(model.minimumSeconds, model.maximumSeconds);
    if (m_stageBoxes.empty()) m_seconds->setValue(model.seconds);
    m_music->setVisible(model.takesPlan);
    qDeleteAll(m_stageBoxes);
    m_stageBoxes.clear();
    for (const StageFacts& stage : model.stages) {
        auto* box = new StageBox(stage, model);
        m_stages->layout()->addWidget(box);
        box->setVisible(stage.steps > 0);
        if (m_stageBoxes.size() < chosen.size()) box->setSettings(chosen[m_stageBoxes.size()]);
        m_stageBoxes.push_back(box);
    }
}

void ParametersPanel::takeTyped() {
    // A number counts once Enter is pressed or the field loses the focus. A shortcut does neither, nor does a click on
    // a button that takes no focus.
    for (auto* number : findChildren<QAbstractSpinBox*>())
        number->interpretText();
}

void ParametersPanel::writeTo(Request& request) const {
    request.seconds = m_seconds->value();
    request.route = m_route;
    request.vocoder = m_vocoder;
    request.superResolution = m_superResolution;
    request.stages.clear();
    for (const StageBox* box : m_stageBoxes)
        request.stages.push_back(box->settings());
    m_music->writeTo(request);
    if (!m_model.takesPlan) MusicBox::clear(request);
    m_repaint->writeTo(request);
}

void ParametersPanel::show(const Request& request) {
    m_seconds->setValue(request.seconds);
    m_route = request.route;
    m_vocoder = request.vocoder;
    m_superResolution = request.superResolution;
    for (std::size_t i = 0; i < m_stageBoxes.size(); ++i)
        m_stageBoxes[i]->setSettings(i < request.stages.size() ? request.stages[i] : StageSettings());
    m_music->show(request);
    m_repaint->show(request);
}

void ParametersPanel::endRepaint() {
    m_repaint->drop();
}

void ParametersPanel::useSettings(Request settings) {
    if (m_repaint->isActive()) {
        if (m_repaint->fixesLength()) settings.seconds = m_seconds->value();
        m_repaint->writeTo(settings);
    }
    show(settings);
}

void ParametersPanel::setMusic(std::optional<double> bpm, const QString& key, const QString& chords) {
    m_music->setMusic(bpm, key, chords);
}

void ParametersPanel::setGivenPlan(const plan::Plan& plan) {
    m_music->setGivenPlan(plan);
}

void ParametersPanel::setScore(const plan::Plan& plan, const QString& name) {
    // Not rounded up: beyond its end a score begins again.
    m_seconds->setValue(std::floor(std::min(plan.seconds, m_seconds->maximum()) * 10.0) / 10.0);
    m_music->setScore(plan, name);
}

void ParametersPanel::reportGivenPlan() {
    Q_EMIT givenPlanChanged(promptOfGivenPlan());
    Q_EMIT scoreChanged(m_model.takesPlan && !m_repaint->isActive() ? m_music->scoreName() : QString());
}

void ParametersPanel::dropGivenPlan() {
    m_music->dropGivenPlan();
}

QString ParametersPanel::promptOfGivenPlan() const {
    return m_model.takesPlan && !m_repaint->isActive() ? m_music->promptOfGivenPlan() : QString();
}

std::optional<std::uint64_t> ParametersPanel::seed() const {
    if (m_seed->isWrong())
        throw base::InvalidInput("The seed is too large: {} is the largest.",
                                 std::numeric_limits<std::uint64_t>::max());
    return m_seed->seed();
}

void ParametersPanel::setSeed(std::optional<std::uint64_t> seed) {
    m_seed->setSeed(seed);
}

void ParametersPanel::setLastSeed(std::uint64_t seed) {
    m_seed->setLastSeed(seed);
}

QString ParametersPanel::seedText() const {
    return m_seed->text();
}

void ParametersPanel::setSeedText(const QString& text) {
    m_seed->setText(text);
}

int ParametersPanel::variations() const {
    return m_variations->value();
}

void ParametersPanel::setVariations(int variations) {
    m_variations->setValue(variations);
}

bool ParametersPanel::advancedIsOpen() const {
    return m_advanced->isOpen();
}

void ParametersPanel::openAdvanced(bool open) {
    m_advanced->setOpen(open);
}

void ParametersPanel::showPresets(const std::vector<storage::SavedPrompt>& saved) {
    const QSignalBlocker quiet(m_presets);
    m_presets->clear();
    m_presets->addItem(tr("The model's defaults"), QString());
    for (const BuiltInPreset& preset : m_builtIn) {
        m_presets->addItem(preset.name, QString());
        m_presets->setItemData(m_presets->count() - 1, tr("%1 Built in.").arg(preset.explanation), Qt::ToolTipRole);
    }
    m_presets->insertSeparator(m_presets->count());
    for (const storage::SavedPrompt& entry : saved)
        if (entry.prompt.empty() && !entry.settings.empty())
            m_presets->addItem(QString::fromStdString(entry.name), QString::fromStdString(entry.settings));
    m_presets->setCurrentIndex(-1);
    m_removePreset->setEnabled(false);
}

void ParametersPanel::choosePreset(int index) {
    const QString settings = m_presets->itemData(index).toString();
    m_removePreset->setEnabled(!settings.isEmpty());
    if (index > 0 && settings.isEmpty()) {
        use(m_builtIn.at(static_cast<std::size_t>(index - 1)));
    } else if (settings.isEmpty()) {
        Request request;
        request.seconds = m_model.seconds;
        useSettings(request);
    } else {
        Q_EMIT presetChosen(settings);
    }
}

void ParametersPanel::use(const BuiltInPreset& preset) {
    if (preset.seconds && !m_repaint->fixesLength()) m_seconds->setValue(*preset.seconds);
    for (std::size_t i = 0; i < m_stageBoxes.size(); ++i)
        m_stageBoxes[i]->setSettings(i < preset.stages.size() ? preset.stages[i] : StageSettings());
}

void ParametersPanel::savePreset() {
    const bool own = !m_presets->currentData().toString().isEmpty();
    bool accepted = false;
    const QString name = QInputDialog::getText(this, tr("Save these settings as a preset"),
                                               tr("Name (an existing preset of that name is replaced):"),
                                               QLineEdit::Normal, own ? m_presets->currentText() : QString(), &accepted)
                             .trimmed();
    if (!accepted || name.isEmpty()) return;
    Q_EMIT presetSaved(name);
    for (int index = m_presets->count() - 1; index > 0; --index) { // own ones are the last
        if (m_presets->itemText(index).compare(name, Qt::CaseInsensitive) != 0) continue;
        m_presets->setCurrentIndex(index);
        break;
    }
    m_removePreset->setEnabled(true);
}

void ParametersPanel::removePreset() {
    if (m_presets->currentData().toString().isEmpty()) return; // none, or one that comes with the program
    Q_EMIT presetRemoved(m_presets->currentText());
}

} // namespace n2m::ui
