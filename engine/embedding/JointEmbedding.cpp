#include "engine/embedding/JointEmbedding.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Utf8.h"
#include "engine/embedding/EmbeddingModel.h"
#include "engine/model/StageConfig.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace n2m::embedding {

using torch::Tensor;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t textsAtOnce = 64, windowsAtOnce = 8;
constexpr auto bands = static_cast<std::size_t>(AudioTower::bands);
constexpr auto windowFrames = static_cast<std::size_t>(AudioTower::windowFrames);

std::vector<std::vector<float>> rowsOf(const Tensor& matrix) {
    const Tensor rows = matrix.contiguous();
    std::vector<std::vector<float>> result;
    for (std::int64_t row = 0; row < rows.size(0); ++row) {
        const float* begin = rows.data_ptr<float>() + row * rows.size(1);
        result.emplace_back(begin, begin + rows.size(1));
    }
    return result;
}

// FNV-1a (Fowler, Noll, Vo) over both files.
std::string identityOf(const fs::path& folder) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char* name : {embeddingConfigFile, embeddingWeightsFile}) {
        std::ifstream stream(folder / name, std::ios::binary);
        std::vector<char> block(1 << 20);
        while (stream) {
            stream.read(block.data(), static_cast<std::streamsize>(block.size()));
            for (std::streamsize n = 0; n < stream.gcount(); ++n)
                hash = (hash ^ static_cast<unsigned char>(block[static_cast<std::size_t>(n)])) * 0x100000001b3ULL;
        }
    }
    return fmt::format("{:016x}", hash);
}

fs::path folderIn(const fs::path& folder) {
    std::error_code ignored;
    if (fs::exists(folder / embeddingConfigFile, ignored) || !fs::exists(folder / "cascade.json", ignored))
        return folder;
    const model::CascadeConfig cascade = model::readCascade(folder / "cascade.json");
    if (cascade.embedding.empty()) {
        throw base::Failure("{}: this bundle has no joint embedding: train one (noise2music train embedding)",
                            base::printable(folder.string()));
    }
    return folder / cascade.embedding;
}

// Where the windows of a clip begin and how long they are, in any unit.
std::vector<std::size_t> windowStarts(std::size_t length, std::size_t window) {
    std::vector<std::size_t> starts;
    for (std::size_t from = 0; from + window <= length; from += window)
        starts.push_back(from);
    if (starts.empty())
        starts.push_back(0);
    else if (length % window >= window / 2)
        starts.push_back(length - window);
    return starts;
}

} // namespace

struct JointEmbedding::Shared {
    std::shared_ptr<EmbeddingModel> model;
    std::string identity;
    audio::LogMel analysis;

    // Log-mel levels [bands, frames] → unit vectors [windows, dimensions]
    Tensor windows(const std::vector<Tensor>& levels) const {
        const torch::NoGradGuard noGradients;
        std::vector<Tensor> vectors;
        for (std::size_t from = 0; from < levels.size(); from += windowsAtOnce) {
            const auto end =
                levels.begin() + static_cast<std::ptrdiff_t>(std::min(levels.size(), from + windowsAtOnce));
            const std::vector<Tensor> some(levels.begin() + static_cast<std::ptrdiff_t>(from), end);
            vectors.push_back(model->audio().forward(AudioTower::batchOf(torch::stack(some))));
        }
        return torch::cat(vectors);
    }
};

JointEmbedding::JointEmbedding(std::shared_ptr<Shared> shared)
    : m_shared(std::move(shared)) {}

JointEmbedding JointEmbedding::load(const fs::path& folder) {
    const fs::path place = folderIn(folder);
    auto shared = std::make_shared<Shared>();
    shared->model = EmbeddingModel::load(place);
    shared->identity = identityOf(place);
    return JointEmbedding(std::move(shared));
}

int JointEmbedding::dimensions() const {
    return m_shared->model->config().dimensions;
}

double JointEmbedding::scale() const {
    return m_shared->model->scale().item<double>();
}

const std::string& JointEmbedding::identity() const {
    return m_shared->identity;
}

std::vector<float> JointEmbedding::text(const std::string& text) const {
    return texts({&text, 1}).front();
}

std::vector<std::vector<float>> JointEmbedding::texts(std::span<const std::string> texts) const {
    for (const std::string& text : texts) {
        if (!base::isUtf8(text)) throw base::InvalidInput("the text is not valid UTF-8");
    }
    const torch::NoGradGuard noGradients;
    std::vector<std::vector<float>> result;
    for (std::size_t from = 0; from < texts.size(); from += textsAtOnce) {
        const std::span<const std::string> some = texts.subspan(from, std::min(textsAtOnce, texts.size() - from));
        TextTower& tower = m_shared->model->text();
        auto rows = rowsOf(tower.forward(tower.batchOf({some.begin(), some.end()})));
        result.insert(result.end(), rows.begin(), rows.end());
    }
    return result;
}

std::vector<std::vector<float>> JointEmbedding::windows(const audio::Clip& clip) const {
    if (clip.samples.empty() || clip.channels < 1 || clip.sampleRate < 1)
        throw base::InvalidInput("a clip without sound has no embedding");
    const audio::MelConfig& config = m_shared->analysis.config();
    audio::Clip mono = clip.mono();
    audio::normaliseLoudness(mono);
    if (mono.sampleRate != config.sampleRate)
        mono.samples = audio::resampleFourier(mono.samples, mono.sampleRate, config.sampleRate);

    // Window by window, so that the memory does not grow with the clip.
    const std::size_t length = windowFrames * static_cast<std::size_t>(config.hop);
    const std::size_t shortest = static_cast<std::size_t>(AudioTower::shortestFrames * config.hop);
    mono.samples.resize(std::max(mono.samples.size(), shortest), 0.0f);
    std::vector<std::vector<float>> result;
    for (const std::size_t from : windowStarts(mono.samples.size(), length)) {
        const std::size_t count = std::min(length, mono.samples.size() - from);
        std::vector<float> levels = m_shared->analysis.analyse(std::span(mono.samples).subspan(from, count));
        const auto frames = static_cast<std::int64_t>(levels.size() / bands);
        result.push_back(
            rowsOf(m_shared->windows({torch::from_blob(levels.data(), {AudioTower::bands, frames})})).front());
    }
    return result;
}

std::vector<float> JointEmbedding::clip(const audio::Clip& clip) const {
    return meanOf(windows(clip));
}

std::vector<std::vector<float>> JointEmbedding::clips(std::span<const audio::Clip> clips) const {
    std::vector<std::vector<float>> result;
    for (const audio::Clip& each : clips)
        result.push_back(clip(each));
    return result;
}

std::vector<float> JointEmbedding::logMel(std::span<const float> levels) const {
    if (levels.empty() || levels.size() % bands != 0)
        throw base::InvalidInput("a log-mel spectrogram of {} bands has a multiple of that many values", bands);
    const std::size_t frames = levels.size() / bands;
    Tensor all =
        torch::from_blob(const_cast<float*>(levels.data()), {AudioTower::bands, static_cast<std::int64_t>(frames)});
    if (all.size(1) < AudioTower::shortestFrames)
        all = torch::cat({all, torch::full({AudioTower::bands, AudioTower::shortestFrames - all.size(1)}, -1.0)}, 1);
    std::vector<Tensor> parts;
    for (const std::size_t from : windowStarts(static_cast<std::size_t>(all.size(1)), windowFrames))
        parts.push_back(
            all.narrow(1, static_cast<std::int64_t>(from), std::min(AudioTower::windowFrames, all.size(1))));
    return meanOf(rowsOf(m_shared->windows(parts)));
}

double similarity(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size())
        throw base::InvalidInput("vectors of {} and {} dimensions cannot be compared", a.size(), b.size());
    double sum = 0.0;
    for (std::size_t n = 0; n < a.size(); ++n)
        sum += static_cast<double>(a[n]) * static_cast<double>(b[n]);
    return sum;
}

std::vector<float> meanOf(std::span<const std::vector<float>> vectors) {
    if (vectors.empty()) throw base::InvalidInput("there is no vector to take the mean of");
    std::vector<double> sum(vectors.front().size());
    for (const std::vector<float>& vector : vectors) {
        for (std::size_t n = 0; n < sum.size(); ++n)
            sum[n] += static_cast<double>(vector.at(n));
    }
    double square = 0.0;
    for (const double value : sum)
        square += value * value;
    const double length = std::max(std::sqrt(square), 1e-12);
    std::vector<float> result;
    for (const double value : sum)
        result.push_back(static_cast<float>(value / length));
    return result;
}

} // namespace n2m::embedding
