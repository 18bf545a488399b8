#pragma once

#include "engine/request/Request.h"
#include "ui/ModelFacts.h"
#include "ui/prompt/StartingPoints.h"

#include <QScrollArea>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace n2m::storage {
class PromptStore;
}

namespace n2m::ui {

class Fold;
class MusicBox;
class RepaintBox;
class SeedField;
class StageBox;

/// Everything that decides how a clip sounds but the prompts: what is kept of another clip, length, seed, tempo, key,
/// chords, and the stages' settings in a fold. GUI thread.
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
    /// All but prompts and seed; its prompt is that of the plan that it gives.
    void show(const Request& request);
    /// The next clip is a whole one again, and planned anew.
    void endRepaint();
    /// The same of a preset, which is for whatever is being made: a clip that is being repainted stays.
    void useSettings(Request settings);

    /// Tempo, key and chords, of a plan that the user changed over the clip, say; none and empty: from the prompt.
    void setMusic(std::optional<double> bpm, const QString& key, const QString& chords);
    /// A whole plan instead; what stands in the fields counts once the user drops it.
    void setGivenPlan(const plan::Plan& plan);
    void planAnew();
    /// The prompt of another clip whose plan is to be the next one's, too; else empty. A clip that is repainted keeps
    /// its own.
    QString promptOfGivenPlan() const;

    /// None = random. Throws std::invalid_argument, one line, for a number that cannot be one.
    std::optional<std::uint64_t> seed() const;
    void setSeed(std::optional<std::uint64_t> seed);
    void setLastSeed(std::uint64_t seed);
    /// As it stands there.
    QString seedText() const;
    void setSeedText(const QString& text);
    int variations() const;
    void setVariations(int variations);

    bool advancedIsOpen() const;
    void openAdvanced(bool open);

Q_SIGNALS:
    /// promptOfGivenPlan().
    void givenPlanChanged(const QString& prompt);
    /// What Generate does now, for its button ("Let it go on"); empty: a whole clip.
    void purposeChanged(const QString& verb);
    /// By the user or by endRepaint(); show() says nothing.
    void repaintEnded();
    /// The user takes the settings of a preset (JSON of engine/RequestJson.h) or wants them kept as one.
    void presetChosen(const QString& settings);
    void presetSaved(const QString& name);

private:
    QWidget* makePresets();
    QWidget* makeStages();
    void fillPresets();
    void choosePreset(int index);
    void use(const BuiltInPreset& preset);
    void savePreset();
    void removePreset();

    storage::PromptStore& m_prompts;
    ModelFacts m_model;
    std::vector<BuiltInPreset> m_builtIn;
    QComboBox* m_presets;
    QToolButton* m_removePreset;
    QDoubleSpinBox* m_seconds;
    QSpinBox* m_variations;
    SeedField* m_seed;
    MusicBox* m_music;
    RepaintBox* m_repaint;
    Fold* m_advanced;
    QWidget* m_stages;
    std::vector<StageBox*> m_stageBoxes;
    // Chosen by a clip whose settings are used again; there is no control for them.
    std::string m_route = "spectrogram";
    std::optional<std::string> m_vocoder, m_superResolution;
};

} // namespace n2m::ui
