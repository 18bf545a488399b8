#pragma once

#include "engine/embedding/Measures.h"
#include "engine/evaluation/Intervals.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// A question about clips that the joint embedding answers without training: which of the labels, put into words, is
/// nearest to the clip.
struct ZeroShot {
    std::string attribute; ///< "genre", "lead", "mood", "tempo"
    int labels = 0;
    Share share;           ///< clips whose own label is nearest
    double constant = 0.0; ///< the share of the commonest label
};

/// Figures of a joint embedding on the held-out clips of a composed corpus.
struct JointEmbeddingReport {
    int clips = 0;
    embedding::Recall textToSound, soundToText;
    std::vector<ZeroShot> zeroShot;
    double own = 0.0, shuffled = 0.0; ///< mean similarity of clips with their own caption and with another clip's
    int teacherTexts = 0;             ///< 0 = not measured
    double teacherCorrelation = 0.0;  ///< Spearman's, over all pairs of texts

    std::string text() const; ///< as a table
    std::string json() const;
};

/// Measures the joint embedding of `embedding` (its folder, or a bundle with one) on the held-out clips of `data`, each
/// with its first long caption; and, where `teacher` names a file of tools/teacher-embeddings.py, on its texts.
/// `progress` gets the clips done and their number. Throws base::Failure as reading does, base::InvalidInput for a data
/// set without held-out clips that have captions.
JointEmbeddingReport measureJointEmbedding(const std::filesystem::path& embedding, const std::filesystem::path& data,
                                           const std::filesystem::path& teacher,
                                           const std::function<void(int done, int count)>& progress = {});

} // namespace n2m::evaluation
