#include "engine/evaluation/Detectors.h"

#include "engine/base/Assets.h"
#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace n2m::evaluation {

using torch::Tensor;

namespace {

constexpr const char* format = "noise2music detectors 1";
constexpr std::int64_t groups = 20;

std::string headsAsJson(const std::vector<Head>& heads) {
    nlohmann::ordered_json json;
    for (const Head& head : heads)
        json[head.name] = head.labels;
    return json.dump();
}

std::vector<Head> headsFromJson(const std::string& text) {
    std::vector<Head> heads;
    const auto json = nlohmann::ordered_json::parse(text);
    for (const auto& [name, labels] : json.items())
        heads.push_back({name, labels.get<std::vector<std::string>>()});
    return heads;
}

/// Mean and deviation over time of groups of bands, in every ten seconds.
Tensor statisticsOf(const Spectrogram& spectrogram) {
    const auto frames = static_cast<std::int64_t>(spectrogram.frames());
    const std::int64_t window = AttributeClassifier::window * AttributeClassifier::framesPerStep;
    const Tensor mel = torch::from_blob(const_cast<float*>(spectrogram.values.data()), {spectrogram.bands, frames});
    std::vector<Tensor> rows;
    for (std::int64_t from = 0; from == 0 || from + window <= frames; from += window) {
        const Tensor part = mel.narrow(1, from, std::min(window, frames - from));
        const auto pooled = [&](const Tensor& perBand) { return perBand.view({groups, -1}).mean(1); };
        rows.push_back(torch::cat({pooled(part.mean(1)), pooled(part.std(1, false))}));
    }
    return torch::stack(rows) * 10.0; // makes distances of a size that is easy to read
}

} // namespace

Detectors::Detectors(std::shared_ptr<AttributeClassifier> classifier, ChordProbe chords, Tensor mean, Tensor projection)
    : m_classifier(std::move(classifier))
    , m_chords(std::move(chords))
    , m_mean(std::move(mean))
    , m_projection(std::move(projection)) {}

Detectors::Detectors(const std::filesystem::path& file)
    : m_chords(torch::zeros({1, 12})) {
    const model::SafetensorsFile tensors(file);
    const auto& metadata = tensors.metadata();
    if (const auto found = metadata.find("format"); found == metadata.end() || found->second != format)
        throw base::Failure("{}: this is not a file of detectors (noise2music train detectors makes one)",
                            file.string());
    try {
        m_classifier = std::make_shared<AttributeClassifier>(headsFromJson(metadata.at("heads")));
        m_about = metadata.at("about");
        m_chords = ChordProbe(tensors.tensor("chords").to(torch::kFloat));
    } catch (const nlohmann::json::exception&) {
        throw base::Failure("{}: the list of attributes is damaged", file.string());
    } catch (const std::logic_error& error) {
        throw base::Failure(base::within(file.string(), error));
    }
    std::map<std::string, Tensor> classifier;
    const std::string prefix = "classifier.";
    for (const std::string& name : tensors.names())
        if (name.starts_with(prefix)) classifier[name.substr(prefix.size())] = tensors.tensor(name);
    model::loadParameters(*m_classifier, classifier, file.string());
    m_mean = tensors.tensor("mean").to(torch::kFloat);
    m_projection = tensors.tensor("projection").to(torch::kFloat);
    if (m_mean.sizes() != torch::IntArrayRef{AttributeClassifier::featureCount} ||
        m_projection.sizes() != torch::IntArrayRef{AttributeClassifier::featureCount, featureCount})
        throw base::Failure("{}: the tensors mean and projection have other shapes", file.string());
}

void Detectors::save(const std::filesystem::path& file, const std::string& about) const {
    std::map<std::string, Tensor> tensors{
        {"chords", m_chords.weights()}, {"mean", m_mean}, {"projection", m_projection}};
    for (const auto& [name, tensor] : model::parametersOf(*m_classifier))
        tensors["classifier." + name] = tensor;
    model::writeSafetensors(file, tensors,
                            {{"format", format}, {"heads", headsAsJson(m_classifier->heads())}, {"about", about}});
}

Hearing Detectors::hear(const Spectrogram& spectrogram) const {
    Hearing hearing;
    hearing.tempo = detectTempo(spectrogram);
    hearing.attributes = m_classifier->hear(spectrogram);
    hearing.features = (hearing.attributes.features - m_mean).matmul(m_projection);
    hearing.statistics = statisticsOf(spectrogram);
    return hearing;
}

bool Detectors::knows(const std::string& head, const std::string& label) const {
    return std::any_of(heads().begin(), heads().end(), [&](const Head& known) {
        return known.name == head && std::find(known.labels.begin(), known.labels.end(), label) != known.labels.end();
    });
}

std::filesystem::path bundledDetectors() {
    return base::assetsFolder() / "detectors" / "detectors.safetensors";
}

} // namespace n2m::evaluation
