#include "tests/app/studio/Answers.h"
#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "ui/history/HistoryModel.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QStandardItemModel>
#include <QToolButton>

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <set>

using namespace n2m;
using test::Answers;
using test::longEnough;

/// Export and import of one or many files, with the window and its dialogs.
class StudioFilesTest : public test::StudioFixture {
    Q_OBJECT

    static Answers::Answer exportDialog(const QString& format, const QString& rate = {}) {
        return [format, rate](QWidget* dialog) {
            auto* box = dialog->findChild<QComboBox*>("exportFormat");
            if (!box) return false;
            box->setCurrentText(format);
            if (!rate.isEmpty()) dialog->findChild<QComboBox*>("exportRate")->setCurrentText(rate);
            qobject_cast<QDialog*>(dialog)->accept();
            return true;
        };
    }

    static Answers::Answer chooseOpusAt44100() {
        return [](QWidget* dialog) {
            auto* format = dialog->findChild<QComboBox*>("exportFormat");
            if (!format) return false;
            auto* rate = dialog->findChild<QComboBox*>("exportRate");
            rate->setCurrentText("44100 Hz");
            format->setCurrentText("Opus");
            if (rate->currentText() != "48000 Hz") qFatal("Opus is offered at %s", qPrintable(rate->currentText()));
            const auto* items = qobject_cast<QStandardItemModel*>(rate->model());
            if (items->item(rate->findText("44100 Hz"))->isEnabled()) qFatal("Opus is offered at 44100 Hz");
            qobject_cast<QDialog*>(dialog)->accept();
            return true;
        };
    }

    static Answers::Answer fileDialog(const QString& typed) {
        return [typed](QWidget* dialog) {
            if (!qobject_cast<QFileDialog*>(dialog)) return false;
            auto* name = dialog->findChild<QLineEdit*>("fileNameEdit");
            name->setText(typed);
            dialog->findChild<QDialogButtonBox*>("buttonBox")->button(QDialogButtonBox::Save)->click();
            return true;
        };
    }

    static Answers::Answer folderDialog(const QString& folder) {
        return [folder](QWidget* dialog) {
            if (!qobject_cast<QFileDialog*>(dialog)) return false;
            dialog->findChild<QLineEdit*>("fileNameEdit")->setText(folder);
            dialog->findChild<QDialogButtonBox*>("buttonBox")->button(QDialogButtonBox::Open)->click();
            return true;
        };
    }

    static Answers::Answer message(QMessageBox::StandardButton button) {
        return [button](QWidget* dialog) {
            auto* box = qobject_cast<QMessageBox*>(dialog);
            if (!box) return false;
            box->button(button)->click();
            return true;
        };
    }

    static QByteArray bytesOf(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Locks the library against all writes while it exists.
    class Held {
    public:
        explicit Held(const storage::Library& library)
            : m_database((library.folder() / "library.db").string(), SQLite::OPEN_READWRITE, longEnough) {
            m_database.exec("BEGIN IMMEDIATE");
        }

    private:
        SQLite::Database m_database; // closing it ends the transaction
    };

    /// Makes files with different sound.
    QStringList soundFilesToImport(int count) {
        QStringList files;
        for (int i = 0; i < count; ++i) {
            files << m_folder->filePath(QStringLiteral("from-%1.wav").arg(i));
            audio::writeSoundFile(files.back().toStdString(), test::tone(0.1 + 0.001 * i));
        }
        return files;
    }

    QVariant shownClip() { return historyList()->currentIndex().data(ui::HistoryModel::IdRole); }

    QLabel* taskText() { return child<QLabel>("taskText"); }
    void stopTask() { QTest::mouseClick(child<QPushButton>("taskStop"), Qt::LeftButton); }

    /// Imports many files; the import waits in the middle as long as the returned lock exists.
    std::unique_ptr<Held> importManyUntilHeld() {
        m_studio->open(soundFilesToImport(999));
        if (!QTest::qWaitFor([&] { return taskText()->text().endsWith(" of 999"); }, longEnough))
            qFatal("the window says %s", qPrintable(taskText()->text()));
        return std::make_unique<Held>(library());
    }

    void makeClips(int count) {
        for (int seed = 1; seed <= count; ++seed)
            makeClip("a song", QString::number(seed));
    }
    void exportAllTo(const QString& folder, const QString& format) {
        QVERIFY(QDir().mkpath(folder));
        historyList()->selectAll();
        Answers answers({exportDialog(format), folderDialog(folder)});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void exportAsksBeforeItReplaces() {
        makeClip("a song", "7");
        const QString file = m_folder->filePath("song.mp3"), typed = m_folder->filePath("song");
        {
            QFile old(file);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write("not to be lost");
        }
        {
            Answers answers({exportDialog("MP3"), fileDialog(typed), message(QMessageBox::No),
                             fileDialog(m_folder->filePath("other"))});
            action("clip.export")->trigger();
            QVERIFY(answers.allGiven());
        }
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        QCOMPARE(bytesOf(file), QByteArray("not to be lost"));
        QVERIFY(audio::readSoundFile(m_folder->filePath("other.mp3").toStdString()).frames() > 0);

        Answers answers({exportDialog("MP3"), fileDialog(typed), message(QMessageBox::Yes)});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_VERIFY_WITH_TIMEOUT(bytesOf(file) != QByteArray("not to be lost"), longEnough);
        QVERIFY(audio::readSoundFile(file.toStdString()).frames() > 0);
    }

    void exportIsNotWrittenAmongTheLibrarysOwnFiles() {
        makeClip("a song", "7");
        const QString own = QString::fromStdString(
            library().takes().pathOf(*library().takes().find(library().takes().ids().front())).string());
        const QByteArray before = bytesOf(own);
        Answers answers({exportDialog("FLAC, 16 bit"), fileDialog(QFileInfo(own).path() + "/new.flac"),
                         message(QMessageBox::Ok), fileDialog(m_folder->filePath("out.flac"))});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        QVERIFY(QFile::exists(m_folder->filePath("out.flac")));
        QCOMPARE(bytesOf(own), before);
        QVERIFY(library().files().verify(true).clean());
    }

    void exportSaysWhereTheLoudnessIsNotReached() {
        audio::Clip click = test::tone(3.0, 440.0, 24000, 1, 0.01f);
        click.samples[24000] = 0.9f;
        const QString file = m_folder->filePath("click.wav"), out = m_folder->filePath("out.wav");
        audio::writeSoundFile(file.toStdString(), click);
        m_studio->open({file});
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        Answers answers({[](QWidget* dialog) {
                             auto* loudness = dialog->findChild<QComboBox*>("exportNormalise");
                             if (!loudness) return false;
                             loudness->setCurrentIndex(1);
                             return exportDialog("WAV, 24 bit")(dialog);
                         },
                         fileDialog(out)});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_COMPARE_WITH_TIMEOUT(notice(),
                                  QString("Exported to %1.\nclick: it is quieter than requested, because its peaks "
                                          "would have been too high.")
                                      .arg(m_folder->path()),
                                  longEnough);
    }

    void exportUsesTheTitle() {
        makeClip("a song", "7");
        action("clip.facts")->trigger();
        write("title", "To Elise / Nr. 2");
        QString proposed;
        Answers answers({exportDialog("FLAC, 16 bit"), [&](QWidget* dialog) {
                             if (!qobject_cast<QFileDialog*>(dialog)) return false;
                             proposed = dialog->findChild<QLineEdit*>("fileNameEdit")->text();
                             return fileDialog(m_folder->filePath(proposed))(dialog);
                         }});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QCOMPARE(proposed, QString("To Elise - Nr. 2.flac"));
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        const auto metadata = audio::readMetadata(m_folder->filePath(proposed).toStdString());
        QCOMPARE(metadata.title, std::string("To Elise / Nr. 2"));
        QVERIFY(!metadata.recipe.empty());
    }

    void opusIsExportedAtARateOfItsOwn() {
        makeClip("a song", "7");
        Answers answers({chooseOpusAt44100(), fileDialog(m_folder->filePath("song.opus"))});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        QCOMPARE(audio::readSoundFile(m_folder->filePath("song.opus").toStdString()).sampleRate, 48000);
    }

    void exportProposesTheSelection() {
        makeClip("a song", "7");
        view().timeline().setSelection({1000, 5000});
        Answers answers({[](QWidget* dialog) {
                             const auto* part = dialog->findChild<QComboBox*>("exportPart");
                             if (!part) return false;
                             if (part->currentText() != "The selection")
                                 qFatal("it proposes %s", qPrintable(part->currentText()));
                             return exportDialog("WAV, 32 bit float")(dialog);
                         },
                         fileDialog(m_folder->filePath("part"))});
        action("clip.export")->trigger();
        QVERIFY(answers.allGiven());
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        const auto part = audio::readSoundFile(m_folder->filePath("part.wav").toStdString());
        const auto& all = view().clip()->samples;
        QCOMPARE(part.samples, std::vector<float>(all.begin() + 1000, all.begin() + 5000));
    }

    void theSelectionIsCopiedAsAFile() {
        makeClip("a song", "7");
        view().timeline().setSelection({1001, 5003});
        auto* grip = child<QToolButton>("selectionGrip");
        QVERIFY(grip->isVisible());
        QApplication::clipboard()->clear();
        QTest::mouseClick(grip, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Copied as a file: a-song-7-0.042-0.208s.flac"), longEnough);
        const auto urls = QApplication::clipboard()->mimeData()->urls();
        QCOMPARE(urls.size(), 1);
        const auto& all = view().clip()->samples;
        QCOMPARE(audio::readSoundFile(urls.front().toLocalFile().toStdString()).samples,
                 std::vector<float>(all.begin() + 1001, all.begin() + 5003));
        QCOMPARE(rows(), 1);
    }

    void manyAreExportedUnderNamesOfTheirOwn() {
        makeClips(3);
        library().marks().setTitle(library().takes().ids(), "Song");
        const QString folder = m_folder->filePath("out");
        QVERIFY(QDir().mkpath(folder));
        QFile there(folder + "/Song-2.flac");
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("not to be lost") > 0);
        there.close();
        exportAllTo(folder, "FLAC, 24 bit");
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("3 clips exported to %1.").arg(folder), longEnough);
        QCOMPARE(QDir(folder).entryList(QDir::Files),
                 (QStringList{"Song-2.flac", "Song-3.flac", "Song-4.flac", "Song.flac"}));
        QCOMPARE(bytesOf(there.fileName()), QByteArray("not to be lost"));
        std::set<std::string> recipes;
        for (const char* name : {"Song.flac", "Song-3.flac", "Song-4.flac"})
            recipes.insert(audio::readMetadata((folder + '/' + name).toStdString()).recipe);
        QCOMPARE(recipes.size(), std::size_t{3}); // each clip once
    }

    void anExportThatWaitsForAnotherReplacesNothing() {
        makeClips(2);
        library().marks().setTitle(library().takes().ids(), "Song");
        const QString folder = m_folder->filePath("out");
        exportAllTo(folder, "FLAC, 24 bit");
        exportAllTo(folder, "FLAC, 24 bit");
        QTRY_COMPARE_WITH_TIMEOUT(QDir(folder).entryList(QDir::Files),
                                  (QStringList{"Song-2.flac", "Song-3.flac", "Song-4.flac", "Song.flac"}), longEnough);
    }

    void longTitlesAreCutToWhatAFileMayBeCalled() {
        makeClips(2);
        const QString title = QString(100, QChar(0x97f3)); // 300 bytes
        library().marks().setTitle(library().takes().ids(), title.toStdString());
        const QString folder = m_folder->filePath("out");
        exportAllTo(folder, "FLAC, 24 bit");
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("2 clips exported to %1.").arg(folder), longEnough);
        QVERIFY(QFile::exists(folder + '/' + title.left(50) + ".flac"));
        QVERIFY(QFile::exists(folder + '/' + title.left(50) + "-2.flac"));
    }

    void exportOfManyStopsBetweenTwo() {
        makeClips(3);
        // The first export takes so long that Stop can be pressed.
        const auto newest = *library().takes().find(library().takes().ids().front());
        const QString slow = m_folder->filePath("slow.wav");
        audio::writeSoundFile(slow.toStdString(), {std::vector<float>(24000 * 300), 24000, 1});
        const QString file = QString::fromStdString(library().takes().pathOf(newest).string());
        QVERIFY(QFile::remove(file) && QFile::rename(slow, file));
        const QString folder = m_folder->filePath("out");
        exportAllTo(folder, "MP3");
        QTRY_COMPARE_WITH_TIMEOUT(taskText()->text(), QString("Exporting: 0 of 3"), longEnough);
        stopTask();
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("1 of 3 clips exported to %1; stopped.").arg(folder), 60000);
        const QStringList files = QDir(folder).entryList(QDir::Files | QDir::Hidden);
        QCOMPARE(files.size(), 1);
        QVERIFY(audio::readSoundFile((folder + '/' + files.front()).toStdString()).seconds() > 299.0);
        QVERIFY(!taskText()->isVisible());
    }

    void importOfManyStopsBetweenTwo() {
        auto held = importManyUntilHeld();
        stopTask();
        QCOMPARE(taskText()->text(), QString("Stopping after the current file …"));
        held.reset();
        QTRY_VERIFY_WITH_TIMEOUT(notice().endsWith("of 999 files imported; stopped."), longEnough);
        QVERIFY(rows() > 0 && rows() < 999);
        QCOMPARE(notice(), QString("%1 of 999 files imported; stopped.").arg(rows()));
        QVERIFY(library().files().verify(true).clean());
        const QStringList next{soundFilesToImport(999).back()}; // the next task is not stopped
        m_studio->open(next);
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("Imported."), longEnough);
    }

    void whatTheLibraryHasIsShownAndNotCopied() {
        const QStringList files = soundFilesToImport(3);
        m_studio->open({files[0], files[1]});
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("2 files imported."), longEnough);
        const QVariant second = shownClip();
        m_studio->open({files[2], files[0]});
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("Imported.\nOne file was in the library already."), longEnough);
        QCOMPARE(rows(), 3);
        m_studio->open({files[1]});
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("One file was in the library already."), longEnough);
        QCOMPARE(rows(), 3);
        QCOMPARE(shownClip(), second);
    }

    void badFilesAreSaidBesideTheGoodOnes() {
        QStringList files = soundFilesToImport(2);
        files << m_folder->filePath("missing.wav");
        m_studio->open(files);
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("2 files imported.\n"), longEnough);
        QVERIFY(notice().contains("missing.wav"));
    }

    void closingEndsTheWorkAfterTheFileAtHand() {
        auto held = importManyUntilHeld();
        const auto before = library().takes().count();
        m_studio->window().close();
        QVERIFY(!m_studio->window().isVisible()); // although the import waits
        held.reset();
        restart();
        QVERIFY(library().takes().count() - before <= 1);
        QVERIFY(library().problems().empty());
        QVERIFY(library().files().verify(true).clean());
    }
};

QTEST_MAIN(StudioFilesTest)
#include "StudioFilesTest.moc"
