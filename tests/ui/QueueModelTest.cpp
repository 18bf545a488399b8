#include "ui/queue/QueueModel.h"

#include "storage/Library.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace n2m;
using storage::JobState;
using ui::QueueModel;

/// Shows the jobs of a real library, which does what the model asks for; QAbstractItemModelTester watches every change.
class QueueModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::Library> m_library;
    std::unique_ptr<QueueModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    storage::JobStore& jobs() { return m_library->jobs(); }
    void show() { m_model->setJobs(jobs().list()); }
    std::vector<std::int64_t> add(std::initializer_list<const char*> prompts) {
        std::vector<storage::NewJob> jobs;
        for (const char* prompt : prompts)
            jobs.push_back({"{}", prompt, 7, 1, 1});
        const auto ids = m_library->jobs().add(jobs);
        show();
        return ids;
    }
    QStringList prompts() const {
        QStringList prompts;
        for (int row = 0; row < m_model->rowCount(); ++row)
            prompts << m_model->index(row).data().toString();
        return prompts;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_library = std::make_unique<storage::Library>(m_folder->path().toStdString());
        m_model = std::make_unique<QueueModel>();
        connect(m_model.get(), &QueueModel::moveRequested, this,
                [this](const std::vector<std::int64_t>& ids, std::int64_t before) {
                    jobs().move(ids, before);
                    show();
                });
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(),
                                                              QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup() {
        m_tester.reset();
        m_model.reset();
        m_library.reset();
        m_folder.reset();
    }

    void followsTheStore() {
        const auto ids = add({"one", "two", "three"});
        QCOMPARE(prompts(), (QStringList{"one", "two", "three"}));
        jobs().move({ids[2]}, ids[0]);
        show();
        QCOMPARE(prompts(), (QStringList{"three", "one", "two"}));
        QCOMPARE(jobs().next()->id, ids[2]);
        jobs().fail(ids[2], base::Message("no luck\nat line 3"));
        show();
        QCOMPARE(prompts(), (QStringList{"one", "two", "three"}));
        QCOMPARE(m_model->indexOf(ids[2]).data(QueueModel::StatusRole).toString(), QString("Failed: no luck"));
        jobs().remove({ids[2]});
        show();
        QCOMPARE(prompts(), (QStringList{"one", "two"}));
        QCOMPARE(m_model->count(JobState::Waiting), 2);
    }

    void rowsKeepTheirIndexes() {
        const auto ids = add({"one", "two", "three"});
        const QPersistentModelIndex two = m_model->indexOf(ids[1]);
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        jobs().move({ids[2]}, ids[0]);
        jobs().cancel({ids[0]});
        add({"four"});
        QCOMPARE(two.data().toString(), QString("two"));
        QCOMPARE(resets.size(), 0);
    }

    void progressIsOfTheRunningJobAlone() {
        const auto ids = add({"one", "two"});
        jobs().next();
        show();
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setProgress(ids[0], "step 3 of 24", 0.125);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(m_model->indexOf(ids[0]).data(QueueModel::StatusRole).toString(), QString("step 3 of 24"));
        QCOMPARE(m_model->indexOf(ids[0]).data(QueueModel::FractionRole).toDouble(), 0.125);
        QCOMPARE(m_model->indexOf(ids[1]).data(QueueModel::FractionRole).toDouble(), -1.0);
    }

    void draggingReorders_data() {
        QTest::addColumn<QList<int>>("dragged");
        QTest::addColumn<int>("before"); // the row that it is dropped in front of; −1 = below the last one
        QTest::addColumn<QStringList>("order");
        QTest::newRow("last to front") << QList<int>{3} << 0 << QStringList{"d", "a", "b", "c"};
        QTest::newRow("first to end") << QList<int>{0} << -1 << QStringList{"b", "c", "d", "a"};
        QTest::newRow("two of them") << QList<int>{1, 3} << 0 << QStringList{"b", "d", "a", "c"};
        QTest::newRow("onto itself") << QList<int>{1} << 1 << QStringList{"a", "b", "c", "d"};
    }
    void draggingReorders() {
        QFETCH(QList<int>, dragged);
        QFETCH(int, before);
        QFETCH(QStringList, order);
        add({"a", "b", "c", "d"});
        QModelIndexList rows;
        for (const int row : dragged) {
            rows << m_model->index(row);
            QVERIFY(m_model->flags(rows.back()) & Qt::ItemIsDragEnabled);
        }
        const std::unique_ptr<QMimeData> data(m_model->mimeData(rows));
        m_model->dropMimeData(data.get(), Qt::MoveAction, before, 0, {});
        QCOMPARE(prompts(), order);
    }

    void runningJobStaysWhereItIs() {
        const auto ids = add({"runs", "waits", "last"});
        jobs().next();
        show();
        QVERIFY(!(m_model->flags(m_model->index(0)) & Qt::ItemIsDragEnabled));
        const std::unique_ptr<QMimeData> data(m_model->mimeData({m_model->index(2)}));
        QVERIFY(m_model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
        QCOMPARE(prompts(), (QStringList{"runs", "last", "waits"}));
    }

    void changesNothingItself() {
        const auto ids = add({"a", "b"});
        QSignalSpy asked(m_model.get(), &QueueModel::moveRequested);
        disconnect(m_model.get(), &QueueModel::moveRequested, this, nullptr);
        const std::unique_ptr<QMimeData> data(m_model->mimeData({m_model->index(1)}));
        QVERIFY(m_model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
        QCOMPARE(prompts(), (QStringList{"a", "b"}));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<std::vector<std::int64_t>>(), std::vector<std::int64_t>{ids[1]});
        QCOMPARE(asked[0][1].value<std::int64_t>(), ids[0]);
    }

    void foreignDataIsRefused() {
        QMimeData data;
        data.setText("something");
        QVERIFY(!m_model->canDropMimeData(&data, Qt::MoveAction, 0, 0, {}));
        QVERIFY(!m_model->dropMimeData(&data, Qt::MoveAction, 0, 0, {}));
    }
};

QTEST_MAIN(QueueModelTest)
#include "QueueModelTest.moc"
