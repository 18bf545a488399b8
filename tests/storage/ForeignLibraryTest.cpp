#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

#include <fstream>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

/// Libraries whose database was made by somebody else, to reach files outside their folder. Each such file is a canary.
class ForeignLibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsReachNoFileOutside_data();
    void rowsReachNoFileOutside();
    void movesReachNoFileOutside_data();
    void movesReachNoFileOutside();
    void recoveryReachesNoFileOutside_data();
    void recoveryReachesNoFileOutside();
    void savingWritesNoFileOutside();
    void aLinkedLibraryIsAFolderLikeAnyOther();
};

namespace {

constexpr const char* words = "not yours";

void write(const fs::path& file) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << words;
}

bool isUntouched(const fs::path& file) {
    std::string text;
    std::getline(std::ifstream(file), text);
    return text == words;
}

void execute(const LibraryFolder& folder, const std::string& statement) {
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE).exec(statement);
}

/// A library, a canary beside it and one behind a link in its trash and clips.
struct Foreign {
    LibraryFolder folder;
    fs::path outside = folder.path().parent_path() / "outside", canary = outside / "canary.flac";

    Foreign() {
        Library library(folder.path());
        library.takes().add(tone(), facts("a"));
        write(canary);
        for (const char* top : {"clips", "trash"}) {
            fs::create_directories(folder.path() / top);
            fs::create_directory_symlink(outside, folder.path() / top / "link");
        }
    }
};

void addOutsidePaths(const std::string& top) {
    QTest::addColumn<QString>("file");
    QTest::newRow("upwards") << QString::fromStdString(top + "/../../outside/canary.flac");
    QTest::newRow("upwards at once") << QStringLiteral("../outside/canary.flac");
    QTest::newRow("absolute") << QString();
    QTest::newRow("through a link") << QString::fromStdString(top + "/link/canary.flac");
    QTest::newRow("another folder") << QStringLiteral("excerpts/../../outside/canary.flac");
}

std::string fileOf(const Foreign& foreign) {
    QFETCH(QString, file);
    return file.isEmpty() ? foreign.canary.string() : file.toStdString();
}

} // namespace

void ForeignLibraryTest::rowsReachNoFileOutside_data() {
    addOutsidePaths("trash");
}

void ForeignLibraryTest::rowsReachNoFileOutside() {
    const Foreign foreign;
    execute(foreign.folder, "UPDATE takes SET trashed = 1, file = '" + fileOf(foreign) + "'");
    Library library(foreign.folder.path());
    const Take take = *library.takes().find(1);
    QVERIFY(refusal([&] { library.takes().pathOf(take); }));
    QCOMPARE(library.files().verify(true).missing, std::vector<std::int64_t>{1});
    QVERIFY(refusal([&] { library.files().restore({1}); }));
    QVERIFY(isUntouched(foreign.canary));
    library.files().deleteTrashed({1});
    QVERIFY(isUntouched(foreign.canary));
    QVERIFY(!library.takes().find(1)); // the entry can be got rid of
}

void ForeignLibraryTest::movesReachNoFileOutside_data() {
    addOutsidePaths("clips");
}

void ForeignLibraryTest::movesReachNoFileOutside() {
    const Foreign foreign;
    execute(foreign.folder, "UPDATE takes SET file = '" + fileOf(foreign) + "'");
    Library library(foreign.folder.path());
    const Take other = library.takes().add(tone(), facts("b"));
    QVERIFY(refusal([&] { library.files().trash({1, other.id}); }));
    QVERIFY(isUntouched(foreign.canary));
    QVERIFY(fs::exists(library.takes().pathOf(other))); // all or none
    library.files().forget({1});
    QVERIFY(isUntouched(foreign.canary));
}

void ForeignLibraryTest::recoveryReachesNoFileOutside_data() {
    addOutsidePaths("trash");
}

void ForeignLibraryTest::recoveryReachesNoFileOutside() {
    const Foreign foreign;
    const std::string file = fileOf(foreign);
    write(foreign.outside / ".canary.flac.1-1.part");
    for (const char* take : {"NULL", "1"}) {
        execute(foreign.folder,
                "INSERT INTO pending_files(batch, file, take, facts) VALUES (7, '" + file + "', " + take + ", '{}')");
        Library library(foreign.folder.path());
        QVERIFY(isUntouched(foreign.canary) && isUntouched(foreign.outside / ".canary.flac.1-1.part"));
        QCOMPARE(library.takes().count(), std::size_t{1});
        QVERIFY(fs::exists(library.takes().pathOf(*library.takes().find(1))));
    }
}

void ForeignLibraryTest::savingWritesNoFileOutside() {
    const Foreign foreign;
    fs::remove(foreign.folder.path() / "clips/link");
    fs::rename(foreign.folder.path() / "clips", foreign.folder.path() / "clips-before");
    fs::create_directory_symlink(foreign.outside, foreign.folder.path() / "clips");
    Library library(foreign.folder.path());
    QVERIFY(refusal([&] { library.takes().add(tone(), facts("b")); }));
    QVERIFY(isUntouched(foreign.canary));
    QCOMPARE(std::distance(fs::directory_iterator(foreign.outside), fs::directory_iterator()), std::ptrdiff_t{1});
}

void ForeignLibraryTest::aLinkedLibraryIsAFolderLikeAnyOther() {
    const Foreign foreign;
    const fs::path link = foreign.folder.path().parent_path() / "linked";
    fs::create_directory_symlink(foreign.folder.path(), link);
    Library library(link);
    QVERIFY(fs::exists(library.takes().pathOf(*library.takes().find(1))));
    library.files().trash({1});
    library.files().restore({1});
    QVERIFY(fs::exists(library.takes().pathOf(*library.takes().find(1))));
}

QTEST_GUILESS_MAIN(ForeignLibraryTest)
#include "ForeignLibraryTest.moc"
