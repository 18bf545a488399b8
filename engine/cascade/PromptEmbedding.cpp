#include "engine/cascade/PromptEmbedding.h"

#include "engine/device/TorchErrors.h"
#include "engine/model/Safetensors.h"
#include "engine/model/StageConfig.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <algorithm>

namespace n2m::cascade {

namespace {

constexpr int anyTokens = 512; // T5's own length, for a cascade that reads no text

int tokensOf(const model::CascadeConfig& cascade) {
    int tokens = 0;
    for (const model::StageConfig& stage : cascade.stages)
        tokens = std::max(tokens, stage.textTokens);
    return tokens > 0 ? tokens : anyTokens;
}

} // namespace

PromptEmbedding writePromptEmbedding(const std::filesystem::path& bundle, const std::string& prompt,
                                     const std::filesystem::path& file) {
    Request request;
    request.prompt = prompt;
    request.validate();
    return device::explainingErrors([&] {
        const model::CascadeConfig cascade = model::readCascade(bundle / "cascade.json");
        const text::TextEncoder encoder = text::TextEncoder::load(bundle / cascade.text);
        const text::EmbeddedText embedded = encoder.embed(prompt, tokensOf(cascade));
        model::writeSafetensors(
            file, {{"tokens", embedded.tokens.squeeze(0)}, {"embeddings", embedded.embeddings.squeeze(0)}},
            {{"prompt", prompt}, {"cascade", cascade.name}});
        return PromptEmbedding{static_cast<int>(embedded.tokens.size(1)), encoder.width(), embedded.count,
                               embedded.cut};
    });
}

} // namespace n2m::cascade
