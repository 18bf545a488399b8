#include "engine/training/TeacherTexts.h"

#include "engine/base/Error.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/embedding/Measures.h"
#include "engine/model/Safetensors.h"

#include <torch/utils.h>

#include <sstream>

namespace n2m::training {

TeacherTexts TeacherTexts::read(const std::filesystem::path& file) {
    const model::SafetensorsFile tensors(file);
    const torch::Tensor bytes = tensors.tensor("texts").contiguous();
    TeacherTexts result;
    result.vectors = tensors.tensor("vectors").to(torch::kFloat);
    if (bytes.scalar_type() != torch::kByte || bytes.dim() != 1 || result.vectors.dim() != 2)
        throw base::Failure("{}: is not a file of teacher-embeddings.py", file.string());
    std::istringstream stream(std::string(reinterpret_cast<const char*>(bytes.data_ptr<std::uint8_t>()),
                                          static_cast<std::size_t>(bytes.numel())));
    for (std::string line; std::getline(stream, line);)
        result.texts.push_back(line);
    if (result.texts.empty() || static_cast<std::int64_t>(result.texts.size()) != result.vectors.size(0)) {
        throw base::Failure("{}: has {} texts and {} vectors", file.string(), result.texts.size(),
                            result.vectors.size(0));
    }
    result.vectors = result.vectors / result.vectors.norm(2, 1, true).clamp_min(1e-6);
    return result;
}

double TeacherTexts::correlation(const embedding::JointEmbedding& joint) const {
    embedding::Vectors teachers;
    for (std::int64_t row = 0; row < vectors.size(0); ++row) {
        const torch::Tensor vector = vectors[row].contiguous();
        teachers.emplace_back(vector.data_ptr<float>(), vector.data_ptr<float>() + vector.numel());
    }
    return embedding::rankCorrelation(embedding::pairSimilarities(joint.texts(texts)),
                                      embedding::pairSimilarities(teachers));
}

} // namespace n2m::training
