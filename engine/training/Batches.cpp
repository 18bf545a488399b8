#include "engine/training/Batches.h"

#include "engine/text/TextEncoder.h"

#include <torch/utils.h>

namespace n2m::training {

void addTexts(const text::TextEncoder& encoder, const std::vector<std::string>& texts, int maxTokens,
              network::Conditioning& conditioning) {
    const torch::NoGradGuard noGradients;
    std::vector<text::Tokens> tokens;
    for (const std::string& caption : texts)
        tokens.push_back(encoder.tokenize(caption, maxTokens));
    const auto [ids, mask] = text::batchOf(tokens, encoder.tokenizer().padId());
    conditioning.text = encoder.encoder().forward(ids, mask);
    conditioning.textMask = mask;
}

} // namespace n2m::training
