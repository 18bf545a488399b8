#include "engine/corpus/Captions.h"
#include "engine/plan/Harmony.h"
#include "engine/prompt/PlanDraw.h"

#include <QtTest/QtTest>

#include <map>

using namespace n2m;
using namespace n2m::prompt;

/// The captions of the corpus are true and know what they say: their prompts must be followed as the trained planner
/// followed them.
class CorpusCaptionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void factsAreFollowed() {
        std::map<std::string, std::pair<int, int>> right; // of all
        std::map<std::string, std::string> wrong;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            const composer::Sketch sketch = composer::drawSketch(m_vocabulary, seed);
            const composer::Attributes& truth = sketch.attributes;
            base::Random random(seed);
            const corpus::Captions captions = corpus::captionsFor(m_vocabulary, sketch, random);
            const corpus::Caption& caption = random.pick(captions.longs);
            const Understanding heard = understand(m_lexicon, caption.text);
            const Draft draft = drawPlan(m_vocabulary, heard, caption.text, {}, 30.0, seed);
            const auto says = [&](const char* name) {
                return std::find(caption.says.begin(), caption.says.end(), name) != caption.says.end();
            };
            const auto count = [&](const char* name, bool good, const std::string& got) {
                ++right[name].second;
                if (good)
                    ++right[name].first;
                else
                    wrong[name] += "\n  " + got + ": " + caption.text;
            };
            if (says("genre")) count("genre", draft.style.genre == truth.genre, draft.style.genre);
            if (says("lead")) count("lead", draft.style.lead == truth.lead, draft.style.lead);
            if (says("mood")) count("mood", draft.style.mood == truth.mood, draft.style.mood);
            if (says("era") && !truth.era.empty())
                count("era", draft.style.era == truth.era, draft.style.era.value_or(""));
            if (says("tempo"))
                count("tempo", std::abs(std::log2(draft.plan.bpm / truth.bpm)) < 0.5, std::to_string(draft.plan.bpm));
            if (says("mode") || says("key"))
                count("mode", draft.plan.key.minor == truth.minor, plan::toString(draft.plan.key));
            if (says("metre"))
                count("metre", draft.plan.beatsPerBar == truth.beatsPerBar, std::to_string(draft.plan.beatsPerBar));
        }
        const std::map<std::string, double> least{{"genre", 0.97}, {"lead", 0.95}, {"mood", 0.9},  {"era", 0.95},
                                                  {"tempo", 0.9},  {"mode", 0.97}, {"metre", 0.97}};
        bool good = true;
        std::string report;
        for (const auto& [name, counts] : right) {
            const double share = static_cast<double>(counts.first) / counts.second;
            report += name + ": " + std::to_string(counts.first) + " of " + std::to_string(counts.second) + "; ";
            const auto limit = least.find(name);
            if (limit == least.end() || share >= limit->second) continue;
            good = false;
            report += wrong[name].substr(0, 1500) + '\n';
        }
        qInfo("%s", report.c_str());
        QVERIFY(good);
        QVERIFY(right["genre"].second > 100 && right["lead"].second > 100);
    }

private:
    composer::Vocabulary m_vocabulary;
    Lexicon m_lexicon;
};

QTEST_GUILESS_MAIN(CorpusCaptionsTest)
#include "CorpusCaptionsTest.moc"
