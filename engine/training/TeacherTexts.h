#pragma once

#include <torch/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace n2m::embedding {
class JointEmbedding;
}

namespace n2m::training {

/// Texts with the vectors that a sentence encoder gives them, as tools/teacher-embeddings.py writes them.
struct TeacherTexts {
    std::vector<std::string> texts;
    torch::Tensor vectors; ///< float32 [texts, width], of length 1

    /// Throws base::Failure that names the file for one that is missing, damaged or something else.
    static TeacherTexts read(const std::filesystem::path& file);

    /// Spearman's rank correlation of the similarities of all pairs of texts: the embedding's and the teacher's.
    double correlation(const embedding::JointEmbedding& joint) const;
};

} // namespace n2m::training
