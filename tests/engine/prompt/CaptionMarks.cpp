#include "engine/base/Assets.h"
#include "engine/prompt/PlanDraw.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTextStream>

#include <fmt/format.h>

using namespace n2m;

/// Prints how often the plans of a hundred captions, which people wrote and nobody trained on, agree with what a
/// careful reader marked (assets/evaluation/musiccaps-marks.tsv): build/release/tests/CaptionMarks CAPTIONS [SEEDS]
/// CAPTIONS is the project's selection of MusicCaps, which is not part of it. Asserts nothing.
namespace {

QStringList linesOf(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) throw std::runtime_error(name.toStdString() + ": cannot be opened");
    return QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
}

QString sentenceOf(QString caption, int number) {
    caption = caption.trimmed();
    if (caption.startsWith('"')) caption = caption.mid(1);
    if (caption.endsWith('"')) caption.chop(1);
    static const QRegularExpression between("(?<=[.!?])\\s+");
    return caption.split(between).value(number - 1);
}

// The classes overlap, as they do for listeners.
bool isOfClass(double bpm, const QString& tempo) {
    if (tempo == "slow") return bpm <= 96.0;
    return tempo == "medium" ? bpm >= 80.0 && bpm <= 130.0 : bpm >= 112.0;
}

struct Count {
    int right = 0, all = 0;
};

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "usage: {} CAPTIONS [SEEDS]\n", arguments[0]);
        return 2;
    }
    const QStringList captions = linesOf(arguments[1]);
    const QStringList marks =
        linesOf(QString::fromStdString((base::assetsFolder() / "evaluation/musiccaps-marks.tsv").string()));
    const int seeds = count > 2 ? std::stoi(arguments[2]) : 5;
    const composer::Vocabulary vocabulary;
    const prompt::Lexicon lexicon;
    const std::vector<QString> attributes{"genre", "lead", "tempo", "mood"};
    std::map<QString, Count> counts;
    for (const QString& row : marks.mid(1)) {
        const QStringList fields = row.split('\t');
        const QString caption = captions.at(fields[0].toInt() - 1).section('\t', 0, 0);
        const std::string words = sentenceOf(caption, fields[1].toInt()).toStdString();
        const prompt::Understanding heard = prompt::understand(lexicon, words);
        for (int seed = 1; seed <= seeds; ++seed) {
            const prompt::Draft draft =
                prompt::drawPlan(vocabulary, heard, words, {}, 30.0, static_cast<std::uint64_t>(seed));
            const std::map<QString, QString> chosen{{"genre", QString::fromStdString(draft.style.genre)},
                                                    {"lead", QString::fromStdString(draft.style.lead)},
                                                    {"mood", QString::fromStdString(draft.style.mood)}};
            for (int i = 0; i < 4; ++i) {
                const QString mark = fields[2 + i], &attribute = attributes[static_cast<std::size_t>(i)];
                if (mark == "-") continue;
                const bool right = attribute == "tempo" ? isOfClass(draft.plan.bpm, mark)
                                                        : mark.split('|').contains(chosen.at(attribute));
                ++counts[attribute].all;
                counts[attribute].right += right;
                if (!right && seed == 1)
                    fmt::print("{} {} instead of {}: {}\n", attribute.toStdString(),
                               attribute == "tempo" ? fmt::format("{:.0f}", draft.plan.bpm)
                                                    : chosen.at(attribute).toStdString(),
                               mark.toStdString(), words);
            }
        }
    }
    for (const auto& [attribute, each] : counts)
        fmt::print("{}: {:.0f}% of {}\n", attribute.toStdString(), 100.0 * each.right / each.all, each.all / seeds);
    return 0;
}
