#pragma once

#include "engine/training/Trainer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace n2m::training {

/// The settings of the training of the joint embedding.
struct EmbeddingTrainingOptions {
    std::filesystem::path data;                 ///< a data set (see DataSet.h)
    std::filesystem::path output;               ///< the bundle that is trained; made where it is missing
    std::vector<std::filesystem::path> teacher; ///< files of tools/teacher-embeddings.py; each is drawn from as often
    std::filesystem::path teacherHeldOut;       ///< such a file that is measured on, never trained on; may be empty
    std::filesystem::path
        hearing;    ///< detectors whose convolutions the audio tower takes over; empty = it learns its own
    int batch = 32; ///< pairs of sound and text
    int teacherBatch = 64;
    std::int64_t steps = 3000; ///< the learning rate has fallen to zero by then
    double minutes = 0.0;      ///< stop after this long; 0 = no limit
    double learningRate = 2e-3;
    double teacherWeight = 2.0;
    double checkpointMinutes = 5.0;
    int threads = 0; ///< 0 = all cores
    std::uint64_t seed = 0;
};

/// Trains or resumes the joint embedding of a bundle: text and sound of a pair are to be nearer than those of other
/// pairs of the batch (symmetric InfoNCE with a learned temperature: MuLan, Huang et al., 2022). With a teacher the
/// text tower also learns that encoder's idea of which texts are alike: a linear map must find the teacher's vectors,
/// and the similarities of texts are to be correlated with the teacher's.
///
/// Writes embedding/ into the bundle and names it in cascade.json, where there is one; and in training/ checkpoints,
/// embedding.csv (losses) and embedding-validation.csv (recall on held-out clips, rank correlation with the teacher).
/// Blocks until done or `stop` returns true; the state is then saved. Throws base::InvalidInput or base::Failure.
void trainEmbedding(const EmbeddingTrainingOptions& options, const std::function<void(const TrainingProgress&)>& report,
                    const std::function<bool()>& stop);

} // namespace n2m::training
