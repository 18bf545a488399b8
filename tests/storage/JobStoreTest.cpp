#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;

namespace {

NewJob job(const std::string& prompt, std::uint64_t seed = 1) {
    return {"{\"prompt\":\"" + prompt + "\"}", prompt, seed, 1, 1};
}

/// The prompts of the waiting jobs, in their order.
QString waiting(Library& library) {
    QString prompts;
    for (const Job& one : library.jobs().list())
        if (one.state == JobState::Waiting) prompts += QString::fromStdString(one.prompt);
    return prompts;
}

} // namespace

class JobStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsInOrder();
    void putsToTheFront();
    void moves_data();
    void moves();
    void editsWhileItWaits();
    void cancels();
    void retries();
    void pauses();
    void finishesAndFails();
    void readsPlainErrors();
    void listsInOrder();
    void removes();
    void outlivesTheProgram();
    void offersWhatWasInterrupted();
    void leavesOthersAlone();
};

void JobStoreTest::runsInOrder() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a", 18446744073709551615u), job("b"), job("c")});
    QCOMPARE(ids.size(), std::size_t{3});
    QCOMPARE(jobs.waiting(), 3);
    const auto first = jobs.next();
    QVERIFY(first);
    QCOMPARE(first->id, ids[0]);
    QCOMPARE(first->state, JobState::Running);
    QCOMPARE(first->seed, std::uint64_t{18446744073709551615u});
    QCOMPARE(first->request, std::string("{\"prompt\":\"a\"}"));
    QVERIFY(first->started >= first->created && first->created > 0);
    QVERIFY(*jobs.find(ids[0]) == *first);
    QCOMPARE(jobs.next()->id, ids[1]);
    QCOMPARE(jobs.next()->id, ids[2]);
    QVERIFY(!jobs.next());
    QVERIFY(!jobs.find(999));
    QVERIFY(jobs.add(std::vector<NewJob>{}).empty());
}

void JobStoreTest::putsToTheFront() {
    const LibraryFolder folder;
    Library library(folder.path());
    library.jobs().add({job("a"), job("b")});
    library.jobs().add({job("c"), job("d")}, true);
    library.jobs().add(job("e"), true);
    library.jobs().add(job("f"));
    QCOMPARE(waiting(library), QStringLiteral("ecdabf"));
}

void JobStoreTest::moves_data() {
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("order");
    const auto row = [](const char* which, const char* before, const char* order) {
        QTest::addRow("%s before %s", which, before)
            << QString::fromLatin1(which) << QString::fromLatin1(before) << QString::fromLatin1(order);
    };
    row("d", "b", "adbce");
    row("a", "d", "bcade");
    row("a", "", "bcdea");
    row("db", "a", "dbace");
    row("bc", "c", "abcde"); // a target that moves itself: before the next one
    row("bd", "d", "acbde");
    row("e", "e", "abcde");
    row("aa", "", "bcdea");
    row("xc", "a", "cabde"); // x is running
    row("c", "x", "abdec");
}

void JobStoreTest::moves() {
    QFETCH(QString, which);
    QFETCH(QString, before);
    const LibraryFolder folder;
    Library library(folder.path());
    std::map<QChar, std::int64_t> ids;
    for (const char* prompt : {"x", "a", "b", "c", "d", "e"})
        ids[QLatin1Char(*prompt)] = library.jobs().add(job(prompt));
    library.jobs().next();
    std::vector<std::int64_t> moved;
    for (const QChar letter : which)
        moved.push_back(ids.at(letter));
    library.jobs().move(moved, before.isEmpty() ? 0 : ids.at(before.front()));
    QTEST(waiting(library), "order");
}

void JobStoreTest::editsWhileItWaits() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto id = jobs.add(job("a"));
    QVERIFY(jobs.edit(id, {"{}", "better", 9, 2, 4}));
    const Job edited = *jobs.find(id);
    QCOMPARE(edited.prompt, std::string("better"));
    QCOMPARE(edited.seed, std::uint64_t{9});
    QCOMPARE(edited.variation, 2);
    QCOMPARE(edited.variations, 4);
    jobs.next();
    QVERIFY(!jobs.edit(id, job("too late")));
    QCOMPARE(jobs.find(id)->prompt, std::string("better"));
}

void JobStoreTest::cancels() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a"), job("b"), job("c"), job("d")});
    jobs.next();
    QVERIFY(jobs.cancel({ids[1], 999}));
    QCOMPARE(*jobs.state(ids[1]), JobState::Cancelled);
    QVERIFY(!jobs.cancel({ids[1]}));
    QCOMPARE(jobs.cancelWaiting(), 2);
    QCOMPARE(*jobs.state(ids[0]), JobState::Running);
    jobs.add(job("e"));
    QCOMPARE(jobs.cancelAll(), 2);
    QCOMPARE(*jobs.state(ids[0]), JobState::Cancelled);
    QVERIFY(!jobs.next());
    jobs.fail(ids[0], base::Message("comes too late")); // the user cancelled it
    QCOMPARE(*jobs.state(ids[0]), JobState::Cancelled);
    QVERIFY(!jobs.state(999));
}

void JobStoreTest::retries() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a"), job("b"), job("c")});
    jobs.next();
    jobs.fail(ids[0], base::Message("out of memory"));
    QVERIFY(jobs.retry({ids[0]}));
    QCOMPARE(waiting(library), QStringLiteral("bca"));
    QVERIFY(jobs.find(ids[0])->error.empty());
    QCOMPARE(jobs.find(ids[0])->started, std::int64_t{0});
    jobs.cancel({ids[2]});
    QVERIFY(jobs.retry({ids[2]}, true));
    QCOMPARE(waiting(library), QStringLiteral("cba"));
    QVERIFY(!jobs.retry({ids[1]})); // it waits already
}

void JobStoreTest::pauses() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        library.jobs().add(job("a"));
        QVERIFY(!library.jobs().paused());
        library.jobs().setPaused(true);
        QVERIFY(!library.jobs().next());
    }
    Library library(folder.path());
    QVERIFY(library.jobs().paused());
    QVERIFY(!library.jobs().next());
    library.jobs().setPaused(false);
    QVERIFY(library.jobs().next());
}

void JobStoreTest::finishesAndFails() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a"), job("b"), job("c")});
    const Take take = library.takes().add(tone(), facts("a"));
    jobs.next();
    jobs.finish(ids[0], take.id);
    QCOMPARE(*jobs.state(ids[0]), JobState::Done);
    QVERIFY(jobs.find(ids[0])->take == take.id);
    QVERIFY(jobs.find(ids[0])->finished > 0);
    jobs.next();
    const base::Message error("{}: stage {} is damaged", "cascade.json", 2);
    jobs.fail(ids[1], error);
    QVERIFY(jobs.find(ids[1])->error == error); // format and arguments, so that it can be translated
    QCOMPARE(jobs.find(ids[1])->error.text(), std::string("cascade.json: stage 2 is damaged"));
    jobs.finish(ids[2], take.id); // never ran
    QCOMPARE(*jobs.state(ids[2]), JobState::Waiting);
    // The clip is deleted, its job stays.
    library.files().trash({take.id});
    library.files().deleteTrashed(library.takes().trashedIds());
    QVERIFY(!jobs.find(ids[0])->take);
}

/// Versions before 0.1.0 stored the error as a plain line.
void JobStoreTest::readsPlainErrors() {
    const LibraryFolder folder;
    std::int64_t id = 0;
    {
        Library library(folder.path());
        id = library.jobs().add(job("a"));
        library.jobs().next();
        library.jobs().fail(id, base::Message("x"));
    }
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE jobs SET error = 'the {bundle} is damaged'");
    QCOMPARE(Library(folder.path()).jobs().find(id)->error.text(), std::string("the {bundle} is damaged"));
}

void JobStoreTest::listsInOrder() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a"), job("b"), job("c"), job("d"), job("e")});
    jobs.next();
    jobs.fail(ids[0], base::Message("x"));
    jobs.next();
    jobs.cancel({ids[3]});
    jobs.add(job("f"), true);
    QString order;
    for (const Job& one : jobs.list())
        order += QString::fromStdString(one.prompt);
    QCOMPARE(order, QStringLiteral("bfceda"));
    QCOMPARE(jobs.list(1).size(), std::size_t{5});
    QCOMPARE(jobs.list(0).size(), std::size_t{4});
}

void JobStoreTest::removes() {
    const LibraryFolder folder;
    Library library(folder.path());
    JobStore& jobs = library.jobs();
    const auto ids = jobs.add({job("a"), job("b"), job("c")});
    jobs.next();
    QVERIFY(!jobs.remove({ids[0], ids[1], 999}));
    jobs.fail(ids[0], base::Message("x"));
    QVERIFY(jobs.remove({ids[0]}));
    QVERIFY(!jobs.find(ids[0]));
    jobs.cancel({ids[1]});
    QCOMPARE(jobs.removeFinished(), 1);
    QCOMPARE(jobs.list().size(), std::size_t{1});
}

void JobStoreTest::outlivesTheProgram() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        library.jobs().add({job("a"), job("b")});
        library.jobs().add(job("c"), true);
    }
    Library library(folder.path());
    QVERIFY(library.jobs().recover().empty());
    QCOMPARE(waiting(library), QStringLiteral("cab"));
}

void JobStoreTest::offersWhatWasInterrupted() {
    const LibraryFolder folder;
    std::int64_t id = 0;
    {
        Library library(folder.path());
        id = library.jobs().add({job("a"), job("b")})[0];
        library.jobs().next();
    }
    Library library(folder.path());
    const auto interrupted = library.jobs().recover();
    QCOMPARE(interrupted.size(), std::size_t{1});
    QCOMPARE(interrupted[0].id, id);
    QCOMPARE(*library.jobs().state(id), JobState::Interrupted);
    QVERIFY(library.jobs().recover().empty());
    QCOMPARE(library.jobs().next()->prompt, std::string("b")); // it does not start by itself
    QVERIFY(library.jobs().retry({id}, true));
    QCOMPARE(library.jobs().next()->id, id);
}

void JobStoreTest::leavesOthersAlone() {
    const LibraryFolder folder;
    // Closed again: SQLite's connections must not be carried over a fork.
    const auto ids = Library(folder.path()).jobs().add({job("a"), job("b")});
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        Library other(folder.path());
        const auto taken = other.jobs().next();
        const char byte = taken && taken->id == ids[0] ? 'y' : 'n';
        if (write(ready[1], &byte, 1) != 1) _exit(1);
        pause();
        _exit(0);
    }
    char byte = 0;
    QCOMPARE(read(ready[0], &byte, 1), ssize_t{1});
    QCOMPARE(byte, 'y');
    Library library(folder.path());
    QCOMPARE(library.jobs().next()->id, ids[1]); // not the other one's
    QVERIFY(library.jobs().recover().empty());   // both are alive
    Library third(folder.path());
    QVERIFY(third.jobs().recover().empty()); // a third program sees the same
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const auto interrupted = library.jobs().recover();
    QCOMPARE(interrupted.size(), std::size_t{1});
    QCOMPARE(interrupted[0].id, ids[0]);
    QCOMPARE(*library.jobs().state(ids[1]), JobState::Running);
    close(ready[0]);
    close(ready[1]);
}

QTEST_GUILESS_MAIN(JobStoreTest)
#include "JobStoreTest.moc"
