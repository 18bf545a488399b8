#include "engine/labelling/Agreement.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/labelling/DefaultCaptions.h"
#include "engine/labelling/Labelling.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>

namespace n2m::labelling {

namespace {

using Facts = std::map<std::string, std::string>;

const std::vector<std::string>& attributes() {
    static const std::vector<std::string> all{"genre", "lead", "tempo", "mood"};
    return all;
}

struct TrueClip {
    std::string name;
    std::filesystem::path file;
    Facts facts;
};

std::vector<TrueClip> heldOutClips(const std::filesystem::path& folder, std::size_t most) {
    const std::filesystem::path list = folder / "clips.jsonl";
    std::ifstream stream(list);
    if (!stream) throw base::Failure("{}: cannot be read", base::printable(list.string()));
    std::vector<TrueClip> clips;
    std::size_t number = 0;
    for (std::string line; clips.size() < most && std::getline(stream, line);) {
        ++number;
        try {
            const auto parsed = nlohmann::json::parse(line);
            if (parsed.value("split", "") != "heldout" || !parsed.contains("attributes")) continue;
            TrueClip clip{parsed.at("audio"), folder / parsed.at("audio").get<std::string>(), {}};
            for (const std::string& attribute : attributes())
                clip.facts[attribute] = parsed.at("attributes").at(attribute);
            clips.push_back(std::move(clip));
        } catch (const nlohmann::json::exception&) {
            throw base::Failure("{}: line {} is not a clip with genre, lead, tempo and mood among its attributes",
                                base::printable(list.string()), number);
        }
    }
    if (clips.empty())
        throw base::InvalidInput("{}: has no held-out clips with attributes; noise2music corpus makes such a data set",
                                 base::printable(folder.string()));
    return clips;
}

/// Right and stated captions of one clip.
struct Count {
    double right = 0.0, said = 0.0;
};

/// The share of right ones, and how it varies if other clips of the kind had been drawn (bootstrap over clips).
void summarise(const std::vector<Count>& counts, Agreement& row) {
    const auto share = [](const Count& sum) { return sum.said > 0.0 ? sum.right / sum.said : 0.0; };
    Count all;
    for (const Count& count : counts)
        all = {all.right + count.right, all.said + count.said};
    row.said = static_cast<std::size_t>(all.said);
    row.precision = share(all);
    base::Random random(1);
    std::vector<double> shares;
    for (int n = 0; n < 1000; ++n) {
        Count sum;
        for (std::size_t clip = 0; clip < counts.size(); ++clip) {
            const Count& count = random.pick(counts);
            sum = {sum.right + count.right, sum.said + count.said};
        }
        shares.push_back(share(sum));
    }
    std::sort(shares.begin(), shares.end());
    row.low = shares[25];
    row.high = shares[974];
}

std::vector<Count> countRight(const std::vector<TrueClip>& clips, const std::vector<FactualCaption>& captions,
                              const std::vector<std::vector<ScoredCaption>>& labels, const std::string& attribute) {
    std::vector<Count> counts;
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        Count& count = counts.emplace_back();
        for (const ScoredCaption& label : labels[clip]) {
            const auto fact = captions[label.caption].facts.find(attribute);
            if (fact == captions[label.caption].facts.end()) continue;
            count.said += 1.0;
            count.right += fact->second == clips[clip].facts.at(attribute) ? 1.0 : 0.0;
        }
    }
    return counts;
}

/// The precision that the same labels have on average over all ways to deal them to the clips.
double chanceOf(const std::vector<TrueClip>& clips, const std::vector<FactualCaption>& captions,
                const std::vector<std::vector<ScoredCaption>>& labels, const std::string& attribute) {
    std::map<std::string, double> shares;
    for (const TrueClip& clip : clips)
        shares[clip.facts.at(attribute)] += 1.0 / static_cast<double>(clips.size());
    double sum = 0.0, said = 0.0;
    for (const auto& list : labels) {
        for (const ScoredCaption& label : list) {
            const auto fact = captions[label.caption].facts.find(attribute);
            if (fact == captions[label.caption].facts.end()) continue;
            said += 1.0;
            const auto share = shares.find(fact->second);
            sum += share == shares.end() ? 0.0 : share->second;
        }
    }
    return said > 0.0 ? sum / said : 0.0;
}

} // namespace

AgreementReport measureAgreement(const AgreementOptions& options, const Embedder& embedder,
                                 const std::function<void(const std::string&, std::size_t, std::size_t)>& progress) {
    if (options.draw < 1 || options.draw > options.nearest || options.nearest > 10000)
        throw base::InvalidInput("{} captions cannot be drawn from the {} nearest ones", options.draw, options.nearest);
    const auto tell = [&](const char* stage, std::size_t done, std::size_t all) {
        if (progress) progress(stage, done, all);
    };
    const std::vector<TrueClip> clips = heldOutClips(options.data, options.clips);
    const audio::LogMel analysis;
    std::vector<std::vector<float>> vectors;
    std::vector<std::string> names;
    for (const TrueClip& clip : clips) {
        tell("listening", vectors.size(), clips.size());
        vectors.push_back(soundVector(clip.file, analysis, embedder).vector);
        names.push_back(clip.name);
    }

    AgreementReport report;
    report.clips = clips.size();
    for (const CaptionKind kind : {CaptionKind::Long, CaptionKind::Short}) {
        const bool isLong = kind == CaptionKind::Long;
        const auto captions = defaultCaptions(kind, isLong ? options.longDefaults : options.shortDefaults);
        (isLong ? report.longCaptions : report.shortCaptions) = captions.size();
        std::vector<std::string> texts;
        for (const FactualCaption& caption : captions)
            texts.push_back(caption.text);
        const auto nearest = nearestOf(vectors, texts, options.nearest, embedder,
                                       [&](std::size_t done) { tell("captions", done, texts.size()); });
        const auto drawn =
            drawRareCaptions(nearest, names, options.draw, base::derivedSeed(options.seed, isLong ? 0 : 1));
        for (const std::string& attribute : attributes()) {
            Agreement row;
            row.attribute = attribute;
            row.captions = isLong ? "long" : "short";
            summarise(countRight(clips, captions, nearest, attribute), row);
            row.nearest = row.precision;
            summarise(countRight(clips, captions, drawn, attribute), row);
            row.chance = chanceOf(clips, captions, drawn, attribute);
            report.rows.push_back(row);
        }
    }
    return report;
}

} // namespace n2m::labelling
