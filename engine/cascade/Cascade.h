#pragma once

#include "engine/cascade/Planner.h"
#include "engine/cascade/Stage.h"
#include "engine/composer/Vocabulary.h"
#include "engine/model/Bundle.h"
#include "engine/prompt/Lexicon.h"
#include "engine/text/TextEncoder.h"

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m::cascade {

/// A bundle in memory: text encoder, planner and stages, ready to run. Owns them all. One thread.
class Cascade {
public:
    /// Called before each part is loaded, with the number of parts that are done.
    using LoadObserver = std::function<void(const std::string& part, int done, int count)>;

    /// Throws base::Failure, one line that names the file, for anything that is missing, damaged or does not fit
    /// together.
    Cascade(const std::filesystem::path& folder, torch::Device device, const LoadObserver& observer);

    const model::CascadeConfig& config() const { return m_bundle.config(); }
    torch::Device device() const { return m_device; }
    const std::string& hash(); ///< the bundle's; read from its files the first time
    torch::ScalarType computeType() const { return m_computeType; }

    const Stage* find(model::StageKind kind) const; ///< nullptr if there is none
    const text::TextEncoder& text() const { return m_text; }
    Planner* planner() const { return m_planner.get(); } ///< nullptr if there is none
    /// The composer's; nullptr where the generator takes no score.
    const composer::Vocabulary* vocabulary() const { return m_vocabulary ? &*m_vocabulary : nullptr; }
    /// The words of prompts; nullptr where there is no composer.
    const prompt::Lexicon* lexicon() const { return m_lexicon ? &*m_lexicon : nullptr; }

private:
    Stage loadStage(const model::StageConfig& config) const;

    model::Bundle m_bundle;
    std::string m_hash;
    torch::Device m_device;
    torch::ScalarType m_computeType;
    text::TextEncoder m_text;
    std::shared_ptr<Planner> m_planner;
    std::shared_ptr<const plan::NoteSpectra> m_noteSpectra; ///< null if the bundle has none
    std::vector<Stage> m_stages;
    std::optional<composer::Vocabulary> m_vocabulary;
    std::optional<prompt::Lexicon> m_lexicon;
};

} // namespace n2m::cascade
