#include "ui/prompt/StageBox.h"

#include "ui/widgets/Label.h"
#include "ui/widgets/OptionalSpin.h"

namespace n2m::ui {
namespace {

std::optional<std::string> chosenText(const QComboBox* box) {
    if (!box || box->currentIndex() <= 0) return std::nullopt;
    return box->currentData().toString().toStdString();
}

void choose(QComboBox* box, const std::optional<std::string>& value) {
    if (!box) return;
    const int index = value ? box->findData(QString::fromStdString(*value)) : 0;
    box->setCurrentIndex(std::max(index, 0));
}

std::optional<double> chosenNumber(const OptionalSpin* spin) {
    return spin ? spin->chosen() : std::nullopt;
}

} // namespace

StageBox::StageBox(const StageFacts& stage, const ModelFacts& model, QWidget* parent)
    : QWidget(parent)
    , m_name(stageTitle(stage.name)) {
    setAccessibleName(m_name);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 6);
    layout->setSpacing(4);
    layout->addWidget(headingLabel(m_name));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(5);
    layout->addLayout(form);

    m_steps =
        addNumber(form, tr("Steps"), tr("More steps take longer and may sound cleaner."), 1, 10000, 1, 0, stage.steps);
    if (!stage.denoises) return;
    m_sampler = addChoice(form, tr("Sampler"), tr("The method that removes the noise."), model.samplers, stage.sampler);
    m_schedule = addChoice(form, tr("Schedule"), tr("How the steps are spread between noise and music."),
                           model.schedules, stage.schedule);
    if (stage.takesText)
        m_guidance =
            addNumber(form, tr("Guidance scale"), tr("How strongly the prompt guides the music; 1 = no guidance."), 0,
                      50, 0.5, 2, stage.guidance);
    if (stage.takesPlan)
        m_planGuidance = addNumber(form, tr("Plan guidance"),
                                   tr("How strongly tempo, key and chords guide the music; 1 = no guidance."), 0, 50,
                                   0.5, 2, stage.planGuidance);
    m_temperature = addNumber(form, tr("Temperature"),
                              tr("How much noise is turned into music: less is smoother, more is livelier."), 0, 2,
                              0.05, 2, stage.temperature);
    m_gamma = addNumber(form, tr("Gamma"), tr("How much new noise the ancestral sampler adds, 0 to 1."), 0, 1, 0.05, 2,
                        stage.gamma);
    connect(m_sampler, &QComboBox::currentIndexChanged, this, &StageBox::showGamma);
    m_sampler->setProperty("fallback", stage.sampler);
    showGamma();
}

OptionalSpin* StageBox::addNumber(QFormLayout* form, const QString& name, const QString& help, double least,
                                  double most, double step, int decimals, double fallback) {
    auto* spin = new OptionalSpin(least, most, step, decimals);
    spin->setFallback(tr("%1 (default)").arg(QLocale().toString(fallback, 'g', 6)), fallback);
    spin->setToolTip(help);
    spin->setAccessibleName(tr("%1, %2", "a setting and its stage").arg(name, m_name));
    spin->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // takes the width that the panel has left
    form->addRow(name, spin);
    return spin;
}

QComboBox* StageBox::addChoice(QFormLayout* form, const QString& name, const QString& help, const QStringList& choices,
                               const QString& fallback) {
    const auto title = [&](const QString& choice) { return choices.contains("ddim") ? samplerTitle(choice) : choice; };
    auto* box = new QComboBox;
    box->addItem(tr("%1 (default)").arg(title(fallback)));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const QString& choice : choices)
        box->addItem(title(choice), choice);
    box->setToolTip(help);
    box->setAccessibleName(tr("%1, %2", "a setting and its stage").arg(name, m_name));
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    // Below its label: the panel is too narrow for both in one line.
    auto* label = new QLabel(name);
    label->setBuddy(box);
    form->addRow(label);
    form->addRow(box);
    return box;
}

void StageBox::showGamma() {
    const QString sampler = m_sampler->currentIndex() > 0 ? m_sampler->currentData().toString()
                                                          : m_sampler->property("fallback").toString();
    m_gamma->setEnabled(sampler == QLatin1String("ancestral"));
}

StageSettings StageBox::settings() const {
    StageSettings settings;
    if (const auto steps = chosenNumber(m_steps)) settings.steps = static_cast<int>(*steps);
    settings.sampler = chosenText(m_sampler);
    settings.schedule = chosenText(m_schedule);
    settings.guidance = chosenNumber(m_guidance);
    settings.planGuidance = chosenNumber(m_planGuidance);
    settings.temperature = chosenNumber(m_temperature);
    settings.gamma = chosenNumber(m_gamma);
    return settings;
}

void StageBox::setSettings(const StageSettings& settings) {
    const auto show = [](OptionalSpin* spin, std::optional<double> value) {
        if (spin) spin->choose(value);
    };
    show(m_steps, settings.steps ? std::optional<double>(*settings.steps) : std::nullopt);
    choose(m_sampler, settings.sampler);
    choose(m_schedule, settings.schedule);
    show(m_guidance, settings.guidance);
    show(m_planGuidance, settings.planGuidance);
    show(m_temperature, settings.temperature);
    show(m_gamma, settings.gamma);
}

} // namespace n2m::ui
