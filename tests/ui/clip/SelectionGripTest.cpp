#include "ui/clip/SelectionGrip.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/clip/ClipView.h"

#include <QApplication>
#include <QClipboard>
#include <QDrag>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include <optional>

using namespace n2m;
using namespace n2m::ui;
using audio::FrameRange;

/// The selection leaves the view as a file, which the test gives.
class SelectionGripTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ClipView> m_view;
    SelectionGrip* m_grip = nullptr;
    const QString m_file = QStringLiteral("/somewhere/part.flac");

    static void move(QWidget& widget, QPoint at, Qt::KeyboardModifiers modifiers = {}) {
        QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&widget, &event);
    }
    /// Looks at the drag that begins now, and ends it.
    std::optional<QList<QUrl>> dragged(const std::function<void()>& begin) {
        std::optional<QList<QUrl>> urls;
        const auto look = [&] {
            const auto* drag = m_view->findChild<QDrag*>();
            if (!drag || urls) return;
            urls = drag->mimeData()->urls();
            if (!drag->mimeData()->hasFormat("text/uri-list") || drag->supportedActions() != Qt::CopyAction)
                qFatal("no file is dragged");
        };
        QTimer timer; // a display server takes the drag until it is dropped
        connect(&timer, &QTimer::timeout, this, [&] {
            look();
            QDrag::cancel();
        });
        timer.start(10);
        begin();
        look(); // on the offscreen platform it ends at once
        return urls;
    }
    QPoint inSelection() const {
        const double x = m_view->timeline().toPixel(2.0) + m_view->areas().waveform.left();
        return QPointF(x, m_view->areas().waveform.center().y()).toPoint();
    }

private Q_SLOTS:
    void init() {
        m_view = std::make_unique<ClipView>();
        m_view->resize(900, 400);
        m_view->setClip(std::make_shared<audio::Clip>(test::tone(8.0)));
        m_view->show();
        m_grip = m_view->findChild<SelectionGrip*>();
        QVERIFY(m_grip && !m_grip->isVisible());
        m_view->timeline().setSelection({24000, 72000});
    }
    void cleanup() { m_view.reset(); }

    void isSeenWhereTheSelectionIs() {
        const auto edge = [this](double seconds) {
            return m_view->timeline().toPixel(seconds) + m_view->areas().waveform.left();
        };
        QVERIFY(m_grip->isVisible());
        QVERIFY(m_grip->x() > edge(1.0) && m_grip->geometry().right() < edge(3.0));
        m_view->timeline().setSelection({24000, 24500}); // too narrow to hold it
        QVERIFY(m_grip->isVisible());
        QVERIFY(m_grip->x() > edge(24500 / 24000.0));
        m_view->timeline().showRange(2.0, 4.0);
        QVERIFY(!m_grip->isVisible());
        m_view->timeline().setSelection({0, 192000});
        QVERIFY(m_grip->isVisible() && m_view->rect().contains(m_grip->geometry()));
        m_view->timeline().setSelection({});
        QVERIFY(!m_grip->isVisible());
    }

    void isDraggedOutWhenTheFileIsThere() {
        QSignalSpy wanted(m_view.get(), &ClipView::excerptWanted);
        QTest::mousePress(m_grip, Qt::LeftButton);
        move(*m_grip, m_grip->rect().center() + QPoint(2, 0));
        QCOMPARE(wanted.size(), 0); // the hand is not steady
        move(*m_grip, m_grip->rect().center() + QPoint(40, 10));
        move(*m_grip, m_grip->rect().center() + QPoint(60, 10));
        QCOMPARE(wanted.size(), 1);
        QVERIFY(wanted.front().front().value<FrameRange>() == (FrameRange{24000, 72000}));
        QCOMPARE(dragged([this] { m_view->giveExcerpt(m_file); }), QList{QUrl::fromLocalFile(m_file)});
        QVERIFY(m_view->timeline().selection() == (FrameRange{24000, 72000}));
    }

    void isDraggedOutWithControlToo() {
        QSignalSpy wanted(m_view.get(), &ClipView::excerptWanted);
        QTest::mousePress(m_view.get(), Qt::LeftButton, Qt::ControlModifier, inSelection());
        move(*m_view, inSelection() + QPoint(60, 0), Qt::ControlModifier);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(dragged([this] { m_view->giveExcerpt(m_file); }), QList{QUrl::fromLocalFile(m_file)});
        QVERIFY(m_view->timeline().selection() == (FrameRange{24000, 72000}));
    }

    void whoLetsGoBeforeTheFileIsThereDragsNothing() {
        QTest::mousePress(m_grip, Qt::LeftButton);
        move(*m_grip, m_grip->rect().center() + QPoint(60, 0));
        QTest::mouseRelease(m_grip, Qt::LeftButton, {}, m_grip->rect().center() + QPoint(60, 0));
        QVERIFY(!dragged([this] { m_view->giveExcerpt(m_file); }));
    }

    void aClickOrAKeyCopies() {
        QSignalSpy wanted(m_view.get(), &ClipView::excerptWanted), copied(m_view.get(), &ClipView::excerptCopied);
        QTest::mouseClick(m_grip, Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QApplication::clipboard()->clear();
        m_view->giveExcerpt(m_file);
        QCOMPARE(copied.size(), 1);
        QCOMPARE(QApplication::clipboard()->mimeData()->urls(), QList{QUrl::fromLocalFile(m_file)});
        m_grip->setFocus();
        QTest::keyClick(m_grip, Qt::Key_Space);
        QCOMPARE(wanted.size(), 2);
        m_view->giveExcerpt({}); // it could not be written
        QCOMPARE(copied.size(), 1);
    }
};

QTEST_MAIN(SelectionGripTest)
#include "SelectionGripTest.moc"
