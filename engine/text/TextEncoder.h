#pragma once

#include "engine/text/T5Encoder.h"
#include "engine/text/Tokenizer.h"

#include <torch/torch.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::text {

/// The tokens of a prompt, as many as the model takes.
struct Tokens {
    std::vector<int> ids; ///< at most the limit; the last is the end of the text
    int count = 0;        ///< of the whole prompt, the end included
    bool cut = false;     ///< the prompt has more than the limit: what is too much was left out
};

/// A text as the networks take it.
struct Embedded {
    torch::Tensor tokens;     ///< int64 [1, L]
    torch::Tensor embeddings; ///< float32 [1, L, width]
    torch::Tensor mask;       ///< bool [1, L]
    int count = 0;            ///< tokens of the whole prompt, the end included
    bool cut = false;         ///< more than L: what is too much was left out
};

/// From a prompt to its embeddings: the tokenizer and the T5 encoder of one folder (config.json, model.safetensors,
/// spiece.model, as in a public T5). embed() may be called from several threads.
class TextEncoder {
public:
    /// Throws std::runtime_error, one line that names the file, if one of the three is missing, damaged, or does not
    /// fit the others.
    static TextEncoder load(const std::filesystem::path& folder);
    TextEncoder(Tokenizer tokenizer, std::shared_ptr<T5Encoder> encoder);

    /// The ids of a prompt, cut to `maxTokens`, end included (≥ 1). Throws std::invalid_argument if it is not UTF-8.
    Tokens tokenize(std::string_view prompt, int maxTokens) const;

    /// Without gradients and without padding: L = min(count, maxTokens). Throws as tokenize().
    Embedded embed(std::string_view prompt, int maxTokens) const;

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
