#include "engine/text/TextEncoder.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <torch/utils.h>

#include <algorithm>

namespace n2m::text {

TextEncoder TextEncoder::load(const std::filesystem::path& folder) {
    Tokenizer tokenizer(folder / "spiece.model");
    auto encoder = T5Encoder::load(folder);
    if (tokenizer.vocabularySize() > encoder->config().vocabularySize) {
        throw base::Failure("{}: has {} pieces, but config.json beside it a vocabulary of {}",
                            base::printable((folder / "spiece.model").string()), tokenizer.vocabularySize(),
                            encoder->config().vocabularySize);
    }
    return {std::move(tokenizer), std::move(encoder)};
}

TextEncoder::TextEncoder(Tokenizer tokenizer, std::shared_ptr<T5Encoder> encoder)
    : m_tokenizer(std::move(tokenizer))
    , m_encoder(std::move(encoder)) {}

Tokens TextEncoder::tokenize(std::string_view prompt, int maxTokens) const {
    if (maxTokens < 1) throw base::InvalidInput("a text of {} tokens is not possible", maxTokens);
    Tokens tokens{m_tokenizer.encode(prompt)};
    tokens.count = static_cast<int>(tokens.ids.size());
    tokens.cut = tokens.count > maxTokens;
    if (tokens.cut) {
        tokens.ids.resize(static_cast<std::size_t>(maxTokens));
        tokens.ids.back() = m_tokenizer.eosId();
    }
    return tokens;
}

EmbeddedText TextEncoder::embed(std::string_view prompt, int maxTokens) const {
    const torch::NoGradGuard noGradients;
    const Tokens tokens = tokenize(prompt, maxTokens);
    const auto [ids, mask] = batchOf({tokens}, m_tokenizer.padId());
    const auto device = m_encoder->parameters().front().device();
    EmbeddedText embedded{ids.to(device), {}, mask.to(device), tokens.count, tokens.cut};
    embedded.embeddings = m_encoder->forward(embedded.tokens, embedded.mask).to(torch::kFloat);
    return embedded;
}

std::pair<torch::Tensor, torch::Tensor> batchOf(const std::vector<Tokens>& texts, int padId, int length) {
    std::size_t longest = static_cast<std::size_t>(std::max(length, 0));
    for (const Tokens& text : texts)
        longest = std::max(longest, text.ids.size());
    const auto rows = static_cast<std::int64_t>(texts.size()), columns = static_cast<std::int64_t>(longest);
    // A model without padding has the id −1 for it; any id will do, as the mask hides it.
    auto ids = torch::full({rows, columns}, std::max(padId, 0), torch::kLong);
    auto mask = torch::zeros({rows, columns}, torch::kBool);
    for (std::int64_t row = 0; row < rows; ++row) {
        const auto& text = texts[static_cast<std::size_t>(row)].ids;
        std::copy(text.begin(), text.end(), ids[row].data_ptr<std::int64_t>());
        std::fill_n(mask[row].data_ptr<bool>(), text.size(), true);
    }
    return {ids, mask};
}

} // namespace n2m::text
