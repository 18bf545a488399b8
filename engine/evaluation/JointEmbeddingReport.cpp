#include "engine/evaluation/JointEmbeddingReport.h"

#include "engine/base/Error.h"
#include "engine/composer/Vocabulary.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/evaluation/RealClips.h"
#include "engine/training/TeacherTexts.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace n2m::evaluation {

using embedding::JointEmbedding;
using embedding::Vectors;

namespace {

using Wordings = std::map<std::string, std::vector<std::string>>; // of each label

std::map<std::string, Wordings> questions(const composer::Vocabulary& vocabulary) {
    std::map<std::string, Wordings> all;
    for (const composer::Genre& genre : vocabulary.genres()) {
        for (const std::string& name : genre.names) {
            all["genre"][genre.name].push_back(name);
            all["genre"][genre.name].push_back(name + " track");
        }
    }
    for (const std::string& lead : vocabulary.leads()) {
        for (const std::string& name : vocabulary.instrument(lead).names) {
            all["lead"][lead].push_back(name);
            all["lead"][lead].push_back(name + " melody");
        }
    }
    for (const composer::Mood& mood : vocabulary.moods())
        all["mood"][mood.name] = mood.words;
    all["tempo"] = {{"very slow", {"very slow", "extremely slow", "at a very slow tempo"}},
                    {"slow", {"slow", "slow-paced", "at a slow tempo"}},
                    {"mid-tempo", {"mid-tempo", "moderately paced", "at a medium tempo"}},
                    {"fast", {"fast", "up-tempo", "at a fast tempo"}},
                    {"very fast", {"very fast", "breakneck", "at a very fast tempo"}}};
    return all;
}

ZeroShot ask(const JointEmbedding& joint, const RealClips& clips, const Vectors& sounds, const std::string& attribute,
             const Wordings& wordings) {
    std::map<std::string, std::vector<float>> labels;
    for (const auto& [label, words] : wordings)
        labels[label] = embedding::meanOf(joint.texts(words));
    ZeroShot result;
    result.attribute = attribute;
    result.labels = static_cast<int>(labels.size());
    std::map<std::string, int> counts;
    for (std::size_t clip = 0; clip < sounds.size(); ++clip) {
        const std::string truth = clips.attribute(clip, attribute);
        if (!labels.contains(truth)) continue;
        const auto nearest = std::max_element(labels.begin(), labels.end(), [&](const auto& a, const auto& b) {
            return embedding::similarity(sounds[clip], a.second) < embedding::similarity(sounds[clip], b.second);
        });
        result.share.add(nearest->first == truth);
        ++counts[truth];
    }
    for (const auto& [label, count] : counts)
        result.constant = std::max(result.constant, static_cast<double>(count) / result.share.count);
    return result;
}

nlohmann::ordered_json recallJson(const embedding::Recall& recall) {
    return {{"at1", recall.at1}, {"at5", recall.at5}, {"at10", recall.at10}};
}

} // namespace

JointEmbeddingReport measureJointEmbedding(const std::filesystem::path& folder, const std::filesystem::path& data,
                                           const std::filesystem::path& teacher,
                                           const std::function<void(int done, int count)>& progress) {
    const JointEmbedding joint = JointEmbedding::load(folder);
    const RealClips clips(data, training::Split::HeldOut);
    Vectors sounds, captioned, captions;
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        sounds.push_back(joint.logMel(clips.spectrogram(clip).values));
        if (const auto& longs = clips.example(clip).longCaptions; !longs.empty()) {
            captions.push_back(joint.text(longs.front()));
            captioned.push_back(sounds.back());
        }
        if (progress) progress(static_cast<int>(clip + 1), static_cast<int>(clips.size()));
    }
    if (captions.empty()) throw base::InvalidInput("{}: no held-out clip has a long caption", data.string());
    JointEmbeddingReport report;
    report.clips = static_cast<int>(captions.size());
    report.textToSound = embedding::recallOf(captions, captioned);
    report.soundToText = embedding::recallOf(captioned, captions);
    for (std::size_t clip = 0; clip < captions.size(); ++clip) {
        report.own += embedding::similarity(captions[clip], captioned[clip]) / report.clips;
        report.shuffled +=
            embedding::similarity(captions[clip], captioned[(clip + 1) % captions.size()]) / report.clips;
    }
    for (const auto& [attribute, wordings] : questions(composer::Vocabulary()))
        report.zeroShot.push_back(ask(joint, clips, sounds, attribute, wordings));
    if (!teacher.empty()) {
        const auto texts = training::TeacherTexts::read(teacher);
        report.teacherTexts = static_cast<int>(texts.texts.size());
        report.teacherCorrelation = texts.correlation(joint);
    }
    return report;
}

std::string JointEmbeddingReport::text() const {
    const auto row = [](const char* name, const embedding::Recall& recall) {
        return fmt::format("  {:<16} {:5.1f}% {:5.1f}% {:5.1f}%  are among the nearest 1, 5 and 10\n", name,
                           100.0 * recall.at1, 100.0 * recall.at5, 100.0 * recall.at10);
    };
    std::string result = fmt::format("{} held-out clips and their captions:\n", clips);
    result += row("text to sound", textToSound) + row("sound to text", soundToText);
    result += fmt::format("  similarity {:.3f} with the own caption, {:.3f} with another's\n", own, shuffled);
    for (const ZeroShot& each : zeroShot) {
        const Interval interval = each.share.interval();
        result += fmt::format("  {:<16} {:5.1f}%  ({:.0f} to {:.0f})  of {} labels; the commonest {:.1f}%\n",
                              each.attribute, 100.0 * each.share.rate(), 100.0 * interval.low, 100.0 * interval.high,
                              each.labels, 100.0 * each.constant);
    }
    if (teacherTexts > 0) {
        result += fmt::format("  rank correlation with the teacher {:.3f} over all pairs of {} texts\n",
                              teacherCorrelation, teacherTexts);
    }
    return result;
}

std::string JointEmbeddingReport::json() const {
    nlohmann::ordered_json attributes;
    for (const ZeroShot& each : zeroShot) {
        const Interval interval = each.share.interval();
        attributes[each.attribute] = {{"rate", each.share.rate()},
                                      {"low", interval.low},
                                      {"high", interval.high},
                                      {"labels", each.labels},
                                      {"commonest", each.constant}};
    }
    nlohmann::ordered_json all = {{"clips", clips},
                                  {"textToSound", recallJson(textToSound)},
                                  {"soundToText", recallJson(soundToText)},
                                  {"similarity", {{"own", own}, {"shuffled", shuffled}}},
                                  {"zeroShot", attributes}};
    if (teacherTexts > 0) all["teacher"] = {{"texts", teacherTexts}, {"rankCorrelation", teacherCorrelation}};
    return all.dump(2);
}

} // namespace n2m::evaluation
