#include "engine/cascade/Cascade.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/device/Device.h"
#include "engine/model/NoteSpectraFile.h"
#include "engine/model/Safetensors.h"
#include "engine/network/CostModel.h"

namespace n2m::cascade {

namespace {

// Beyond this many parameters the weights are kept in the type of the computation, at half the memory; smaller networks
// keep theirs in fp32, which costs little and leaves norms and time embeddings as they were trained.
constexpr std::int64_t manyParameters = 200'000'000;

} // namespace

Cascade::Cascade(const std::filesystem::path& folder, torch::Device device, const LoadObserver& observer)
    : m_bundle(folder)
    , m_device(device)
    , m_computeType(device::fastestComputeType(device))
    , m_text(text::TextEncoder::load(m_bundle.textFolder())) {
    const auto& configs = m_bundle.config().stages;
    const int count = static_cast<int>(configs.size()) + 1;
    int done = 0;
    const auto next = [&](const std::string& part) {
        if (observer) observer(part, done++, count);
    };
    next("planner");
    if (!m_bundle.config().planner.empty()) {
        m_planner = Planner::load(m_bundle.plannerFile());
        m_planner->eval();
        if (m_planner->textWidth() != m_text.width()) {
            throw base::Failure("{}: takes embeddings of width {}, but those of the text encoder have {}",
                                base::printable(m_bundle.plannerFile().string()), m_planner->textWidth(),
                                m_text.width());
        }
    }
    if (const auto file = m_bundle.noteSpectraFile(); !file.empty())
        m_noteSpectra = std::make_shared<plan::NoteSpectra>(model::readNoteSpectra(file));
    for (const model::StageConfig& config : configs) {
        next(config.name);
        m_stages.push_back(loadStage(config));
        if (!m_stages.back().takesScore()) continue;
        m_vocabulary.emplace();
        m_lexicon.emplace();
    }
}

const std::string& Cascade::hash() {
    if (m_hash.empty()) m_hash = m_bundle.hash();
    return m_hash;
}

const Stage* Cascade::find(model::StageKind kind) const {
    for (const Stage& stage : m_stages) {
        if (stage.config().kind == kind) return &stage;
    }
    return nullptr;
}

Stage Cascade::loadStage(const model::StageConfig& config) const {
    if (config.textTokens > 0 && config.network.textWidth != m_text.width()) {
        throw base::Failure("stage {}: takes embeddings of width {}, but those of the text encoder have {}",
                            config.name, config.network.textWidth, m_text.width());
    }
    const model::SafetensorsFile weights = m_bundle.stageWeights(config.name);
    auto network = std::make_shared<network::UNet>(config.network);
    network->eval();
    for (torch::Tensor& parameter : network->parameters())
        parameter.requires_grad_(false);
    if (network::costOf(config.network, config.network.lengthMultiple(), config.textTokens).parameters >
        manyParameters) {
        network->to(m_computeType);
    }
    model::loadParameters(*network, weights);
    network->to(m_device);
    network->setComputeType(m_computeType);
    return Stage(config, network, m_device, m_noteSpectra);
}

} // namespace n2m::cascade
