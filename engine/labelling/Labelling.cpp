#include "engine/labelling/Labelling.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/labelling/CaptionList.h"
#include "engine/labelling/DefaultCaptions.h"
#include "engine/labelling/MusicFolder.h"
#include "engine/labelling/VectorFile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <set>
#include <system_error>

namespace n2m::labelling {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t captionsAtOnce = 1024;
constexpr const char* listName = "clips.jsonl";
constexpr const char* copiesName = "audio";

/// A sound file of the set.
struct Sound {
    std::string name;  ///< its path in the folder of music
    std::string audio; ///< its path for clips.jsonl
    std::vector<float> vector;
};

/// Reports the progress of one stage, with the time that is left.
class Stage {
public:
    Stage(const LabellingObserver& observer, std::string name, std::size_t all)
        : m_observer(observer)
        , m_progress{std::move(name), 0, all, -1.0} {}

    /// `fresh`: of the `done` ones, those that took time.
    void report(std::size_t done, std::size_t fresh) {
        m_progress.done = done;
        if (fresh > 0) {
            const std::chrono::duration<double> past = std::chrono::steady_clock::now() - m_begin;
            m_progress.secondsLeft =
                past.count() / static_cast<double>(fresh) * static_cast<double>(m_progress.all - done);
        }
        pulse();
    }
    void pulse() const {
        if (m_observer.progress) m_observer.progress(m_progress);
    }

private:
    const LabellingObserver& m_observer;
    LabellingProgress m_progress;
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

void check(const LabellingOptions& options) {
    if (options.nearest < 1 || options.nearest > 10000)
        throw base::InvalidInput("{} nearest captions are not between 1 and 10000", options.nearest);
    if (options.draw < 1 || options.draw > options.nearest)
        throw base::InvalidInput("{} captions cannot be drawn from the {} nearest ones", options.draw, options.nearest);
    if (options.set.empty()) throw base::InvalidInput("name a folder for the data set with -o");
}

std::vector<std::string> candidatesOf(const fs::path& file, CaptionKind kind, std::size_t defaults) {
    std::vector<std::string> texts;
    if (!file.empty()) {
        texts = CaptionList::read(file, kind).captions();
        if (texts.empty())
            throw base::InvalidInput("{}: has no captions in it; write one per line", base::printable(file.string()));
        return texts;
    }
    for (FactualCaption& caption : defaultCaptions(kind, defaults))
        texts.push_back(std::move(caption.text));
    return texts;
}

void prepareSet(const fs::path& set) {
    std::error_code error;
    fs::create_directories(set, error);
    if (error) throw base::Failure(base::within(base::printable(set.string()), std::system_error(error)));
    if (fs::exists(set / listName, error) && !fs::exists(set / VectorFile::name, error))
        throw base::InvalidInput("{}: is a data set that was made otherwise, and would be lost; choose another folder",
                                 base::printable(set.string()));
}

/// The path of a sound file for a data set: relative if it is inside, so that the set can be moved, else whole.
std::string audioPath(const fs::path& file, const fs::path& set) {
    const fs::path relative = file.lexically_relative(set);
    const bool inside = !relative.empty() && relative.begin()->string() != "..";
    return (inside ? relative : file).generic_string();
}

std::string copyInto(const fs::path& set, const fs::path& file, const std::string& name) {
    const fs::path relative = fs::path(copiesName) / name, target = set / relative;
    std::error_code error;
    if (fs::exists(target, error) && VectorFile::stampOf(target) == VectorFile::stampOf(file))
        return relative.generic_string();
    fs::path part = target;
    part += ".part";
    fs::create_directories(target.parent_path(), error);
    if (!error) fs::copy_file(file, part, fs::copy_options::overwrite_existing, error);
    // The time of the original, by which the next run sees that the copy is complete.
    if (!error) fs::last_write_time(part, fs::last_write_time(file, error), error);
    if (!error) fs::rename(part, target, error);
    if (!error) return relative.generic_string();
    std::error_code ignored;
    fs::remove(part, ignored);
    throw base::Failure("{}: cannot be copied: {}", base::printable(file.string()),
                        base::Message::verbatim(error.message()));
}

/// A tenth of the clips, by their names, so that more files do not change the split of those that are there.
bool isHeldOut(const std::string& name) {
    return base::Random(0).stream("split").stream(name).uniform() < 0.1;
}

std::string lineOf(const Sound& sound, bool heldOut, const std::vector<std::string>& longs,
                   const std::vector<ScoredCaption>& drawnLongs, const std::vector<std::string>& shorts,
                   const std::vector<ScoredCaption>& drawnShorts) {
    ordered_json line, similarities;
    const auto add = [&](const char* kind, const std::vector<std::string>& texts,
                         const std::vector<ScoredCaption>& drawn) {
        line["captions"][kind] = ordered_json::array();
        similarities[kind] = ordered_json::array();
        for (const ScoredCaption& scored : drawn) {
            line["captions"][kind].push_back(texts[scored.caption]);
            similarities[kind].push_back(std::round(static_cast<double>(scored.similarity) * 1000.0) / 1000.0);
        }
    };
    line["audio"] = sound.audio;
    add("long", longs, drawnLongs);
    add("short", shorts, drawnShorts);
    line["split"] = heldOut ? "heldout" : "train";
    line["attributes"] = {{"labels", "noise2music label"}, {"similarities", similarities}};
    return line.dump() + "\n";
}

std::size_t different(const std::vector<std::vector<ScoredCaption>>& drawn) {
    std::set<std::size_t> all;
    for (const auto& list : drawn) {
        for (const ScoredCaption& scored : list)
            all.insert(scored.caption);
    }
    return all.size();
}

/// Listens to every file, or remembers it. Those that cannot be read are left out.
std::vector<Sound> listen(const MusicFolder& music, const LabellingOptions& options, const Embedder& embedder,
                          const LabellingObserver& observer, LabellingReport& report) {
    const auto skip = [&](const std::string& line) {
        ++report.skipped;
        if (observer.skipped) observer.skipped(line);
    };
    for (const Skipped& skipped : music.skipped)
        skip(skipped.line);
    const fs::path set = fs::canonical(options.set);
    const audio::LogMel analysis;
    VectorFile vectors(options.set, embedder.identity);
    Stage stage(observer, "listening", music.files.size());
    std::vector<Sound> sounds;
    for (std::size_t n = 0; n < music.files.size(); ++n) {
        stage.report(n, report.heard);
        const fs::path file = music.folder / music.files[n];
        const std::string name = music.files[n].generic_string();
        const VectorFile::Stamp stamp = VectorFile::stampOf(file);
        const SoundVector* vector = vectors.find(name, stamp);
        if (!vector) {
            std::exception_ptr stopped;
            const auto pulse = [&] {
                try {
                    stage.pulse();
                } catch (...) {
                    stopped = std::current_exception();
                    throw;
                }
            };
            SoundVector heard;
            try {
                heard = soundVector(file, analysis, embedder, pulse);
            } catch (const base::Failure& failure) {
                if (stopped) std::rethrow_exception(stopped);
                skip(failure.what());
                continue;
            }
            vector = &vectors.add(name, stamp, std::move(heard));
            ++report.heard;
        }
        report.seconds += vector->seconds;
        sounds.push_back({name, audioPath(file, set), vector->vector});
    }
    stage.report(music.files.size(), report.heard);
    return sounds;
}

} // namespace

std::vector<std::vector<ScoredCaption>> nearestOf(const std::vector<std::vector<float>>& clips,
                                                  const std::vector<std::string>& candidates, std::size_t keep,
                                                  const Embedder& embedder,
                                                  const std::function<void(std::size_t done)>& pulse) {
    NearestCaptions nearest(clips, keep);
    for (std::size_t begin = 0; begin < candidates.size(); begin += captionsAtOnce) {
        if (pulse) pulse(begin);
        const std::size_t count = std::min(captionsAtOnce, candidates.size() - begin);
        nearest.add(embedder.texts(std::span(candidates).subspan(begin, count)));
    }
    if (pulse) pulse(candidates.size());
    return nearest.result();
}

LabellingReport labelMusic(const LabellingOptions& options, const Embedder& embedder,
                           const LabellingObserver& observer) {
    check(options);
    const auto longs = candidatesOf(options.longFile, CaptionKind::Long, options.longDefaults);
    const auto shorts = candidatesOf(options.shortFile, CaptionKind::Short, options.shortDefaults);
    const MusicFolder music = findMusic(options.music, options.set);
    prepareSet(options.set);
    if (options.copy && fs::canonical(options.set) == music.folder)
        throw base::InvalidInput("the music is in the folder of the data set already; leave out --copy");

    LabellingReport report;
    std::vector<Sound> sounds = listen(music, options, embedder, observer, report);
    if (sounds.empty())
        throw base::Failure("{}: none of its {} files could be read", base::printable(options.music.string()),
                            report.skipped);
    if (options.copy) {
        Stage stage(observer, "copying", sounds.size());
        for (std::size_t n = 0; n < sounds.size(); ++n) {
            stage.report(n, n);
            sounds[n].audio = copyInto(options.set, music.folder / sounds[n].name, sounds[n].name);
        }
    }

    std::vector<std::vector<float>> clips;
    std::vector<std::string> names;
    for (const Sound& sound : sounds) {
        clips.push_back(sound.vector);
        names.push_back(sound.name);
    }
    Stage stage(observer, "captions", longs.size() + shorts.size());
    const auto drawn = [&](const std::vector<std::string>& texts, std::size_t before, std::uint64_t purpose) {
        const auto nearest = nearestOf(clips, texts, options.nearest, embedder,
                                       [&](std::size_t done) { stage.report(before + done, before + done); });
        return drawRareCaptions(nearest, names, options.draw, base::derivedSeed(options.seed, purpose));
    };
    const auto drawnLongs = drawn(longs, 0, 0), drawnShorts = drawn(shorts, longs.size(), 1);

    // All of a few clips might be held out, and none would be left to train on.
    const bool anyToTrain =
        std::any_of(names.begin(), names.end(), [](const std::string& name) { return !isHeldOut(name); });
    base::AtomicFile list(options.set / listName);
    for (std::size_t n = 0; n < sounds.size(); ++n)
        list.write(lineOf(sounds[n], anyToTrain && isHeldOut(names[n]), longs, drawnLongs[n], shorts, drawnShorts[n]));
    list.commit();
    report.clips = sounds.size();
    report.longCaptions = longs.size();
    report.shortCaptions = shorts.size();
    report.differentLongs = different(drawnLongs);
    report.differentShorts = different(drawnShorts);
    return report;
}

} // namespace n2m::labelling
