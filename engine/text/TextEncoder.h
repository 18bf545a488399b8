#pragma once

#include "engine/text/T5Encoder.h"
#include "engine/text/Tokenizer.h"

#include <torch/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::text {

/// The tokens of a prompt, cut to the maximum of the model.
struct Tokens {
    std::vector<int> ids; ///< at most the maximum; the last is the end of the text
    int count = 0;        ///< of the whole prompt, the end included
    bool cut = false;     ///< the prompt has more than the maximum: the rest was left out
};

/// A text in the form that the networks take.
struct EmbeddedText {
    torch::Tensor tokens;     ///< int64 [1, L]
    torch::Tensor embeddings; ///< float32 [1, L, width]
    torch::Tensor mask;       ///< bool [1, L]
    int count = 0;            ///< tokens of the whole prompt, the end included
    bool cut = false;         ///< the prompt has more than L tokens: the rest was left out
};

/// Turns prompts into embeddings with the tokenizer and the T5 encoder of one folder (config.json, model.safetensors,
/// spiece.model, as in a public T5). embed() may be called from several threads.
class TextEncoder {
public:
    /// Throws base::Failure that names the file if one of the three is missing, damaged, or does not
    /// fit the others.
    static TextEncoder load(const std::filesystem::path& folder);
    TextEncoder(Tokenizer tokenizer, std::shared_ptr<T5Encoder> encoder);

    /// The ids of a prompt, cut to `maxTokens`, end included (≥ 1). Throws base::InvalidInput if it is not UTF-8.
    Tokens tokenize(std::string_view prompt, int maxTokens) const;

    /// Without gradients and without padding: L = min(count, maxTokens). Throws as tokenize().
    EmbeddedText embed(std::string_view prompt, int maxTokens) const;

    int width() const { return m_encoder->config().width; }
    const Tokenizer& tokenizer() const { return m_tokenizer; }
    T5Encoder& encoder() const { return *m_encoder; }

private:
    Tokenizer m_tokenizer;
    std::shared_ptr<T5Encoder> m_encoder;
};

/// The tokens of several texts as one batch, padded with `padId` to the longest, or to `length` if that is not 0:
/// {int64 [B, L], bool [B, L]}.
std::pair<torch::Tensor, torch::Tensor> batchOf(const std::vector<Tokens>& texts, int padId, int length = 0);

} // namespace n2m::text
