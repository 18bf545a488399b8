#pragma once

#include "engine/request/Request.h"
#include "storage/PromptStore.h"
#include "ui/ModelFacts.h"
#include "ui/prompt/StartingPoints.h"

#include <QScrollArea>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace n2m::ui {

class Fold;
class MusicBox;
class RepaintBox;
class SeedField;
class StageBox;

/// The settings of the next clip: repainted range, length, seed, tempo, key, chords, and the stages' settings in a
/// fold. GUI thread.
class ParametersPanel : public QScrollArea {
    Q_OBJECT

public:
    explicit ParametersPanel(QWidget* parent = nullptr);

    /// Sets the model, which decides about fields, ranges and defaults.
    void setModel(const ModelFacts& model);
    /// Offers the kept presets: those of `saved` that have no prompt.
    void showPresets(const std::vector<storage::SavedPrompt>& saved);

    /// Takes over the text of a field that has not been left yet.
    void takeTyped();
    /// Writes everything but prompts and seed into a request.
    void writeTo(Request& request) const;
    /// Shows everything but prompts and seed; the request's prompt is that of its given plan.
    void show(const Request& request);
    /// The next clip is a whole one again, with a new plan.
    void endRepaint();
    /// Shows a preset's settings, and keeps a range that is to be repainted.
    void useSettings(Request settings);

    /// Sets tempo, key and chords; none and empty: from the prompt.
    void setMusic(std::optional<double> bpm, const QString& key, const QString& chords);
    /// Sets a whole plan instead; the fields count again once the user drops it.
    void setGivenPlan(const plan::Plan& plan);
    /// Sets a whole plan from a file of this name, to be adapted to the prompt, and its length.
    void setScore(const plan::Plan& plan, const QString& name);
    void dropGivenPlan();
    /// The prompt of another clip whose plan the next clip gets too, else empty. A repainted clip keeps its own plan.
    QString promptOfGivenPlan() const;

    /// None = random. Throws base::InvalidInput for a number that is not a seed.
    std::optional<std::uint64_t> seed() const;
    void setSeed(std::optional<std::uint64_t> seed);
    void setLastSeed(std::uint64_t seed);
    /// The text of the seed's field.
    QString seedText() const;
    void setSeedText(const QString& text);
    int variations() const;
    void setVariations(int variations);

    bool advancedIsOpen() const;
    void openAdvanced(bool open);

Q_SIGNALS:
    /// promptOfGivenPlan().
    void givenPlanChanged(const QString& prompt);
    /// Gives the name of the file whose score the next clip plays; empty: none. It follows givenPlanChanged().
    void scoreChanged(const QString& name);
    /// Gives the text of the Generate button ("Extend clip"); empty: it makes a whole clip.
    void purposeChanged(const QString& verb);
    /// Sent where the user or endRepaint() ends it; show() does not.
    void repaintEnded();
    /// The user takes a preset's settings (JSON of engine/request/RequestJson.h), keeps the present ones as a preset,
    /// or removes one. showPresets() is expected after the last two.
    void presetChosen(const QString& settings);
    void presetSaved(const QString& name);
    void presetRemoved(const QString& name);

private:
    void reportGivenPlan();
    QWidget* makePresets();
    QWidget* makeStages();
    void choosePreset(int index);
    void use(const BuiltInPreset& preset);
    void savePreset();
    void removePreset();

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
    // Set by a clip whose settings are used again; they have no control.
    std::string m_route = "spectrogram";
    std::optional<std::string> m_vocoder, m_superResolution;
};

} // namespace n2m::ui
