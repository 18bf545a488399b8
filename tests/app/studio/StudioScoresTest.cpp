#include "tests/app/studio/Answers.h"
#include "tests/app/studio/StudioFixture.h"
#include "tests/engine/midi/MidiBytes.h"

#include "engine/midi/MidiReader.h"
#include "engine/request/RequestJson.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QMimeData>
#include <QToolButton>

using namespace n2m;
using namespace n2m::midi;
using test::Answers;
using test::longEnough;

/// MIDI files dropped on the window, and scores that it writes.
class StudioScoresTest : public test::PlanningStudioFixture {
    Q_OBJECT

    // Bars of 2 s; the notes fill `seconds`.
    QString songOf(int seconds) {
        std::string events;
        for (int n = 0; n < 2 * seconds; ++n)
            events += note(0, 100, 60 + n % 12);
        const QString file = m_folder->filePath("song.mid");
        QFile stream(file);
        if (!stream.open(QIODevice::WriteOnly)) qFatal("cannot write");
        stream.write(QByteArray::fromStdString(header(0, 1, 100) + track(events)));
        return file;
    }

    void drop(const QString& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QWidget* window = &m_studio->window();
        const QPoint place = window->rect().center();
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window, &enter); // Qt remembers who accepted it
        QVERIFY(enter.isAccepted());
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window, &event);
    }

    Request lastRequest() {
        Request request;
        std::int64_t last = 0;
        for (const storage::Job& job : library().jobs().list())
            if (job.id > last) {
                last = job.id;
                request = requestFromJson(library().jobs().find(job.id)->request);
            }
        return request;
    }

    /// The line under the prompt.
    QString keptMusic() {
        QStringList texts;
        for (const QLabel* label : child<QWidget>("keptMusic")->findChildren<QLabel*>())
            texts << label->text();
        return child<QWidget>("keptMusic")->isVisible() ? texts.join(' ') : QString();
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void aDroppedScoreIsPlayedUntilItIsRemoved() {
        action("queue.pause")->trigger();
        drop(songOf(9));
        QTRY_COMPARE_WITH_TIMEOUT(notice(), QString("The next clip plays the score of song.mid."), longEnough);
        QVERIFY2(keptMusic().contains("Plays the score of song.mid"), qPrintable(keptMusic()));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 9.0);
        QCOMPARE(rows(), 0); // it is not a clip
        generate("slow piano", "7");
        QTRY_VERIFY_WITH_TIMEOUT(lastRequest().givenPlan.has_value(), longEnough);
        const Request request = lastRequest();
        QVERIFY(request.adaptGiven);
        QCOMPARE(request.givenPlan->parts.at(0).notes.size(), std::size_t(18));
        QVERIFY(keptMusic().contains("song.mid")); // for the next clip, too

        for (auto* button : child<QWidget>("keptMusic")->findChildren<QAbstractButton*>())
            button->click();
        QCOMPARE(keptMusic(), QString());
        generate("slow piano", "8");
        QTRY_VERIFY_WITH_TIMEOUT(lastRequest().seed == 8, longEnough);
        QVERIFY(!lastRequest().givenPlan && !lastRequest().adaptGiven);
    }

    void aLongScoreIsCutAndADamagedOneExplained() {
        drop(songOf(150));
        QTRY_VERIFY2_WITH_TIMEOUT(notice().contains("It lasts 150 s; its first 120 s are played."),
                                  qPrintable(notice()), longEnough);
        QFile cut(songOf(9));
        QVERIFY(cut.resize(cut.size() - 9));
        drop(cut.fileName());
        QTRY_VERIFY2_WITH_TIMEOUT(notice().contains("damaged or cut off"), qPrintable(notice()), longEnough);
        QVERIFY(cut.resize(9));
        drop(cut.fileName());
        QTRY_VERIFY2_WITH_TIMEOUT(notice().contains("song.mid: the MIDI file ends in its header"), qPrintable(notice()),
                                  longEnough);
    }

    void aClipIsExportedAsMidi() {
        drop(songOf(9));
        QTRY_VERIFY_WITH_TIMEOUT(keptMusic().contains("song.mid"), longEnough);
        makeClip("slow piano", "7");
        const QString out = m_folder->filePath("out");
        {
            Answers answers({[out](QWidget* dialog) {
                if (!qobject_cast<QFileDialog*>(dialog)) return false;
                dialog->findChild<QLineEdit*>("fileNameEdit")->setText(out);
                dialog->findChild<QDialogButtonBox*>("buttonBox")->button(QDialogButtonBox::Save)->click();
                return true;
            }});
            action("clip.exportScore")->trigger();
            QVERIFY(answers.allGiven());
        }
        QTRY_VERIFY_WITH_TIMEOUT(notice().startsWith("Exported"), longEnough);
        const plan::Plan plan = readMidiFile((out + ".mid").toStdString()).plan;
        QCOMPARE(plan.parts.at(0).notes.size(), std::size_t(18));
        QCOMPARE(plan.seconds, 9.0);
    }

    void aClipWithoutAScoreSaysSo() {
        makeClip("slow piano", "7"); // the fake engine's own plan has no score
        action("clip.exportScore")->trigger();
        QVERIFY2(notice().startsWith("This clip has no score"), qPrintable(notice()));
    }
};

QTEST_MAIN(StudioScoresTest)
#include "StudioScoresTest.moc"
