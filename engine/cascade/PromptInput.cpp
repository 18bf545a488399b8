#include "engine/cascade/PromptInput.h"

namespace n2m::cascade {

StageInput PromptInput::input() const {
    StageInput result;
    result.text = &text;
    result.negative = negative ? &*negative : nullptr;
    return result;
}

PromptEncoder::PromptEncoder(const text::TextEncoder& encoder, const Request& request)
    : m_encoder(encoder)
    , m_prompt(request.prompt)
    , m_negative(request.negativePrompt) {}

PromptInput PromptEncoder::encode(int tokens) const {
    PromptInput embedded{m_encoder.embed(m_prompt, tokens), {}};
    if (m_negative.find_first_not_of(" \t\r\n") != std::string::npos)
        embedded.negative = m_encoder.embed(m_negative, tokens);
    return embedded;
}

} // namespace n2m::cascade
