#include "app/studio/RebuildDialog.h"
#include "engine/audio/SoundFile.h"
#include "storage/Library.h"
#include "tests/ui/SoundOfTest.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace n2m;
using studio::RebuildDialog;
namespace fs = std::filesystem;

/// A library of many clips with a damaged database.
class RebuildDialogTest : public QObject {
    Q_OBJECT

    static constexpr std::size_t clips = 300;
    static constexpr const char* damage = "this is not a database";

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path library() const { return m_folder->filePath("library").toStdString(); }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        fs::create_directories(library() / "clips");
        const fs::path first = library() / "clips" / "clip-0.wav";
        audio::writeSoundFile(first, test::tone(0.1));
        for (std::size_t clip = 1; clip < clips; ++clip)
            fs::create_hard_link(first, library() / "clips" / ("clip-" + std::to_string(clip) + ".wav"));
        std::ofstream(library() / "library.db") << damage;
    }

    void rebuilds() {
        QVERIFY_THROWS_EXCEPTION(storage::LibraryError, storage::Library{library()});
        RebuildDialog dialog(library());
        QVERIFY(dialog.finish());
        QCOMPARE(storage::Library(library()).takes().count(), clips);
    }

    void stoppedItLeavesWhatThereWas() {
        {
            RebuildDialog dialog(library());
            dialog.findChild<QPushButton*>("taskStop")->click();
            QVERIFY(!dialog.finish());
        }
        std::ifstream file(library() / "library.db");
        QCOMPARE(std::string(std::istreambuf_iterator<char>(file), {}), std::string(damage));
    }

    void whatKeepsItFromItIsThrown() {
        fs::remove(library() / "library.db");
        const storage::Library open(library());
        RebuildDialog dialog(library());
        QVERIFY_THROWS_EXCEPTION(storage::LibraryError, dialog.finish());
    }
};

QTEST_MAIN(RebuildDialogTest)
#include "RebuildDialogTest.moc"
