#pragma once

#include "engine/evaluation/Detectors.h"
#include "engine/evaluation/EvaluationOptions.h"
#include "engine/evaluation/Intervals.h"
#include "engine/evaluation/RealClips.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace n2m::embedding {
class JointEmbedding;
}

namespace n2m::evaluation {

/// A clip that was made for a request.
struct GeneratedClip {
    Spectrogram spectrogram;
    std::optional<plan::Plan> plan; ///< the plan that it follows
};
/// Makes a clip. Evaluation does not know the pipeline, so that it can be tested without weights.
using Maker = std::function<GeneratedClip(const Request&)>;

/// One kind of clips and the detectors' results about them.
struct EvaluationRow {
    std::string name;
    int clips = 0;
    std::map<std::string, Share> attributes; ///< "genre", "lead": heard as the caption says
    std::map<std::string, Share> unseen;     ///< of those, captions whose genre and lead no training clip combines
    Share tempo, tempoOrOctave; ///< compared with the plan's; without a plan, with that of the caption's clip
    Sample chords;              ///< ChordProbe::agreement with that plan
    Sample beats;               ///< beatAgreement with that plan
    Sample toCaption;           ///< similarity with the caption in the joint embedding (Noise2Music, table 6)
    Sample toSound; ///< similarity with the real clip of the caption (table 5); of the real clips' own row: none
    /// To real clips whose captions are not used here: of the classifier's features, of the log-mel's statistics, and
    /// of the joint embedding.
    std::optional<double> frechetFeatures, frechetStatistics, frechetJoint;
};

struct EvaluationReport {
    std::vector<EvaluationRow> rows;
    /// One row per caption: the real clip, then the generated clip of each plan source.
    std::vector<std::vector<Spectrogram>> sheet;
    int frechetClips = 0; ///< on each side of a distance
    std::string text() const;
    std::string json() const;
};

/// Asks for clips with captions of held-out clips that name genre and lead, and lets the detectors hear them. Controls
/// are the real clips themselves, real clips in pieces of half a second in another order (which keeps genre and lead
/// and must lose tempo and chords), and shuffled pairs, in which a clip is judged by the next one's caption and plan
/// (the level of chance). With a joint embedding its similarities and distances are measured, too. Deterministic by
/// seed. Throws base::InvalidInput for fewer than two clips, base::Failure if
/// there are not two held-out clips with plan, genre and lead, and what `make` and `progress` throw.
EvaluationReport evaluate(const EvaluationOptions& options, const Detectors& detectors, const RealClips& heldOut,
                          const Maker& make,
                          const std::function<void(const std::string& phase, int step, int steps)>& progress = {},
                          const embedding::JointEmbedding* joint = nullptr);

} // namespace n2m::evaluation
