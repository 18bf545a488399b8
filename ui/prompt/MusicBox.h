#pragma once

#include "engine/request/Request.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace n2m::ui {

class OptionalSpin;

/// Tempo, key and chords, or the whole plan of a clip in their place; left empty, they come from the prompt. GUI
/// thread.
class MusicBox : public QWidget {
    Q_OBJECT

public:
    explicit MusicBox(QWidget* parent = nullptr);

    /// Its part of a request: plan, bpm, key, chords, givenPlan.
    void writeTo(Request& request) const;
    void show(const Request& request);
    /// The same part as it is where a model takes no plan.
    static void clear(Request& request);

    /// Tempo, key and chords; none and empty: from the prompt.
    void setMusic(std::optional<double> bpm, const QString& key, const QString& chords);
    /// A whole plan instead; what stands in the fields counts once the user drops it.
    void setGivenPlan(const plan::Plan& plan);
    void dropGivenPlan();
    /// The prompt that the plan was made for, as long as it is what is made; else empty.
    QString promptOfGivenPlan() const;

Q_SIGNALS:
    void givenPlanChanged();

private:
    QWidget* makeGiven();
    QString problem() const;
    void check();
    void showGivenPlan();

    QCheckBox* m_plan;
    OptionalSpin* m_bpm;
    QComboBox* m_key;
    QLineEdit* m_chords;
    QLabel *m_problem, *m_givenText;
    QWidget* m_given;
    std::optional<plan::Plan> m_givenPlan;
    QString m_planPrompt; ///< of the request that was shown last
};

} // namespace n2m::ui
