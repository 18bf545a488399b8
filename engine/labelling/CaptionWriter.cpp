#include "engine/labelling/CaptionWriter.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/labelling/CaptionList.h"
#include "engine/labelling/Priming.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace n2m::labelling {

namespace {

constexpr int mostEmptyAnswers = 20;

/// The text of the file as it is to be, and when it was last written.
class GrowingFile {
public:
    using Clock = std::chrono::steady_clock;

    explicit GrowingFile(std::filesystem::path file)
        : m_file(std::move(file)) {
        std::error_code ignored;
        if (std::filesystem::exists(m_file, ignored)) m_text = base::readTextFile(m_file, std::size_t{1} << 30);
        if (!m_text.empty() && m_text.back() != '\n') m_text += '\n';
    }

    void add(const std::string& caption) {
        m_text += caption + "\n";
        m_changed = true;
    }

    /// Writes at most every five seconds, and less often where writing takes long.
    void saveNowAndThen() {
        if (Clock::now() - m_saved > std::max<Clock::duration>(std::chrono::seconds(5), 20 * m_took)) save();
    }
    void save() {
        if (!m_changed) return;
        const auto begin = Clock::now();
        base::writeTextFile(m_file, m_text);
        m_saved = Clock::now();
        m_took = m_saved - begin;
        m_changed = false;
    }

private:
    std::filesystem::path m_file;
    std::string m_text;
    bool m_changed = false;
    Clock::time_point m_saved = Clock::now();
    Clock::duration m_took{};
};

} // namespace

CaptionWriterReport writeCaptions(const CaptionWriterOptions& options, const Ask& ask,
                                  const std::function<void(const CaptionWriterReport&)>& progress) {
    if (options.count < 1 || options.count > 10000000)
        throw base::InvalidInput("{} captions are not between 1 and 10000000", options.count);
    Priming priming;
    if (!options.songs.empty()) priming.takeSongs(options.songs);
    std::error_code ignored;
    CaptionList list;
    if (std::filesystem::exists(options.file, ignored)) list = CaptionList::read(options.file, options.kind);
    GrowingFile file(options.file);

    CaptionWriterReport report;
    report.captions = list.size();
    int attempt = 0; // since the last new caption
    try {
        while (list.size() < options.count) {
            if (progress) progress(report);
            if (attempt >= mostEmptyAnswers)
                throw base::Failure("the last {} answers had no new caption in them; try a higher --temperature, "
                                    "another --model, or --songs of your own",
                                    mostEmptyAnswers);
            const std::uint64_t purpose = base::derivedSeed(list.size(), static_cast<std::uint64_t>(attempt));
            base::Random draws(base::derivedSeed(options.seed, purpose));
            const Song song = priming.draw(draws);
            const ChatReply reply = ask(priming.turnsFor(song, options.kind), base::derivedSeed(options.seed, purpose));
            ++report.answers;
            ++attempt;
            const auto found = captionsIn(reply, options.kind, {song.title, song.artist});
            if (found.empty()) ++report.refused;
            for (const std::string& caption : found) {
                if (!list.add(caption)) {
                    ++report.refused;
                    continue;
                }
                file.add(caption);
                ++report.written;
                attempt = 0;
            }
            report.captions = list.size();
            file.saveNowAndThen();
        }
    } catch (...) {
        file.save();
        throw;
    }
    file.save();
    if (progress) progress(report);
    return report;
}

} // namespace n2m::labelling
