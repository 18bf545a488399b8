#pragma once

#include "engine/request/Request.h"
#include "ui/ModelFacts.h"

#include <QWidget>

class QComboBox;
class QFormLayout;

namespace n2m::ui {

class OptionalSpin;

/// The settings of one stage of the cascade; those that are not chosen are the bundle's. GUI thread.
class StageBox : public QWidget {
    Q_OBJECT

public:
    StageBox(const StageFacts& stage, const ModelFacts& model, QWidget* parent = nullptr);

    StageSettings settings() const;
    void setSettings(const StageSettings& settings);

private:
    OptionalSpin* addNumber(QFormLayout* form, const QString& name, const QString& help, double least, double most,
                            double step, int decimals, double fallback);
    QComboBox* addChoice(QFormLayout* form, const QString& name, const QString& help, const QStringList& choices,
                         const QString& fallback);
    void showGamma();

    QString m_name;
    // nullptr: the stage does not have it.
    OptionalSpin *m_steps = nullptr, *m_gamma = nullptr, *m_guidance = nullptr, *m_planGuidance = nullptr,
                 *m_temperature = nullptr;
    QComboBox *m_sampler = nullptr, *m_schedule = nullptr;
};

} // namespace n2m::ui
