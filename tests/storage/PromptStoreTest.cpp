#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

using namespace n2m::storage;
using namespace n2m::test;

class PromptStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void remembersEachOnce();
    void searchesHistory();
    void forgets();
    void keepsHistoryShort();
    void savesUnderNames();
    void keepsPromptsAndPresetsApart();
    void refusesBadNames();
};

void PromptStoreTest::remembersEachOnce() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        PromptStore& prompts = library.prompts();
        prompts.remember("a");
        prompts.remember("b", "noise");
        prompts.remember("b");
        prompts.remember("a");
    }
    Library library(folder.path());
    const auto history = library.prompts().history();
    QCOMPARE(history.size(), std::size_t{3});
    QCOMPARE(history[0].prompt, std::string("a"));
    QCOMPARE(history[0].uses, 2);
    QCOMPARE(history[1].negativePrompt, std::string());
    QCOMPARE(history[2].negativePrompt, std::string("noise"));
    QVERIFY(history[0].used > history[1].used && history[1].used > history[2].used);
    QCOMPARE(library.prompts().history(2).size(), std::size_t{2});
}

void PromptStoreTest::searchesHistory() {
    const LibraryFolder folder;
    Library library(folder.path());
    PromptStore& prompts = library.prompts();
    prompts.remember("Slow piano");
    prompts.remember("fast drums", "100% piano_");
    prompts.remember("bells");
    QCOMPARE(prompts.history(10, "PIANO").size(), std::size_t{2});
    QCOMPARE(prompts.history(10, "%").size(), std::size_t{1});
    QCOMPARE(prompts.history(10, "o_").size(), std::size_t{1});
    QVERIFY(prompts.history(10, "violin").empty());
}

void PromptStoreTest::forgets() {
    const LibraryFolder folder;
    Library library(folder.path());
    PromptStore& prompts = library.prompts();
    prompts.remember("a");
    prompts.remember("b");
    prompts.forget(prompts.history()[0].id);
    QCOMPARE(prompts.history()[0].prompt, std::string("a"));
    prompts.clearHistory();
    QVERIFY(prompts.history().empty());
}

void PromptStoreTest::keepsHistoryShort() {
    const LibraryFolder folder;
    Library library(folder.path());
    for (int i = 0; i < PromptStore::historyLength + 5; ++i)
        library.prompts().remember(std::to_string(i));
    const auto history = library.prompts().history(5000);
    QCOMPARE(history.size(), static_cast<std::size_t>(PromptStore::historyLength));
    QCOMPARE(history.back().prompt, std::string("5"));
}

void PromptStoreTest::savesUnderNames() {
    const LibraryFolder folder;
    Library library(folder.path());
    PromptStore& prompts = library.prompts();
    SavedPrompt saved;
    saved.name = " Evening ";
    saved.prompt = "slow piano";
    saved.settings = R"({"steps":40})";
    const auto id = prompts.save(saved);
    saved.name = "another";
    prompts.save(saved);
    QCOMPARE(prompts.saved().size(), std::size_t{2});
    QCOMPARE(prompts.saved()[0].name, std::string("another"));
    QCOMPARE(prompts.find("EVENING")->settings, saved.settings);
    QVERIFY(prompts.find("Evening")->saved > 0);
    saved.name = "EVENING";
    saved.prompt = "slower piano";
    QCOMPARE(prompts.save(saved), id); // over the old one
    QCOMPARE(prompts.saved().size(), std::size_t{2});
    QCOMPARE(prompts.find("evening")->prompt, std::string("slower piano"));
    prompts.rename(id, "Night");
    QVERIFY(!prompts.find("evening"));
    QCOMPARE(complaint([&] { prompts.rename(id, "Another"); }), std::string("there is one named 'Another' already"));
    prompts.rename(id, "NIGHT"); // its own name
    prompts.remove(id);
    QVERIFY(!prompts.find("night"));
}

void PromptStoreTest::keepsPromptsAndPresetsApart() {
    const LibraryFolder folder;
    Library library(folder.path());
    PromptStore& prompts = library.prompts();
    SavedPrompt prompt, preset;
    prompt.name = "Evening";
    prompt.prompt = "slow piano";
    preset.name = "evening";
    preset.settings = R"({"steps":40})";
    const auto kept = prompts.save(prompt), settings = prompts.save(preset);
    QVERIFY(kept != settings);
    QCOMPARE(prompts.saved().size(), std::size_t{2});
    QCOMPARE(prompts.find("Evening")->prompt, prompt.prompt);
    QCOMPARE(prompts.findPreset("Evening")->settings, preset.settings);
    preset.settings = R"({"steps":20})";
    QCOMPARE(prompts.save(preset), settings); // over the old preset
    QCOMPARE(prompts.find("Evening")->prompt, prompt.prompt);
    preset.name = "night";
    const auto night = prompts.save(preset);
    prompts.rename(kept, "Night"); // no preset is in its way
    QVERIFY(!complaint([&] { prompts.rename(night, "EVENING"); }).empty());
    prompts.remove(settings);
    QVERIFY(!prompts.findPreset("evening"));
    QCOMPARE(prompts.find("night")->prompt, prompt.prompt);
}

void PromptStoreTest::refusesBadNames() {
    const LibraryFolder folder;
    Library library(folder.path());
    SavedPrompt saved;
    for (const std::string& bad : {std::string(), std::string("  "), std::string("a\tb"), std::string(101, 'x')}) {
        saved.name = bad;
        QVERIFY(!complaint([&] { library.prompts().save(saved); }).empty());
    }
    QVERIFY(library.prompts().saved().empty());
}

QTEST_GUILESS_MAIN(PromptStoreTest)
#include "PromptStoreTest.moc"
