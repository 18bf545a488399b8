#include "engine/corpus/Corpus.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/composer/Composer.h"
#include "engine/corpus/Captions.h"
#include "engine/corpus/Renderer.h"
#include "engine/plan/PlanJson.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace n2m::corpus {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string audioName(std::uint64_t seed) {
    return fmt::format("clip-{:08}.flac", seed);
}

std::vector<std::string> textsOf(const std::vector<Caption>& captions) {
    std::vector<std::string> texts;
    for (const Caption& caption : captions)
        texts.push_back(caption.text);
    return texts;
}

json attributesJson(const composer::Sketch& sketch) {
    const composer::Attributes& attributes = sketch.attributes;
    json result = labels(attributes);
    result["bpm"] = attributes.bpm;
    result["metre"] = attributes.beatsPerBar;
    result["energyLevel"] = std::round(attributes.energy * 1000.0) / 1000.0;
    result["drums"] = attributes.drums;
    result["instruments"] = attributes.instruments;
    result["unusualLead"] = attributes.unusualLead;
    result["reserved"] = attributes.reserved;
    return result;
}

std::string lineFor(const composer::Vocabulary& vocabulary, const composer::Sketch& sketch,
                    const composer::Piece& piece) {
    base::Random random = base::Random(sketch.seed).stream("captions");
    const Captions captions = captionsFor(vocabulary, sketch, random);
    const json line{
        {"audio", audioName(sketch.seed)},
        {"captions",
         {{"long", textsOf(captions.longs)}, {"short", textsOf(captions.shorts)}, {"tags", textsOf(captions.tags)}}},
        {"plan", plan::toJson(piece.plan)},
        {"attributes", attributesJson(sketch)},
        {"seed", sketch.seed},
        {"split", composer::isHeldOut(sketch.seed) ? "heldout" : "train"}};
    return line.dump() + "\n";
}

/// The lines of clips.jsonl by seed. A line that a kill cut short is missing, as is one without its sound.
std::map<std::uint64_t, std::string> readLines(const fs::path& folder, bool& damaged) {
    std::map<std::uint64_t, std::string> lines;
    std::ifstream stream(folder / "clips.jsonl", std::ios::binary);
    std::uint64_t before = 0;
    for (std::string line; std::getline(stream, line);) {
        const json parsed = json::parse(line, nullptr, false);
        const bool whole = !stream.eof() && parsed.is_object() && parsed.contains("seed") && parsed.contains("audio") &&
                           parsed["seed"].is_number_unsigned() && parsed["audio"].is_string();
        if (!whole || !fs::exists(folder / parsed["audio"].get<std::string>())) {
            damaged = true;
            continue;
        }
        const auto seed = parsed["seed"].get<std::uint64_t>();
        damaged = damaged || (!lines.empty() && seed <= before);
        before = seed;
        lines[seed] = line + "\n";
    }
    return lines;
}

void writeLines(const fs::path& folder, const std::map<std::uint64_t, std::string>& lines) {
    base::AtomicFile file(folder / "clips.jsonl");
    for (const auto& entry : lines)
        file.write(entry.second);
    file.commit();
}

/// Appends in one write, so that a kill leaves at most a cut last line.
void appendLine(const fs::path& file, const std::string& line) {
    std::FILE* stream = std::fopen(file.c_str(), "ab");
    const bool written = stream && std::fwrite(line.data(), 1, line.size(), stream) == line.size();
    const bool closed = stream && std::fclose(stream) == 0;
    if (!written || !closed) throw base::Failure("{}: cannot be written", base::printable(file.string()));
}

/// The threads that render; the caller's thread takes their lines.
class RenderingThreads {
public:
    RenderingThreads(const CorpusOptions& options, std::vector<std::uint64_t> seeds)
        : m_options(options)
        , m_seeds(std::move(seeds)) {}
    ~RenderingThreads() {
        m_stop = true;
        for (std::thread& thread : m_threads)
            thread.join();
    }
    RenderingThreads(const RenderingThreads&) = delete;
    RenderingThreads& operator=(const RenderingThreads&) = delete;

    void start() {
        const int count = std::min(m_options.threads, static_cast<int>(m_seeds.size()));
        for (int n = 0; n < count; ++n)
            m_threads.emplace_back([this] { work(); });
    }

    /// Waits for the line of the n-th seed. Rethrows an error of a thread.
    std::string take(std::size_t n) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_error || m_lines.contains(n); });
        if (m_error) std::rethrow_exception(m_error);
        return m_lines.extract(n).mapped();
    }

private:
    void work() {
        try {
            Renderer renderer(m_options.soundfont.empty() ? findSoundfont() : m_options.soundfont);
            while (!m_stop) {
                const std::size_t n = m_next++;
                if (n >= m_seeds.size()) break;
                const composer::Sketch sketch = composer::drawSketch(m_vocabulary, m_seeds[n], m_options.seconds);
                const composer::Piece piece = composer::compose(m_vocabulary, sketch, m_options.seconds);
                audio::writeSoundFile(m_options.folder / audioName(sketch.seed), renderer.render(piece),
                                      audio::SampleFormat::Pcm16);
                const std::string line = lineFor(m_vocabulary, sketch, piece);
                const std::lock_guard lock(m_mutex);
                m_lines.emplace(n, line);
                m_changed.notify_one();
            }
        } catch (...) {
            const std::lock_guard lock(m_mutex);
            m_error = std::current_exception();
            m_changed.notify_one();
        }
    }

    const CorpusOptions& m_options;
    const composer::Vocabulary m_vocabulary;
    std::vector<std::uint64_t> m_seeds;
    std::atomic<std::size_t> m_next{0};
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::size_t, std::string> m_lines;
    std::exception_ptr m_error;
    std::vector<std::thread> m_threads;
};

void check(const CorpusOptions& options) {
    if (options.clips < 1 || options.clips > 10000000)
        throw base::InvalidInput("{} clips are not between 1 and 10000000", options.clips);
    if (!(options.seconds >= 1.0 && options.seconds <= 600.0))
        throw base::InvalidInput("clips of {} s are not between 1 and 600 s", options.seconds);
    if (options.threads < 1 || options.threads > 256)
        throw base::InvalidInput("{} threads are not between 1 and 256", options.threads);
    if (options.seed > UINT64_MAX - static_cast<std::uint64_t>(options.clips))
        throw base::InvalidInput("the seed leaves no room for that many clips");
}

} // namespace

void writeCorpus(const CorpusOptions& options, const std::function<void(const CorpusProgress&)>& progress) {
    check(options);
    std::error_code error;
    fs::create_directories(options.folder, error);
    if (error) throw base::Failure(base::within(base::printable(options.folder.string()), std::system_error(error)));

    bool damaged = false;
    std::map<std::uint64_t, std::string> lines = readLines(options.folder, damaged);
    if (damaged) writeLines(options.folder, lines);
    std::vector<std::uint64_t> missing;
    for (int n = 0; n < options.clips; ++n) {
        const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(n);
        if (!lines.contains(seed)) missing.push_back(seed);
    }

    CorpusProgress report;
    report.clips = options.clips;
    report.skipped = report.done = options.clips - static_cast<int>(missing.size());
    if (progress) progress(report);
    const bool append = lines.empty() || (!missing.empty() && lines.rbegin()->first < missing.front());
    const auto begin = std::chrono::steady_clock::now();
    RenderingThreads threads(options, missing);
    threads.start();
    for (std::size_t n = 0; n < missing.size(); ++n) {
        const std::string line = threads.take(n);
        appendLine(options.folder / "clips.jsonl", line);
        if (!append) lines[missing[n]] = line;
        ++report.done;
        report.secondsPerClip = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() /
                                static_cast<double>(n + 1);
        if (progress) progress(report);
    }
    if (!append && !missing.empty()) writeLines(options.folder, lines);
}

} // namespace n2m::corpus
