#pragma once

#include "engine/Request.h"
#include "ui/ModelFacts.h"
#include "ui/prompt/StartingPoints.h"

#include <QScrollArea>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace n2m::storage {
class PromptStore;
}

namespace n2m::ui {

class Fold;
class OptionalSpin;
class SeedField;
class StageBox;

/// Everything that decides how a clip sounds but the prompts: length, seed, tempo, key, chords, and the stages'
/// settings in a fold. GUI thread.
class ParametersPanel : public QScrollArea {
    Q_OBJECT

public:
    /// `prompts` keeps the presets and must outlive it.
    explicit ParametersPanel(storage::PromptStore& prompts, QWidget* parent = nullptr);

    /// Which settings there are, and their defaults.
    void setModel(const ModelFacts& model);

    /// Takes over what stands in a field that has not been left yet.
    void takeTyped();
    /// Into a request, all but prompts and seed.
    void writeTo(Request& request) const;
    /// All but prompts and seed.
    void show(const Request& request);

    /// Tempo, key and chords, of a plan that the user changed over the clip, say; none and empty: from the prompt.
    void setMusic(std::optional<double> bpm, const QString& key, const QString& chords);
    /// A whole plan instead; what stands in the fields counts once the user drops it.
    void setGivenPlan(const plan::Plan& plan);

    /// None = random. Throws std::invalid_argument, one line, for a number that cannot be one.
    std::optional<std::uint64_t> seed() const;
    void setSeed(std::optional<std::uint64_t> seed);
    void setLastSeed(std::uint64_t seed);
    /// As it stands there.
    QString seedText() const;
    void setSeedText(const QString& text);
    int variations() const;
    void setVariations(int variations);

    /// Empty if key and chords can be read; else one line that says what is wrong.
    QString problem() const;

    bool advancedIsOpen() const;
    void openAdvanced(bool open);

Q_SIGNALS:
    /// The user takes the settings of a preset (JSON of engine/RequestJson.h) or wants them kept as one.
    void presetChosen(const QString& settings);
    void presetSaved(const QString& name);

private:
    QWidget* makePresets();
    QWidget* makeMusic();
    QWidget* makeStages();
    void fillPresets();
    void choosePreset(int index);
    void use(const BuiltInPreset& preset);
    void savePreset();
    void removePreset();
    void checkMusic();
    void showGivenPlan();

    storage::PromptStore& m_prompts;
    ModelFacts m_model;
    std::vector<BuiltInPreset> m_builtIn;
    QComboBox* m_presets;
    QToolButton* m_removePreset;
    QDoubleSpinBox* m_seconds;
    QSpinBox* m_variations;
    SeedField* m_seed;
    QWidget* m_music;
    QCheckBox* m_plan;
    OptionalSpin* m_bpm;
    QComboBox* m_key;
    QLineEdit* m_chords;
    QLabel* m_musicProblem;
    QWidget* m_given;
    QLabel* m_givenText;
    Fold* m_advanced;
    QWidget* m_stages;
    std::vector<StageBox*> m_stageBoxes;
    std::optional<plan::Plan> m_givenPlan;
    // Chosen by a clip whose settings are used again; there is no control for them.
    std::string m_route = "spectrogram";
    std::optional<std::string> m_vocoder, m_superResolution;
};

} // namespace n2m::ui
