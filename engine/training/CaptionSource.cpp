#include "engine/training/CaptionSource.h"

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"
#include "engine/corpus/Captions.h"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace n2m::training {

namespace {

const std::vector<std::string> tempoWords{"very slow", "slow", "mid-tempo", "fast", "very fast"};
const std::vector<std::string> feels{"straight", "swing8", "swing16", "triplet"};
const std::vector<std::string> energies{"low", "medium", "high"};
constexpr const char* noEra = "none";

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

plan::PlanVocabulary vocabularyOf(const composer::Vocabulary& from) {
    plan::PlanVocabulary result;
    std::set<int> metres;
    std::set<std::string> major, minor, instruments;
    for (const composer::Genre& genre : from.genres()) {
        result.genres.push_back(genre.name);
        for (const auto& entry : genre.metres)
            metres.insert(entry.first);
        major.insert(genre.major.begin(), genre.major.end());
        minor.insert(genre.minor.begin(), genre.minor.end());
        for (const composer::PartChoice& part : genre.parts)
            instruments.insert(part.instruments.begin(), part.instruments.end());
    }
    result.metres.assign(metres.begin(), metres.end());
    for (const std::string& degrees : major)
        result.progressions.push_back({false, degrees});
    for (const std::string& degrees : minor)
        result.progressions.push_back({true, degrees});
    result.forms = from.forms();
    auto& attributes = result.attributes;
    attributes["lead"] = from.leads();
    for (const composer::Mood& mood : from.moods())
        attributes["mood"].push_back(mood.name);
    attributes["era"] = {noEra};
    for (const composer::Era& era : from.eras())
        attributes["era"].push_back(era.name);
    attributes["tempo word"] = tempoWords;
    attributes["feel"] = feels;
    attributes["energy"] = energies;
    attributes["drums"] = {"no", "yes"};
    for (const std::string& name : instruments)
        attributes["with " + name] = {"no", "yes"};
    return result;
}

} // namespace

std::string roughened(std::string text, base::Random& random) {
    if (random.chance(0.25)) { // tags in any order
        std::vector<std::string> tags;
        std::istringstream stream(text);
        for (std::string tag; std::getline(stream, tag, ',');) {
            if (const auto first = tag.find_first_not_of(' '); first != std::string::npos)
                tags.push_back(tag.substr(first));
        }
        // A long sentence has few commas, and its clauses stay in order.
        if (tags.size() > 3 && text.size() < 160) {
            random.shuffle(tags);
            text.clear();
            for (const std::string& tag : tags)
                text += (text.empty() ? "" : ", ") + tag;
        }
    }
    if (random.chance(0.3)) {
        std::istringstream stream(text);
        std::string kept;
        const double drop = random.between(0.05, 0.3);
        for (std::string word; stream >> word;) {
            if (random.chance(drop)) continue;
            if (!kept.empty()) kept += ' ';
            kept += word;
        }
        if (!kept.empty()) text = kept;
    }
    if (random.chance(0.35)) text = lower(text);
    if (random.chance(0.3) && !text.empty() && text.back() == '.') text.pop_back();
    return text;
}

CaptionSource::CaptionSource(const composer::Vocabulary& vocabulary, double seconds)
    : m_vocabulary(vocabulary)
    , m_seconds(seconds)
    , m_planVocabulary(vocabularyOf(vocabulary)) {}

LabelledCaption CaptionSource::draw(std::uint64_t clipSeed, std::uint64_t wording) const {
    const composer::Sketch sketch = composer::drawSketch(m_vocabulary, clipSeed, m_seconds);
    const composer::Attributes& attributes = sketch.attributes;
    base::Random random = base::Random(wording).stream("caption");
    const corpus::Caption caption = corpus::drawCaption(corpus::captionsFor(m_vocabulary, sketch, random), random);
    LabelledCaption result;
    result.text = caption.text;
    result.reserved = attributes.reserved;

    auto& answers = result.answers;
    const plan::PlanVocabulary& known = m_planVocabulary;
    answers["genre"] = known.genre(attributes.genre);
    answers["tempo"] = plan::tempoBin(attributes.bpm);
    answers["mode"] = attributes.minor ? 1 : 0;
    answers["tonic"] = sketch.plan.key.tonic;
    answers["metre"] = known.metre(attributes.beatsPerBar);
    answers["progression"] = known.progression(attributes.minor, attributes.progression);
    answers["form"] = known.form(attributes.form);
    const auto attribute = [&](const std::string& name, const std::string& value) {
        answers["attribute/" + name] = known.attribute(name, value);
    };
    attribute("lead", attributes.lead);
    attribute("mood", attributes.mood);
    attribute("era", attributes.era.empty() ? noEra : attributes.era);
    attribute("tempo word", attributes.tempo);
    attribute("feel", attributes.feel);
    attribute("energy", corpus::energyWord(attributes.energy));
    attribute("drums", attributes.drums ? "yes" : "no");
    for (const auto& [name, values] : known.attributes) {
        if (!name.starts_with("with ")) continue;
        const auto& playing = attributes.instruments;
        attribute(name, std::find(playing.begin(), playing.end(), name.substr(5)) != playing.end() ? "yes" : "no");
    }

    static const std::map<std::string, std::string> headOf{{"genre", "genre"},
                                                           {"bpm", "tempo"},
                                                           {"mode", "mode"},
                                                           {"key", "tonic"},
                                                           {"metre", "metre"},
                                                           {"lead", "attribute/lead"},
                                                           {"mood", "attribute/mood"},
                                                           {"era", "attribute/era"},
                                                           {"tempo", "attribute/tempo word"},
                                                           {"feel", "attribute/feel"},
                                                           {"energy", "attribute/energy"},
                                                           {"drums", "attribute/drums"}};
    for (const std::string& name : caption.says) {
        if (const auto head = headOf.find(name); head != headOf.end()) result.said.insert(head->second);
    }
    // Only some of the accompanying instruments are named, so their names are looked for in the text.
    const std::map<std::string, bool> named = m_vocabulary.instrumentsNamedIn(result.text);
    for (const std::string& instrument : attributes.instruments) {
        if (named.contains(instrument)) result.said.insert("attribute/with " + instrument);
    }
    return result;
}

std::string CaptionSource::rough(const composer::Sketch& sketch, base::Random& random) const {
    return roughened(corpus::drawCaption(corpus::captionsFor(m_vocabulary, sketch, random), random).text, random);
}

LabelledCaption CaptionSource::training(std::uint64_t seed, std::uint64_t index) const {
    base::Random random = base::Random(seed ^ (index * 0x9e3779b97f4a7c15ull)).stream("training caption");
    // Draws a clip that is not held out, from a range that no corpus will exhaust.
    const std::uint64_t tens = static_cast<std::uint64_t>(random.uniform() * 1e12);
    const std::uint64_t clip = tens * 10 + static_cast<std::uint64_t>(random.integer(1, 9));
    LabelledCaption caption = draw(clip, static_cast<std::uint64_t>(random.uniform() * 0x1p53));
    caption.text = roughened(std::move(caption.text), random);
    return caption;
}

LabelledCaption CaptionSource::heldOut(std::uint64_t seed, std::uint64_t index) const {
    base::Random random = base::Random(seed ^ (index * 0x9e3779b97f4a7c15ull)).stream("held-out caption");
    return draw(static_cast<std::uint64_t>(random.uniform() * 1e12) * 10,
                static_cast<std::uint64_t>(random.uniform() * 0x1p53));
}

} // namespace n2m::training
