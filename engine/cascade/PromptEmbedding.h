#pragma once

#include <filesystem>
#include <string>

namespace n2m::cascade {

/// The facts of a prompt's embedding that was written.
struct PromptEmbedding {
    int tokens = 0, width = 0; ///< the shape of the embeddings
    int promptTokens = 0;      ///< of the whole prompt, its end included
    bool promptCut = false;    ///< the prompt has more than the cascade reads
};

/// Writes a prompt as the cascade in `bundle` sees it into a safetensors file: `tokens` int64 [L], the end of the text
/// included, and `embeddings` float32 [L, D]. L is at most the greatest limit of all stages. Only cascade.json and the
/// text encoder of the bundle are read. The file appears whole or not at all; the same arguments give the same bytes.
/// Any thread; hides torch. Throws base::InvalidInput for a prompt that Request::validate would refuse, base::Failure,
/// one line that names the file, for a bundle that is missing or damaged or a file that cannot be written.
PromptEmbedding writePromptEmbedding(const std::filesystem::path& bundle, const std::string& prompt,
                                     const std::filesystem::path& file);

} // namespace n2m::cascade
