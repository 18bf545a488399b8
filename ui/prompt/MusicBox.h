#pragma once

#include "engine/request/Request.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace n2m::ui {

class OptionalSpin;

/// Tempo, key and chords, or a clip's whole plan instead. Fields that are empty are chosen from the prompt. GUI thread.
class MusicBox : public QWidget {
    Q_OBJECT

public:
    explicit MusicBox(QWidget* parent = nullptr);

    /// Writes its part of a request: plan, bpm, key, chords, givenPlan.
    void writeTo(Request& request) const;
    void show(const Request& request);
    /// Sets that part for a model that takes no plan.
    static void clear(Request& request);

    /// Sets tempo, key and chords; none and empty: from the prompt.
    void setMusic(std::optional<double> bpm, const QString& key, const QString& chords);
    /// Sets a whole plan instead; the fields count again once the user drops it.
    void setGivenPlan(const plan::Plan& plan);
    /// Sets a plan from a file of this name, to be adapted to the prompt.
    void setScore(const plan::Plan& plan, const QString& name);
    void dropGivenPlan();
    /// The prompt of the given plan; empty without one or while no plan is used.
    QString promptOfGivenPlan() const;
    /// The file of the given plan, or words for an unknown one; empty if the plan is none of a file or is not used.
    QString scoreName() const;

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
    bool m_adapt = false; ///< the given plan is a file's
    QString m_scoreName;  ///< that file; empty where it is not known any more
    QString m_planPrompt; ///< of the last request shown
};

} // namespace n2m::ui
