#pragma once

#include "engine/cascade/Stage.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <optional>
#include <string>

namespace n2m::cascade {

/// A prompt and its negative prompt as a stage takes them. A value.
struct PromptInput {
    text::EmbeddedText text;
    std::optional<text::EmbeddedText> negative; ///< none where the negative prompt is blank

    /// Input with both texts, borrowed, and nothing else.
    StageInput input() const;
};

/// Embeds the texts of one request. Borrows the encoder.
class PromptEncoder {
public:
    PromptEncoder(const text::TextEncoder& encoder, const Request& request);

    /// Both texts cut to `tokens`. Throws base::InvalidInput where one is not UTF-8.
    PromptInput encode(int tokens) const;

private:
    const text::TextEncoder& m_encoder;
    std::string m_prompt, m_negative;
};

} // namespace n2m::cascade
