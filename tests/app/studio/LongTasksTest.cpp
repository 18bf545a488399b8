#include "app/studio/LongTasks.h"
#include "ui/window/TaskStrip.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSemaphore>
#include <QSignalSpy>
#include <QtTest>

using namespace n2m;
using studio::LongTasks;

/// Long tasks, whose work the test releases file by file.
class LongTasksTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ui::TaskStrip> m_strip;
    std::unique_ptr<LongTasks> m_tasks;
    std::shared_ptr<QSemaphore> m_files; ///< that may be done

    /// Starts a task of ten files that stores in `done` how many it did.
    void startTen(const QString& what, int* done) {
        m_tasks->start(what, [done, files = m_files](LongTasks::Steps& steps) {
            int count = 0;
            while (count < 10 && steps.next(static_cast<std::size_t>(count), 10)) {
                files->acquire();
                ++count;
            }
            return [done, count] { *done = count; };
        });
    }
    QString text() const { return m_strip->findChild<QLabel*>("taskText")->text(); }

private Q_SLOTS:
    void init() {
        m_strip = std::make_unique<ui::TaskStrip>();
        m_tasks = std::make_unique<LongTasks>(*m_strip);
        m_files = std::make_shared<QSemaphore>();
    }
    void cleanup() {
        m_files->release(1000);
        m_tasks.reset();
    }

    void saysHowFarItIs() {
        int done = -1;
        m_files->release(3);
        startTen("Counting", &done);
        QTRY_COMPARE(text(), QString("Counting: 3 of 10"));
        QVERIFY(m_strip->isVisible());
        QCOMPARE(m_strip->findChild<QProgressBar*>()->value(), 3);
        QCOMPARE(m_strip->findChild<QProgressBar*>()->accessibleName(), QString("Counting"));
        m_files->release(7);
        QTRY_COMPARE(done, 10);
        QVERIFY(!m_strip->isVisible());
    }

    void stopsAfterTheFileAtHandAndTheNextOneBegins() {
        int first = -1, second = -1;
        m_files->release(2);
        startTen("First", &first);
        startTen("Second", &second);
        QTRY_COMPARE(text(), QString("First: 2 of 10"));
        auto* stop = m_strip->findChild<QPushButton*>("taskStop");
        stop->click();
        QVERIFY(!stop->isEnabled());
        QTest::qWait(100); // the progress does not replace it
        QVERIFY(text().startsWith("Stopping"));
        QCOMPARE(first, -1);
        m_files->release(1);
        QTRY_COMPARE(first, 3);
        QTRY_COMPARE(text(), QString("Second: 0 of 10"));
        QVERIFY(stop->isEnabled());
        m_files->release(10);
        QTRY_COMPARE(second, 10);
    }

    void whatIsThrownIsSaid() {
        QSignalSpy failed(m_tasks.get(), &LongTasks::failed);
        m_tasks->start("Failing", [](LongTasks::Steps&) -> LongTasks::Report { throw std::runtime_error("no room"); });
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.front().front().toString(), QString("no room"));
        int done = -1;
        m_files->release(10);
        startTen("After it", &done);
        QTRY_COMPARE(done, 10);
    }

    void theEndWaitsForTheFileAtHandOnly() {
        std::atomic<int> files = 0;
        std::atomic<bool> waited = false;
        int second = -1;
        m_tasks->start("First", [&](LongTasks::Steps& steps) {
            while (steps.next(0, 10)) {
                ++files;
                while (!steps.stopped())
                    QThread::msleep(1);
                QThread::msleep(50);
                waited = true;
            }
            return LongTasks::Report();
        });
        startTen("Second", &second);
        QTRY_COMPARE(files.load(), 1);
        m_tasks.reset();
        QVERIFY(waited);
        QCOMPARE(files.load(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(second, -1);
    }
};

QTEST_MAIN(LongTasksTest)
#include "LongTasksTest.moc"
