/// Fills a library with takes (100,000 by default, or the number in the first argument) and prints the durations of the
/// studio's frequent operations. Not a test: it asserts nothing. The takes have rows and no files.

#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"
#include "tests/storage/ManyTakes.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <random>

#include <time.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;

namespace {

double clockMilliseconds(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(clockid_t clock, const std::function<void()>& work) {
    const double start = clockMilliseconds(clock);
    work();
    return clockMilliseconds(clock) - start;
}

/// The median and the worst of nine runs after a first one, and the processor time, which is more reliable on a busy
/// machine.
void report(const std::string& name, const std::function<std::size_t()>& work) {
    std::size_t found = work();
    std::vector<double> times, processor;
    for (int i = 0; i < 9; ++i)
        processor.push_back(milliseconds(
            CLOCK_THREAD_CPUTIME_ID, [&] { times.push_back(milliseconds(CLOCK_MONOTONIC, [&] { found = work(); })); }));
    std::sort(times.begin(), times.end());
    std::sort(processor.begin(), processor.end());
    fmt::print("{:<40} {:8.2f} ms, at worst {:8.2f}, processor {:8.2f}   {:>6} found\n", name, times[4], times.back(),
               processor[4], found);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100000;
    const LibraryFolder folder;
    fmt::print("{} takes made in {:.1f} s, ", count,
               milliseconds(CLOCK_MONOTONIC, [&] { fillWithTakes(folder.path(), count); }) / 1000.0);
    fmt::print("the database has {:.0f} MB\n",
               static_cast<double>(std::filesystem::file_size(folder.database())) / 1e6);
    report("open and close", [&] { return Library(folder.path()).problems().size(); });
    Library library(folder.path());
    const TakeStore& takes = library.takes();
    const MarkStore& marks = library.marks();
    const auto search = [&](const std::string& text, TakeQuery::Sort sort = TakeQuery::Sort::Created,
                            bool descending = true) {
        static const char* names[] = {"created", "title", "duration", "bpm", "key", "rating"};
        report(fmt::format("'{}' by {}{}", text, names[static_cast<int>(sort)], descending ? "" : ", ascending"), [&] {
            TakeQuery query = TakeQuery::parse(text);
            query.sort = sort;
            query.descending = descending;
            return takes.ids(query).size();
        });
    };
    using Sort = TakeQuery::Sort;
    for (const Sort sort : {Sort::Created, Sort::Title, Sort::Duration, Sort::Bpm, Sort::Key, Sort::Rating}) {
        search("", sort);
        search("", sort, false);
    }
    for (const char* text :
         {"p", "pi", "piano", "slow piano", "\"slow piano\"", "xyzzy", "-piano", "piano -drums",
          "prompt:piano rating:>=4", "key:Am bpm:90..120", "duration:>20", "tag:night", "tag:night piano", "is:starred",
          "is:trashed", "date:2026-11", "file:clip-77", "chords:\"Am F\"", "s"})
        search(text);
    for (const char* text : {"p", "piano", "rating:>=4", "key:Am bpm:90..120"})
        search(text, Sort::Title, false);
    const auto ids = takes.ids();
    std::mt19937 random(2);
    report("a page of 50 rows, anywhere", [&] {
        const auto at = static_cast<std::ptrdiff_t>(random() % (ids.size() - 50));
        return takes.page({ids.begin() + at, ids.begin() + at + 50}).size();
    });
    report("one take in full", [&] { return takes.find(ids[random() % ids.size()]) ? 1u : 0u; });
    report("count", [&] { return takes.count(); });
    report("tags with counts", [&] { return marks.tags().size(); });
    report("star a take (with fsync)", [&] {
        library.marks().setStarred({ids[random() % ids.size()]}, true);
        return 1u;
    });
    report("note on a take (with words and fsync)", [&] {
        library.marks().setNotes({ids[random() % ids.size()]}, "a note");
        return 1u;
    });
    const audio::Clip clip = tone(30.0);
    report("save a clip of 30 s", [&] {
        library.takes().add(clip, facts("saved"));
        return 1u;
    });
    report("changed elsewhere?", [&] { return library.changedElsewhere() ? 1u : 0u; });
    std::vector<std::int64_t> made;
    for (int i = 0; i < 200; ++i)
        made.push_back(library.takes().add(tone(0.1), facts("one of many")).id);
    for (const std::size_t many : {std::size_t{1}, std::size_t{20}, made.size()}) {
        const std::vector<std::int64_t> some(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(many));
        report(fmt::format("{} to the trash and back", many), [&] {
            library.files().trash(some);
            library.files().restore(some);
            return many;
        });
    }
}
