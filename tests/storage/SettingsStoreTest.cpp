#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

#include <limits>

using namespace n2m::storage;
using namespace n2m::test;

class SettingsStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsValuesOfEachKind();
    void fallsBack();
    void refusesWhatIsNoNumber();
};

void SettingsStoreTest::keepsValuesOfEachKind() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        SettingsStore& settings = library.settings();
        settings.setFlag("flag", true);
        settings.setInteger("integer", std::numeric_limits<std::int64_t>::min());
        settings.setNumber("number", 0.1);
        settings.setNumber("whole", 3.0);
        settings.setText("text", std::string("ü\0;'", 5));
        settings.setText("text of digits", "0123");
    }
    Library library(folder.path());
    const SettingsStore& settings = library.settings();
    QVERIFY(settings.flag("flag"));
    QCOMPARE(settings.integer("integer"), std::numeric_limits<std::int64_t>::min());
    QVERIFY(settings.number("number") == 0.1); // QCOMPARE would allow for rounding
    QCOMPARE(settings.number("whole"), 3.0);
    QCOMPARE(settings.text("text"), std::string("ü\0;'", 5));
    QCOMPARE(settings.text("text of digits"), std::string("0123"));
}

void SettingsStoreTest::fallsBack() {
    const LibraryFolder folder;
    Library library(folder.path());
    SettingsStore& settings = library.settings();
    QVERIFY(settings.flag("none", true));
    settings.setText("text", "yes");
    QCOMPARE(settings.integer("text", 5), std::int64_t{5});
    QVERIFY(!settings.flag("text", false));
    settings.setInteger("text", 6); // another kind from now on
    QCOMPARE(settings.integer("text", 5), std::int64_t{6});
    QCOMPARE(settings.number("text", 5.0), 6.0);
    QCOMPARE(settings.text("text", "none"), std::string("none"));
    settings.remove("text");
    QCOMPARE(settings.integer("text", 5), std::int64_t{5});
}

void SettingsStoreTest::refusesWhatIsNoNumber() {
    const LibraryFolder folder;
    Library library(folder.path());
    QVERIFY(!complaint([&] { library.settings().setNumber("x", std::numeric_limits<double>::quiet_NaN()); }).empty());
    QVERIFY(!complaint([&] { library.settings().setNumber("x", std::numeric_limits<double>::infinity()); }).empty());
    QCOMPARE(library.settings().number("x", -1.0), -1.0);
}

QTEST_GUILESS_MAIN(SettingsStoreTest)
#include "SettingsStoreTest.moc"
