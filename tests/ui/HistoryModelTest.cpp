#include "ui/history/HistoryModel.h"

#include "storage/Library.h"
#include "tests/ui/SoundOfTest.h"

#include <QAbstractItemModelTester>
#include <QFileInfo>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>

using namespace n2m;
using ui::HistoryModel;

/// On a real library; QAbstractItemModelTester watches every change.
class HistoryModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::Library> m_library;
    std::unique_ptr<HistoryModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    storage::TakeStore& takes() { return m_library->takes(); }
    storage::MarkStore& marks() { return m_library->marks(); }
    storage::TakeFiles& files() { return m_library->files(); }
    std::int64_t add(const char* prompt) {
        storage::Take facts;
        facts.prompt = prompt;
        facts.created = ++m_clock; // so that the order is known
        return takes().add(test::tone(0.1), facts).id;
    }
    QStringList titles() const {
        QStringList titles;
        for (int row = 0; row < m_model->rowCount(); ++row)
            titles << m_model->index(row).data().toString();
        return titles;
    }
    std::int64_t m_clock = 1'700'000'000'000;

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_library = std::make_unique<storage::Library>(m_folder->path().toStdString());
        m_model = std::make_unique<HistoryModel>(m_library->takes());
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup() {
        m_tester.reset();
        m_model.reset();
        m_library.reset();
        m_folder.reset();
    }

    void newestFirstWithoutReset() {
        add("one");
        m_model->refresh();
        const QPersistentModelIndex one = m_model->index(0);
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        add("two");
        add("three");
        m_model->refresh();
        QCOMPARE(titles(), (QStringList{"three", "two", "one"}));
        QCOMPARE(one.row(), 2);
        files().trash({m_model->idAt(m_model->index(1))});
        m_model->refresh();
        QCOMPARE(titles(), (QStringList{"three", "one"}));
        QCOMPARE(one.row(), 1);
        QCOMPARE(resets.size(), 0);
        QCOMPARE(m_model->idAt(m_model->indexOf(m_model->idAt(one))), m_model->idAt(one));
    }

    void changesAreShown() {
        const auto id = add("plain prompt");
        m_model->refresh();
        QVERIFY(m_model->index(0).data(HistoryModel::IsPromptRole).toBool());
        QVERIFY(!m_model->index(0).data(HistoryModel::StarredRole).toBool());
        marks().setStarred({id}, true);
        marks().setRating({id}, 3);
        marks().setTitle({id}, "A title");
        m_model->refresh();
        const QModelIndex index = m_model->index(0);
        QVERIFY(index.data(HistoryModel::StarredRole).toBool());
        QCOMPARE(index.data(HistoryModel::RatingRole).toInt(), 3);
        QCOMPARE(index.data(HistoryModel::TitleRole).toString(), QString("A title"));
        QVERIFY(!index.data(HistoryModel::IsPromptRole).toBool());
    }

    void hoursAreCountedAsInThePlayer() {
        storage::Take take;
        take.seconds = 59.6;
        QCOMPARE(HistoryModel::factsLine(take), QString("1:00"));
        take.seconds = 3600.0;
        QCOMPARE(HistoryModel::factsLine(take), QString("1:00:00"));
    }

    void marksAreShown() {
        const auto first = add("first"), second = add("second");
        m_model->refresh();
        QVERIFY(!m_model->index(0).data(HistoryModel::StarredRole).toBool()); // read, and to be read again
        marks().setStarred({second}, true);
        m_model->refreshMarks();
        QVERIFY(m_model->index(0).data(HistoryModel::StarredRole).toBool());
        m_model->setQuery(storage::TakeQuery::parse("is:starred"));
        QCOMPARE(titles(), QStringList{"second"});
        marks().setStarred({first}, true);
        marks().setStarred({second}, false);
        m_model->refreshMarks();
        QCOMPARE(titles(), QStringList{"first"});
    }

    void queryNarrows() {
        add("slow piano");
        add("fast drums");
        m_model->setQuery(storage::TakeQuery::parse("piano"));
        QCOMPARE(titles(), QStringList{"slow piano"});
        add("another piano");
        add("more drums");
        m_model->refresh();
        QCOMPARE(titles(), (QStringList{"another piano", "slow piano"}));
    }

    void everyPageIsRead() {
        // More than two pages.
        QStringList expected;
        for (int number = 0; number < 150; ++number) {
            add(qPrintable(QString("clip %1").arg(number)));
            expected.prepend(QString("clip %1").arg(number));
        }
        m_model->refresh();
        QCOMPARE(titles(), expected);
    }

    void dragsTheFile() {
        add("to the desktop");
        m_model->refresh();
        const std::unique_ptr<QMimeData> data(m_model->mimeData({m_model->index(0)}));
        QCOMPARE(data->urls().size(), 1);
        const QFileInfo file(data->urls().front().toLocalFile());
        QVERIFY(file.isAbsolute() && file.exists());
        QCOMPARE(file.suffix(), QString("flac"));
    }

    void factsInALine() {
        storage::Take take;
        take.seconds = 89.6;
        take.bpm = 95.7;
        take.key = "A minor";
        QCOMPARE(HistoryModel::factsLine(take), QString("1:30 · 96 bpm · A minor"));
    }
};

QTEST_MAIN(HistoryModelTest)
#include "HistoryModelTest.moc"
