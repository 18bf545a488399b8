#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <mutex>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

/// Several programs or threads work with one library at the same time; each has a Library of its own.
class SharedLibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadsShareTheQueue();
    void programsShareTheQueue();
    void threadsSaveAtOnce();
    void programsCreateAtOnce();
    void readsWhileAnotherWrites();
};

void SharedLibraryTest::threadsShareTheQueue() {
    const LibraryFolder folder;
    constexpr int jobs = 40;
    {
        Library library(folder.path());
        for (int i = 0; i < jobs; ++i)
            library.jobs().add({"{}", "job", static_cast<std::uint64_t>(i), 1, 1});
    }
    std::mutex mutex;
    std::vector<std::int64_t> taken;
    std::vector<std::thread> programs;
    for (int i = 0; i < 4; ++i)
        programs.emplace_back([&] {
            Library library(folder.path());
            while (const auto job = library.jobs().next()) {
                library.jobs().recover(); // harmless at any time
                library.jobs().fail(job->id, base::Message("done for the test"));
                const std::scoped_lock lock(mutex);
                taken.push_back(job->id);
            }
        });
    for (std::thread& program : programs)
        program.join();
    std::sort(taken.begin(), taken.end());
    QCOMPARE(taken.size(), std::size_t{jobs});
    QVERIFY(std::adjacent_find(taken.begin(), taken.end()) == taken.end()); // none twice
    Library library(folder.path());
    for (const Job& job : library.jobs().list())
        QCOMPARE(job.state, JobState::Failed);
}

void SharedLibraryTest::programsShareTheQueue() {
    const LibraryFolder folder;
    constexpr int jobs = 30, programs = 3;
    {
        Library library(folder.path()); // closed again: SQLite's connections must not be carried over a fork
        for (int i = 0; i < jobs; ++i)
            library.jobs().add({"{}", "job", static_cast<std::uint64_t>(i), 1, 1});
    }
    int results[2];
    QCOMPARE(pipe(results), 0);
    for (int i = 0; i < programs; ++i) {
        if (fork() != 0) continue;
        try {
            Library other(folder.path());
            while (const auto job = other.jobs().next()) {
                const Take take = other.takes().add(tone(0.05), facts("from a queue", job->seed));
                other.jobs().finish(job->id, take.id);
                if (write(results[1], &job->id, sizeof job->id) != sizeof job->id) _exit(2);
            }
        } catch (const std::exception& error) {
            fprintf(stderr, "%s\n", error.what());
            _exit(1);
        }
        _exit(0);
    }
    Library library(folder.path());
    for (int i = 0; i < programs; ++i) {
        int status = 0;
        wait(&status);
        QCOMPARE(status, 0);
    }
    close(results[1]);
    std::vector<std::int64_t> taken;
    for (std::int64_t id = 0; read(results[0], &id, sizeof id) == sizeof id;)
        taken.push_back(id);
    close(results[0]);
    std::sort(taken.begin(), taken.end());
    QCOMPARE(taken.size(), std::size_t{jobs});
    QVERIFY(std::adjacent_find(taken.begin(), taken.end()) == taken.end());
    QCOMPARE(library.takes().count(), std::size_t{jobs});
    QVERIFY(library.files().verify(true).clean());
    for (const Job& job : library.jobs().list())
        QVERIFY(job.state == JobState::Done && library.takes().find(*job.take)->seed == job.seed);
}

void SharedLibraryTest::threadsSaveAtOnce() {
    const LibraryFolder folder;
    std::vector<std::thread> programs;
    std::atomic<int> failures = 0;
    for (int i = 0; i < 3; ++i)
        programs.emplace_back([&] {
            try {
                Library library(folder.path());
                for (int n = 0; n < 5; ++n)
                    library.takes().add(tone(0.05), facts("all of one name"));
            } catch (const std::exception& error) {
                fprintf(stderr, "%s\n", error.what());
                ++failures;
            }
        });
    for (std::thread& program : programs)
        program.join();
    QCOMPARE(failures.load(), 0);
    Library library(folder.path());
    QCOMPARE(library.takes().count(), std::size_t{15});
    std::vector<fs::path> files;
    for (const Take& take : library.takes().page(library.takes().ids()))
        files.push_back(take.file);
    std::sort(files.begin(), files.end());
    QVERIFY(std::adjacent_find(files.begin(), files.end()) == files.end());
    QVERIFY(library.files().verify(true).clean());
}

void SharedLibraryTest::programsCreateAtOnce() {
    for (int round = 0; round < 5; ++round) {
        const LibraryFolder folder;
        constexpr int programs = 4;
        for (int i = 0; i < programs; ++i) {
            if (fork() != 0) continue;
            try {
                Library library(folder.path());
                library.settings().setFlag(fmt::format("program {}", i), true);
            } catch (const std::exception& error) {
                fprintf(stderr, "%s\n", error.what());
                _exit(1);
            }
            _exit(0);
        }
        for (int i = 0; i < programs; ++i) {
            int status = 0;
            wait(&status);
            QCOMPARE(status, 0);
        }
        Library library(folder.path());
        for (int i = 0; i < programs; ++i)
            QVERIFY(library.settings().flag(fmt::format("program {}", i)));
    }
}

void SharedLibraryTest::readsWhileAnotherWrites() {
    const LibraryFolder folder;
    Library library(folder.path());
    std::atomic<bool> done = false;
    std::thread writer([&] {
        Library other(folder.path());
        for (int i = 0; i < 20; ++i)
            other.takes().add(tone(0.05), facts("written", static_cast<std::uint64_t>(i)));
        done = true;
    });
    std::size_t last = 0;
    bool grows = true;
    while (!done) {
        // Every row has its file.
        const auto takes = library.takes().page(library.takes().ids(TakeQuery::parse("writ")));
        for (const Take& take : takes)
            grows = grows && fs::exists(library.takes().pathOf(take));
        grows = grows && takes.size() >= last;
        last = takes.size();
    }
    writer.join();
    QVERIFY(grows);
    QCOMPARE(library.takes().count(), std::size_t{20});
}

QTEST_GUILESS_MAIN(SharedLibraryTest)
#include "SharedLibraryTest.moc"
